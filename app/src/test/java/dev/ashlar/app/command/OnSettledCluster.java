package dev.ashlar.app.command;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Tests that begin with a cluster that has nothing to do, and a build that knows which it is.
abstract class OnSettledCluster {
    @TempDir Path folder = Path.of("");

    SettledCluster cluster;

    @BeforeEach
    void hasNothingToDo() throws IOException {
        SettledCluster.isOfBuild("tested");
        cluster = new SettledCluster(folder);
    }

    @AfterEach
    void isOfNoBuild() {
        SettledCluster.isOfNoBuild();
    }
}
