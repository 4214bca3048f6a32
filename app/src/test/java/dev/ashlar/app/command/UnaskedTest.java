package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who shows how a cluster is says whether anybody was asked. Nothing listens at the one machine.
class UnaskedTest {
    private static final String NOBODY = "No node was asked";
    private static final String SILENT =
            "warning: no node answers that could say whether another state acts on it";

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void writeCluster() {
        SmallCluster.withMotto(folder);
    }

    private CommandLineEntry verb(String verb, String... options) {
        return CommandLineEntry.run(verb, folder.toString(), options);
    }

    @Test
    void aPlanAsksNobody() {
        assertThat(verb("plan").err()).contains(NOBODY);
        assertThat(verb("plan", "--json").out()).contains("\"nodes_asked\":false");
        assertThat(verb("up", "--dry-run").err()).contains(NOBODY);
        assertThat(verb("up", "--dry-run", "--json").out()).contains("\"nodes_asked\":false");
    }

    @Test
    void whereNothingIsOnRecordNobodyIsAskedForTheStatus() {
        assertThat(verb("status").err()).contains(NOBODY);
        assertThat(verb("status", "--json").out()).contains("\"nodes_asked\":false");
    }

    @Test
    void aDownWithNothingOnRecordSaysThatNobodyAnswered() {
        CommandLineEntry down = verb("down", "--yes", "--json");
        assertThat(down.err())
                .contains(SILENT, "Nothing to do", "`ashlar adopt`")
                .doesNotContain(NOBODY);
        assertThat(down.out()).contains("\"nodes_asked\":false");
        assertThat(down.exitCode()).isZero();
        assertThat(folder.resolve(".ashlar")).doesNotExist();
    }

    @Test
    void whatOnlyShowsAsksNobodyBeforeItSaysSo() {
        CommandLineEntry down = verb("down", "--dry-run");
        assertThat(down.err()).contains(NOBODY, "Nothing to do").doesNotContain(SILENT);
        assertThat(down.exitCode()).isZero();
    }

    @Test
    void filesThatAreNotRightNameNobodyToAsk() {
        new SmallCluster(folder).write("cluster.yaml", "cluster: small\nsite: nowhere\n");
        CommandLineEntry down = verb("down", "--yes");
        assertThat(down.err())
                .contains("nowhere", "warning: the files are not right: they name no machine")
                .contains(NOBODY, "Nothing to do");
        assertThat(down.exitCode()).isZero();
    }
}
