package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Sandbox;
import dev.ashlar.language.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page of a pack says what is in its files, and is never written over what a person wrote.
class PackDocsTest {
    private static final Path RESOURCES =
            Host.checkout().resolve("app/src/test/resources/dev/ashlar/app/command/page");

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void writesAPack() throws IOException {
        Sandbox.copy(RESOURCES.resolve("packs"), folder.resolve("packs"));
    }

    @Test
    void itSaysWhatIsInTheFilesOfThePack() throws IOException {
        CommandLineEntry docs = docs();
        assertThat(docs.err()).startsWith("Written");
        assertThat(docs.exitCode()).isZero();
        assertThat(docs.out().strip()).isEqualTo(page().toString());
        assertThat(page()).hasSameTextualContentAs(RESOURCES.resolve("expected.md"));
    }

    @Test
    void checkTellsWhenItIsNotUpToDateAndWritesNothing() throws IOException {
        assertThat(docs("--check").exitCode()).isEqualTo(2);
        assertThat(page()).doesNotExist();
        docs();
        assertThat(docs("--check").exitCode()).isZero();
        assertThat(docs().out()).isEmpty();
        Files.writeString(
                folder.resolve("packs/shop/pack.yaml"),
                Files.readString(folder.resolve("packs/shop/pack.yaml")).replace("1.0.0", "1.0.1"));
        String before = Files.readString(page());
        CommandLineEntry check = docs("--check", "--json");
        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.out()).contains("\"verb\":\"docs\"", page().toString());
        assertThat(page()).hasContent(before);
        assertThat(docs().exitCode()).isZero();
        assertThat(page()).content().contains("Version 1.0.1.");
    }

    @Test
    void thePagesOfThePacksThatComeAlongAreUpToDate() {
        List<String> packs = new Sources().names(Host.checkout().resolve("packs"));
        assertThat(packs).isNotEmpty();
        for (String pack : packs) {
            CommandLineEntry check =
                    CommandLineEntry.run(
                            List.of(
                                    "pack",
                                    "docs",
                                    pack,
                                    "-C",
                                    Host.checkout().toString(),
                                    "--check"));
            assertThat(check.exitCode()).as(check.err()).isZero();
        }
    }

    @Test
    void whatAPersonWroteIsNotTouched() throws IOException {
        write("packs/shop/README.md", "# Ours\n");
        for (String option : List.of("--check", "--json")) {
            CommandLineEntry docs = docs(option);
            assertThat(docs.err()).contains("was not made by `ashlar pack docs shop`", "help: ");
            assertThat(docs.exitCode()).isEqualTo(3);
        }
        assertThat(page()).hasContent("# Ours\n");
    }

    @Test
    void ofSeveralVersionsTheNewestHasItsPageWrittenUnlessAnotherIsNamed() throws IOException {
        Sandbox.copy(folder.resolve("packs/shop"), folder.resolve("packs/shop@1.1"));
        Path newer = folder.resolve("packs/shop@1.1/README.md");
        write(
                "packs/shop@1.1/pack.yaml",
                Files.readString(folder.resolve("packs/shop/pack.yaml")).replace("1.0.0", "1.1.3"));
        assertThat(docs().out().strip()).isEqualTo(newer.toString());
        assertThat(newer).content().contains("Version 1.1.3.");
        assertThat(page()).doesNotExist();

        CommandLineEntry older =
                CommandLineEntry.run(
                        List.of("pack", "docs", "shop@1.0.0", "-C", folder.toString()));
        assertThat(older.out().strip()).isEqualTo(page().toString());
        assertThat(page()).hasSameTextualContentAs(RESOURCES.resolve("expected.md"));
    }

    @Test
    void aPackThatIsNotRightHasNoPage() throws IOException {
        write("packs/shop/store.yaml", "component: store\nsteps: { run: { rnu: x } }\n");
        CommandLineEntry docs = docs();
        assertThat(docs.err()).contains("unknown key \"rnu\"", "packs/shop/store.yaml:2:");
        assertThat(docs.exitCode()).isEqualTo(3);
        assertThat(page()).doesNotExist();
        assertThat(
                        CommandLineEntry.run(
                                        List.of("pack", "docs", "shpo", "-C", folder.toString()))
                                .err())
                .contains("error: there is no pack \"shpo\"", "net", "shop");
    }

    private CommandLineEntry docs(String... options) {
        List<String> words =
                new ArrayList<>(List.of("pack", "docs", "shop", "-C", folder.toString()));
        words.addAll(List.of(options));
        return CommandLineEntry.run(words);
    }

    private Path page() {
        return folder.resolve("packs/shop/README.md");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }
}
