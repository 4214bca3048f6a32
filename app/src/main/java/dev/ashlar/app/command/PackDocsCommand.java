package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Home;
import dev.ashlar.app.document.DocumentFile;
import dev.ashlar.app.document.Documents;
import dev.ashlar.app.document.PackDocument;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.language.LonePack;
import dev.ashlar.language.pack.Pack;
import dev.ashlar.language.pack.PackReader;
import dev.ashlar.language.report.DiagnosticRenderer;
import dev.ashlar.language.source.Library;
import dev.ashlar.language.source.Sources;
import dev.ashlar.store.folder.BoundedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "docs",
        description = {
            "Write the page of a pack for those who use it (packs/NAME/README.md), made of the pack's files.",
            "A README.md that somebody has written by hand is not touched."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar pack docs greeter",
            "  ashlar pack docs greeter -C work/demo",
            "  ashlar pack docs greeter --check      exit code 2 when it is not up to date"
        })
final class PackDocsCommand implements Callable<Integer> {
    private static final String PAGE = "README.md";

    @Mixin private OutputOptions output = new OutputOptions();

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "The pack's name; NAME@VERSION where it is not the newest.")
    private String name = "";

    @Option(
            names = {"-C", "--chdir"},
            paramLabel = "DIR",
            description = "Look for the pack from here.")
    private Path directory = Path.of("");

    @Option(
            names = "--check",
            description = "Write nothing; exit with 2 when the page is not up to date.")
    private boolean check;

    @Override
    public Integer call() {
        Terminal terminal = output.terminal();
        Library library = new Library(directory, Home.folder(), new Sources());
        PackReader.Opened found = PackCommand.find(library, name);
        Pack pack = pack(found, library, terminal);
        String page = PackPage.of(pack);
        Path file = found.folder().resolve(PAGE);
        String shown = ShellWords.path(file);
        boolean isStale = isStale(file, shown, page, PackPage.mark(pack.name()));
        if (isStale && !check) {
            write(file, shown, page);
        }
        if (isStale && output.isHuman()) {
            terminal.data(shown);
        }
        terminal.say(told(isStale));
        ExitCode code = isStale && check ? ExitCode.CHANGES : ExitCode.DONE;
        List<Path> files = isStale ? List.of(Path.of(shown)) : List.of();
        return output.document(terminal, code.code(), () -> PackDocument.of("docs", name, files));
    }

    private String told(boolean isStale) {
        if (!isStale) {
            return "The page of pack " + name + " is up to date";
        }
        List<String> words = new ArrayList<>(List.of("ashlar", "pack", "docs", name));
        if (!directory.toString().isEmpty()) {
            words.addAll(List.of("-C", directory.toString()));
        }
        String again = ShellWords.line(words);
        return check
                ? "The page of pack %s is not up to date: `%s` writes it".formatted(name, again)
                : "Written; `%s --check` tells when it is not up to date any more".formatted(again);
    }

    /// Stops with exit code 3 and everything that is wrong when the pack is not right.
    private Pack pack(PackReader.Opened found, Library library, Terminal terminal) {
        LonePack read = LonePack.read(found.name(), found.folder(), library);
        if (read.pack().isEmpty()) {
            terminal.warn(
                    terminal.painted(
                            new DiagnosticRenderer(read.sources(), terminal.hasColour())
                                    .render(read.diagnostics())
                                    .stripTrailing()));
            output.settle();
            output.document(terminal, () -> Documents.diagnostics(read.diagnostics()));
        }
        return read.pack().orElseThrow(() -> new CommandStop(ExitCode.INVALID, List.of()));
    }

    /// True when there is no page, or an older one; stops with exit code 3 where another's is.
    private boolean isStale(Path file, String shown, String page, String mark) {
        if (!Files.exists(file)) {
            return true;
        }
        try {
            String there = BoundedFile.text(file, BoundedFile.TEXT_MAX_BYTES);
            if (!there.startsWith(mark)) {
                throw new CommandStop(
                        ExitCode.INVALID,
                        List.of(
                                "error: "
                                        + shown
                                        + " was not made by `ashlar pack docs "
                                        + name
                                        + "`",
                                "  help: give it another name, and write the page then"));
            }
            return !there.equals(page);
        } catch (IOException e) {
            throw FileTarget.unwritable(shown, e, "make it a file that can be read");
        }
    }

    private static void write(Path file, String shown, String page) {
        try {
            DocumentFile.at(file).write(page.stripTrailing());
        } catch (IOException e) {
            throw FileTarget.unwritable(shown, e, "-C DIR takes the pack of another folder");
        }
    }
}
