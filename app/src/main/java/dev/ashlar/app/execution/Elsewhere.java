package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.secret.Redaction;
import dev.ashlar.nodes.execute.Mandate;
import dev.ashlar.nodes.execute.NodeExecutor;
import dev.ashlar.nodes.transport.Transport;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Whether another state acts on a cluster of which nothing stands by the record here: its machines
/// are asked, as far as they are there.
///
/// @param isAnybodyThere false where no machine is there that could be asked
public record Elsewhere(boolean isAnybodyThere, ClaimCheck.Found found) {

    /// Changes nothing.
    ///
    /// @param wanted the provider of each node
    public static Elsewhere ask(
            Transport transport, Cluster cluster, Map<String, String> wanted, Terminal terminal)
            throws InterruptedException {
        String name = cluster.composition().name();
        Collection<ProviderConfig> providers = cluster.composition().providers().values();
        Machines machines = Machines.of(cluster.past(), providers);
        Workshop.find(Workshop.sources(providers, name), machines, wanted);
        Optional<SqliteJournal> journal = cluster.state().flatMap(SqliteJournal::openToRead);
        if (journal.isEmpty()) {
            return ask(transport, machines, new NoState(name), terminal);
        }
        try (SqliteJournal open = journal.get()) {
            return ask(
                    transport,
                    machines,
                    new StateMandate(name, cluster.state().orElseThrow(), open),
                    terminal);
        }
    }

    private static Elsewhere ask(
            Transport transport, Machines machines, Mandate mandate, Terminal terminal)
            throws InterruptedException {
        Collection<String> names = new TreeSet<>(machines.names());
        try (NodeExecutor nodes =
                Workshop.nodes(transport, machines, mandate, () -> Redaction.NONE)) {
            return new Elsewhere(
                    !names.isEmpty(),
                    new ClaimCheck(nodes, mandate, terminal::sayProgress).ask(List.of(), names));
        }
    }
}
