package dev.ashlar.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The fleet's cluster with as many nodes as one likes, none of which is there. What Ashlar is
/// told, it is told in its files, as a person would.
///
/// @param folder of its file
record ScaledCluster(Path folder) {
    /// The machine, the folder, twenty files.
    static final int INSTANCES_A_NODE = 22;

    /// @param sources the folder of this benchmark's files
    /// @param folder where it may write
    static ScaledCluster of(Path sources, Path folder) throws IOException {
        Hosts.copy(sources.resolve("fleet/ashlar"), folder);
        ScaledCluster cluster = new ScaledCluster(folder);
        cluster.edit("site: hosts", "site: lab");
        return cluster;
    }

    void setNodes(int nodes) throws IOException {
        edit("count: \\d+", "count: " + nodes);
    }

    private void edit(String pattern, String by) throws IOException {
        Path file = folder.resolve("cluster.yaml");
        Files.writeString(file, Files.readString(file).replaceFirst(pattern, by));
    }
}
