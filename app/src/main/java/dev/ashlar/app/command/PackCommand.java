package dev.ashlar.app.command;

import dev.ashlar.app.document.PackDocument;
import dev.ashlar.app.starter.Starter;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.language.LonePack;
import dev.ashlar.language.pack.PackReader;
import dev.ashlar.language.source.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        description = "For those who write packs.",
        subcommands = {PackDocsCommand.class, PackTestCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar pack new greeter               in this folder, with a cluster that uses it",
            "  ashlar pack new greeter work/demo     in another, which is made",
            "  ashlar up work/demo                   brings it up",
            "  ashlar pack docs greeter              writes its page for those who use it",
            "  ashlar pack test greeter              puts it through all that may go wrong"
        })
final class PackCommand extends CommandGroup {
    @Command(
            name = "new",
            description = {
                "Write a pack to begin with, below packs/ of a folder, and a cluster that uses it.",
                "Nothing that is there is touched: a cluster.yaml stays as it is."
            })
    int create(
            @Mixin OutputOptions output,
            @Parameters(index = "0", paramLabel = "NAME", description = "The pack's name.")
                    String name,
            @Parameters(
                            index = "1",
                            arity = "0..1",
                            paramLabel = "FOLDER",
                            description = "Where; this folder if not said.")
                    Optional<Path> folder) {
        Terminal terminal = output.terminal();
        Starter starter = new Starter(name);
        starter.violation()
                .ifPresent(rule -> {
                    throw new CommandStop(
                            ExitCode.INVALID,
                            List.of(
                                    "error: \"" + name + "\" cannot be a pack's name",
                                    "  help: " + rule));
                });
        Path base = folder.orElse(Path.of(""));
        if (Files.exists(base.resolve(starter.folder()))) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    "error: there is " + base.resolve(starter.folder()) + " already");
        }
        SequencedMap<Path, String> files = starter.pack();
        boolean hasCluster = Files.exists(base.resolve(Starter.CLUSTER));
        if (!hasCluster) {
            files.put(Starter.CLUSTER, starter.cluster());
        }
        List<Path> written = new ArrayList<>();
        files.forEach((file, text) -> written.add(write(base.resolve(file), text)));
        if (output.isHuman()) {
            written.forEach(file -> terminal.data(file.toString()));
        }
        terminal.say(next(starter, folder, hasCluster));
        return output.document(
                terminal, ExitCode.DONE.code(), () -> PackDocument.of("new", name, written));
    }

    /// The newest version of a pack, or of those that `NAME@VERSION` says; stops with exit code 3
    /// when there is none.
    static PackReader.Opened find(Library library, String wanted) {
        return LonePack.find(wanted, library)
                .orElseThrow(() ->
                        new CommandStop(
                                ExitCode.INVALID,
                                List.of(
                                        "error: there is no pack \"" + wanted + "\"",
                                        "  help: there are "
                                                + String.join(", ", there(library, wanted))
                                                + "; -C DIR looks from another folder")));
    }

    private static List<String> there(Library library, String wanted) {
        String name = Library.packOf(wanted);
        List<String> versions =
                LonePack.versions(name, library).all().stream()
                        .map(one -> name + "@" + one.version())
                        .toList();
        return versions.isEmpty() ? library.packs() : versions;
    }

    private static String next(Starter starter, Optional<Path> folder, boolean hasCluster) {
        String where = folder.map(path -> " " + path).orElse("");
        return hasCluster
                ? "cluster.yaml stays as it is: add `packs: [%s]`, and a use of %s/server"
                        .formatted(starter.name(), starter.name())
                : "`ashlar validate%s` checks it, `ashlar up%s` brings it up"
                        .formatted(where, where);
    }

    private static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw FileTarget.unwritable(file.toString(), e, "write it into another folder");
        }
    }
}
