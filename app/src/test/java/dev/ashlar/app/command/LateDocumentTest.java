package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// The file of `--json-into` could be written when the command began and cannot when it ends.
class LateDocumentTest {
    @TempDir private Path folder = Path.of("");

    /// What the run came to is graver than that its document is missing.
    @ParameterizedTest
    @CsvSource({"0, 3", "1, 1", "4, 4", "6, 6", "130, 130"})
    void theExitCodeStaysWhatItWasUnlessItWas0(int before, int after) throws IOException {
        OutputOptions output = new OutputOptions();
        Terminal terminal = beginning(output);
        assertThat(output.document(terminal, before, () -> "{}")).isEqualTo(after);
    }

    @Test
    void aDocumentThatCanBeWrittenChangesNoExitCode() throws IOException {
        OutputOptions output = new OutputOptions();
        Terminal terminal = beginning(output);
        Path file = Files.createDirectory(folder.resolve("docs")).resolve("d.json");
        assertThat(output.document(terminal, 4, () -> "{}")).isEqualTo(4);
        assertThat(file).hasContent("{}\n");
    }

    private Terminal beginning(OutputOptions output) throws IOException {
        Path docs = Files.createDirectory(folder.resolve("docs"));
        new CommandLine(output).parseArgs("--json-into", docs.resolve("d.json").toString());
        Terminal terminal = output.terminal();
        Files.delete(docs);
        return terminal;
    }
}
