package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.node.Provider;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.work.Executor;
import dev.ashlar.nodes.channel.Layout;
import dev.ashlar.nodes.execute.Limits;
import dev.ashlar.nodes.execute.NodeExecutor;
import dev.ashlar.nodes.transport.SshTransport;
import dev.ashlar.providers.Providers;
import dev.ashlar.services.pki.AuthorityStore;
import dev.ashlar.services.pki.CertificateFunction;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Everything that carries work out for one cluster, wired by hand: providers, node channels,
/// services.
public final class Workshop implements AutoCloseable {
    private final Map<String, Provider> providers;
    private final Cluster cluster;
    private final NodeExecutor nodes;
    private final Executor executor;

    private Workshop(
            Map<String, Provider> providers,
            Cluster cluster,
            NodeExecutor nodes,
            Executor executor) {
        this.providers = providers;
        this.cluster = cluster;
        this.nodes = nodes;
        this.executor = executor;
    }

    public static Workshop of(Acting acting, Cluster cluster) {
        String lineage = acting.state().lineage();
        Map<String, Provider> providers = new LinkedHashMap<>();
        for (ProviderConfig config : cluster.composition().site().providers().values()) {
            String lab = LabNaming.of(cluster.composition().name(), lineage);
            switch (Providers.of(config, lab, System.getenv())) {
                case Providers.Made.Usable(Provider provider) ->
                        providers.put(config.name(), provider);
                case Providers.Made.Refused(var failure) ->
                        providers.put(config.name(), new RefusedProvider(failure));
            }
        }
        Machines machines = Machines.of(acting.past());
        NodeExecutor nodes =
                new NodeExecutor(
                        new SshTransport(),
                        machines::access,
                        Limits.STANDARD,
                        Layout.STANDARD,
                        lineage);
        CertificateFunction certificates =
                new CertificateFunction(
                        new AuthorityStore(
                                acting.state().pki(),
                                cluster.composition().name(),
                                InstantSource.system()),
                        acting.state().access(),
                        InstantSource.system());
        return new Workshop(
                providers,
                cluster,
                nodes,
                new Dispatcher(providers, machines, nodes, certificates));
    }

    public Executor executor() {
        return executor;
    }

    public NodeExecutor nodes() {
        return nodes;
    }

    /// The nodes that are given back with everything on them, so that nothing on them needs to be
    /// taken back first.
    public Set<String> wholeNodes() {
        Set<String> whole = new LinkedHashSet<>();
        for (GroupSpec group : cluster.composition().groups().values()) {
            Provider provider = providers.get(group.provider());
            if (provider != null && provider.abilities().contains(Provider.Ability.CREATE)) {
                whole.addAll(group.nodes());
            }
        }
        return whole;
    }

    @Override
    public void close() {
        nodes.close();
    }
}
