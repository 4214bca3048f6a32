package dev.ashlar.app.command;

import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A cluster of one listed machine at a port of this host, with one script to run there.
record SmallCluster(Path folder) {
    private static final String HOST_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGVZ2XQxfq5sRzC0tqVAFXbdFVHvuVDNV3iWjcJ0FVzS";

    SmallCluster {
        write(
                folder,
                "cluster.yaml",
                """
                cluster: small
                site: here
                packs: [small]
                groups: { node: { count: 1, uses: { it: small/it } } }
                """);
        write(folder, "packs/small/pack.yaml", "pack: small\nversion: 1.0.0\n");
        write(folder, "packs/small/it.yaml", "component: it\nsteps: { act: { run: \"true\" } }\n");
    }

    /// With a motto and a port that may be set; nothing listens at its machine.
    static SmallCluster withMotto(Path folder) {
        SmallCluster cluster = new SmallCluster(folder);
        cluster.site(1, "auto");
        cluster.write(
                "cluster.yaml",
                """
                cluster: small   # ours
                site: here
                packs: [small]
                groups:
                  node:
                    count: 1
                    uses:
                      it:
                        component: small/it
                        with:
                          # what it says
                          motto: hello   # for now
                """);
        cluster.write(
                "packs/small/it.yaml",
                """
                component: it
                inputs:
                  motto: string
                  port: { type: int, default: 80 }
                steps:
                  act:
                    inputs: { said: "${inputs.motto}", at: "${inputs.port}" }
                    run: echo "$SAID $AT"
                """);
        return cluster;
    }

    /// @param approve `auto` or `ask`
    void site(int port, String approve) {
        write(
                "sites/here.yaml",
                """
                site: here
                approve: %s
                providers:
                  default:
                    kind: inventory
                    machines:
                      node-1: { address: 127.0.0.1, port: %d, identity: none, host_keys: ["%s"] }
                """
                        .formatted(approve, port, HOST_KEY));
    }

    void write(String name, String text) {
        write(folder, name, text);
    }

    private static void write(Path folder, String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    CommandLineEntry verb(String verb, String... options) {
        return CommandLineEntry.run(verb, folder.toString(), options);
    }

    /// The first record of each run.
    static List<RunStarted> runs(Path folder) {
        List<RunStarted> runs = new ArrayList<>();
        try (SqliteJournal journal = SqliteJournal.open(StateFolder.open(folder))) {
            journal.readAll(entry -> {
                if (entry instanceof RunStarted started) {
                    runs.add(started);
                }
            });
        }
        return runs;
    }
}
