package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.node.Provider;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.work.Executor;
import dev.ashlar.nodes.channel.Layout;
import dev.ashlar.nodes.execute.Limits;
import dev.ashlar.nodes.execute.NodeExecutor;
import dev.ashlar.nodes.transport.Transport;
import dev.ashlar.providers.Providers;
import dev.ashlar.services.pki.AuthorityStore;
import dev.ashlar.services.pki.CertificateFunction;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Everything that carries work out for one cluster, wired by hand: providers, node channels,
/// services.
public final class Workshop implements AutoCloseable {
    private final Map<String, Source> sources;
    private final NodeExecutor nodes;
    private final Executor executor;

    /// Where machines come from.
    record Source(String kind, Provider provider) {}

    private Workshop(Map<String, Source> sources, NodeExecutor nodes, Executor executor) {
        this.sources = sources;
        this.nodes = nodes;
        this.executor = executor;
    }

    /// @param transport how nodes are reached
    /// @param cluster the cluster's name
    /// @param providers those of its site
    /// @param makers the provider of each node that may be given back
    public static Workshop of(
            Transport transport,
            Acting acting,
            String cluster,
            Collection<ProviderConfig> providers,
            Map<String, String> makers) {
        String lineage = acting.state().lineage();
        Map<String, Source> sources = new LinkedHashMap<>();
        for (ProviderConfig config : providers) {
            sources.put(
                    config.name(),
                    new Source(config.kind(), provider(config, LabNaming.of(cluster, lineage))));
        }
        Machines machines = Machines.of(acting.past());
        NodeExecutor nodes =
                new NodeExecutor(
                        transport, machines::access, Limits.STANDARD, Layout.STANDARD, lineage);
        CertificateFunction certificates =
                new CertificateFunction(
                        new AuthorityStore(acting.state().pki(), cluster, InstantSource.system()),
                        acting.state().access(),
                        InstantSource.system());
        Dispatcher dispatcher = new Dispatcher(sources, makers, machines, nodes, certificates);
        return new Workshop(sources, nodes, dispatcher);
    }

    /// The channels to the nodes on record, for one who only looks.
    public static NodeExecutor looking(Transport transport, Past past, String lineage) {
        return nodes(transport, Machines.of(past), lineage);
    }

    private static NodeExecutor nodes(Transport transport, Machines machines, String lineage) {
        return new NodeExecutor(
                transport, machines::access, Limits.STANDARD, Layout.STANDARD, lineage);
    }

    private static Provider provider(ProviderConfig config, String lab) {
        return switch (Providers.of(config, lab, System.getenv())) {
            case Providers.Made.Usable(Provider provider) -> provider;
            case Providers.Made.Refused(var failure) -> new RefusedProvider(failure);
        };
    }

    public Executor executor() {
        return executor;
    }

    public NodeExecutor nodes() {
        return nodes;
    }

    /// The names of the providers that make machines and take them back with everything on them.
    public Set<String> makers() {
        Set<String> makers = new LinkedHashSet<>();
        sources.forEach((name, source) -> {
            if (source.provider().abilities().contains(Provider.Ability.CREATE)) {
                makers.add(name);
            }
        });
        return makers;
    }

    @Override
    public void close() {
        nodes.close();
    }
}
