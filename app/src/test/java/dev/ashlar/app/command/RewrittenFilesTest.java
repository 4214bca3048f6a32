package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.folder.WrittenTexts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A plan in full shows what becomes of the files that were written, where that is kept.
class RewrittenFilesTest {
    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void aPortIsOnRecord() {
        write(80, "\n");
        new SimulatedRuns(folder).up("small");
        write(81, "\n");
    }

    @Test
    void whatWasKeptIsComparedWithWhatWouldBeWritten() {
        WrittenTexts.of(StateFolder.open(cluster()))
                .keep("first\nport=80\n".getBytes(StandardCharsets.UTF_8));

        assertThat(plan("-v").out())
                .contains(
                        """
                              content of /etc/small
                                @@ -1,2 +1,2 @@
                                 first
                                -port=80
                                +port=81
                        """);
        assertThat(plan("-v", "--json").out())
                .contains("\"files\"", "\"--- /etc/small\"", "\"-port=80\"", "\"+port=81\"");
    }

    @Test
    void otherLineEndsAreAChangeThatCanBeSeen() {
        WrittenTexts.of(StateFolder.open(cluster()))
                .keep("first\nport=80\n".getBytes(StandardCharsets.UTF_8));
        write(81, "\r\n");

        assertThat(plan("-v").out()).contains("        -first\n", "        +first␍\n");
        assertThat(plan("-v", "--json").out()).contains("\"+first\\r\"");
    }

    @Test
    void whatWasNotKeptIsSaidNotToBeThere() {
        assertThat(plan("-v").out())
                .contains(
                        "content of /etc/small: not compared: what was written last is not kept here");
    }

    @Test
    void aPlanThatIsNotInFullSaysNothingOfIt() {
        assertThat(plan().out()).contains("it.act @ node-1").doesNotContain("content of");
        assertThat(plan("--json").out()).doesNotContain("\"files\"");
    }

    private CommandLineEntry plan(String... options) {
        return CommandLineEntry.run("plan", cluster().toString(), options);
    }

    private Path cluster() {
        return folder.resolve("small");
    }

    private void write(int port, String lineEnd) {
        SmallCluster small = new SmallCluster(cluster());
        small.site(1, "auto");
        small.write(
                "packs/small/it.yaml",
                """
                component: it
                inputs: { port: { type: int, default: %d } }
                steps:
                  act:
                    resources:
                      - file: { path: /etc/small, template: small.peb }
                """
                        .formatted(port));
        small.write("packs/small/small.peb", "first" + lineEnd + "port={{ inputs.port }}\n");
    }
}
