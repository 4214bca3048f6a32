package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.RecordedSite;
import dev.ashlar.app.execution.VaultInUse;
import dev.ashlar.app.execution.Workshop;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.removal.DataLeft;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.nodes.transport.SshTransport;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// The workshop of a cluster whose files have been checked, and what of it is given back, or left.
final class Workshops {
    private Workshops() {}

    static Workshop of(Acting acting, Cluster cluster, Optional<VaultInUse> vault) {
        requireAuthorities(acting);
        return ofAny(acting, cluster, vault);
    }

    /// The same where nothing is to be issued.
    static Workshop ofAny(Acting acting, Cluster cluster, Optional<VaultInUse> vault) {
        Optional<RecordedSite> site = recorded(cluster.with(acting));
        return Workshop.of(
                new SshTransport(),
                acting,
                cluster.composition().name(),
                providers(cluster, site).values(),
                site.map(RecordedSite::nodes).orElse(Map.of()),
                vault);
    }

    /// The nodes on record that are given back with everything on them, once they are not wanted.
    static Set<String> givenBack(Cluster cluster) {
        Optional<RecordedSite> site = recorded(cluster);
        return RecordedSite.givenBack(
                cluster.past(),
                Workshop.makers(providers(cluster, site).values(), cluster.composition().name()));
    }

    /// The data that a plan would leave in place, were its loss not named.
    static List<DataLeft> dataLeft(Cluster cluster, Plan plan) {
        return DataLeft.of(cluster.past(), plan.takenBack(), givenBack(cluster));
    }

    /// The sites where a person is asked before this cluster is changed.
    static List<String> asking(Cluster cluster) {
        return recorded(cluster)
                .map(site -> site.asking(Optional.of(cluster.composition())))
                .orElseGet(() -> cluster.composition().asking());
    }

    private static Optional<RecordedSite> recorded(Cluster cluster) {
        return cluster.isAnythingLeft()
                ? Optional.of(RecordedSite.of(cluster.past(), Optional.of(cluster.composition())))
                : Optional.empty();
    }

    /// A node that is no longer wanted goes back to whom it came from, in the files or not.
    private static SequencedMap<String, ProviderConfig> providers(
            Cluster cluster, Optional<RecordedSite> site) {
        SequencedMap<String, ProviderConfig> providers = new LinkedHashMap<>();
        site.map(RecordedSite::providers).ifPresent(providers::putAll);
        providers.putAll(cluster.composition().providers());
        return providers;
    }

    /// Certificates that stand are nothing without the authorities that issued them: new ones, made
    /// in silence, would be trusted by some members and not by others.
    static void requireAuthorities(Acting acting) {
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
