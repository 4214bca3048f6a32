package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file is named as a saved plan and is none that `plan --out` wrote.
class StrangePlanTest {
    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void writeCluster() {
        new SmallCluster(folder).site(1, "auto");
    }

    @Test
    void itsWordsDoNothingToTheTerminal() {
        CommandLineEntry up =
                up("{\"format\": \"\\u001b[8mx\\u001b]0;owned\\u0007\\u009b2J\\u202ey\"}");
        assertThat(up.err())
                .contains("its format is \"x]0;owned2Jy\"")
                .doesNotContainPattern("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\x{202a}-\\x{202e}]");
        assertThat(up.exitCode()).isEqualTo(3);
    }

    @Test
    void aFileWithoutAPossibleNameIsInvalidInput() {
        CommandLineEntry up = up("{\"format\": \"ashlar.saved/1.0\", \"file\": \"a\\u0000b\"}");
        assertThat(up.err()).contains("is no saved plan: its file has no name that a file can");
        assertThat(up.exitCode()).isEqualTo(3);
    }

    private CommandLineEntry up(String content) {
        new SmallCluster(folder).write("change.ashlar", content);
        return CommandLineEntry.run(List.of("up", folder.resolve("change.ashlar").toString()));
    }
}
