package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.execution.Workshop;
import dev.ashlar.nodes.transport.SshTransport;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/// The workshop of a cluster whose files have been checked.
final class Workshops {
    private Workshops() {}

    static Workshop of(Acting acting, Cluster cluster) {
        requireAuthorities(acting);
        return Workshop.of(
                new SshTransport(),
                acting,
                cluster.composition().name(),
                cluster.composition().site().providers().values(),
                Map.of());
    }

    /// Certificates that stand are nothing without the authorities that issued them: new ones, made
    /// in silence, would be trusted by some members and not by others.
    private static void requireAuthorities(Acting acting) {
        boolean issued =
                acting.past().standing().values().stream()
                        .anyMatch(success -> success.outputs().containsKey("authority"));
        if (issued && !Files.isDirectory(acting.state().pki())) {
            throw new CommandStop(
                    ExitCode.NOT_MINE,
                    List.of(
                            "error: the authorities of this cluster are missing: "
                                    + acting.state().pki(),
                            "  help: put them back from a backup of the state folder, or"
                                    + " `ashlar down` and `ashlar up` to begin with new ones"));
        }
    }
}
