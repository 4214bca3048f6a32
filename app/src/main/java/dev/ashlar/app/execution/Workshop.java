package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.node.Provider;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.secret.Redaction;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.channel.Layout;
import dev.ashlar.nodes.execute.Limits;
import dev.ashlar.nodes.execute.Mandate;
import dev.ashlar.nodes.execute.NodeExecutor;
import dev.ashlar.nodes.transport.Transport;
import dev.ashlar.providers.Providers;
import dev.ashlar.services.pki.AuthorityStore;
import dev.ashlar.services.pki.CertificateFunction;
import dev.ashlar.store.copy.RecoveryKey;
import dev.ashlar.store.folder.WrittenTexts;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Everything that carries work out for one cluster, wired by hand: providers, node channels,
/// services.
public final class Workshop implements AutoCloseable {
    private final Map<String, Source> sources;
    private final Machines machines;
    private final StateMandate mandate;
    private final NodeExecutor nodes;
    private final Executor executor;
    private final Set<String> witnesses = new LinkedHashSet<>();

    /// Where machines come from.
    record Source(String kind, Provider provider) {}

    private Workshop(
            Map<String, Source> sources,
            Machines machines,
            StateMandate mandate,
            NodeExecutor nodes,
            Executor executor) {
        this.sources = sources;
        this.machines = machines;
        this.mandate = mandate;
        this.nodes = nodes;
        this.executor = executor;
    }

    /// @param transport how nodes are reached
    /// @param cluster the cluster's name
    /// @param providers those of its site
    /// @param makers the provider of each node that may be given back
    /// @param vault where the cluster has secrets: what steps make is put there
    public static Workshop of(
            Transport transport,
            Acting acting,
            String cluster,
            Collection<ProviderConfig> providers,
            Map<String, String> makers,
            Optional<VaultInUse> vault) {
        Map<String, Source> sources = sources(providers, cluster);
        Machines machines = Machines.of(acting.past(), providers);
        StateMandate mandate = new StateMandate(cluster, acting.state(), acting.journal());
        NodeExecutor nodes =
                nodes(
                        transport,
                        machines,
                        mandate,
                        () -> vault.map(VaultInUse::redaction).orElse(Redaction.NONE));
        CertificateFunction certificates =
                new CertificateFunction(
                        new AuthorityStore(
                                acting.state().pki(),
                                cluster,
                                InstantSource.system(),
                                acting.past()::authorities),
                        acting.state().access(),
                        InstantSource.system());
        Dispatcher dispatcher = new Dispatcher(sources, makers, machines, nodes, certificates);
        Executor executor =
                new SecretKeeper(
                        new TextKeeper(dispatcher, WrittenTexts.of(acting.state()), acting.past()),
                        vault);
        return new Workshop(sources, machines, mandate, nodes, executor);
    }

    /// The channels to the nodes on record, for one who only looks.
    public static NodeExecutor looking(
            Transport transport, Past past, Composition composition, String lineage) {
        return nodes(
                transport,
                Machines.of(past, composition.providers().values()),
                Mandate.looking(composition.name(), lineage),
                () -> redaction(composition));
    }

    static NodeExecutor nodes(
            Transport transport,
            Machines machines,
            Mandate mandate,
            Supplier<Redaction> redaction) {
        return new NodeExecutor(
                new TrustedTransport(transport, machines),
                machines::access,
                Limits.STANDARD,
                Layout.STANDARD,
                mandate,
                redaction);
    }

    private static Redaction redaction(Composition composition) {
        return composition.vault().map(Redaction::of).orElse(Redaction.NONE);
    }

    /// Asks nodes whom they answer to; changes nothing, but that a machine without power is started
    /// where it would be destroyed and nobody else answers.
    ///
    /// @param touched nodes that a run will change
    /// @param wanted the provider of each node of the cluster, on record or not
    /// @param going of the nodes that a run will give back, those that can be asked
    /// @param progress told who has not answered yet, and when a machine is started
    public ClaimCheck.Found ask(
            Collection<String> touched,
            SequencedMap<String, String> wanted,
            Collection<String> going,
            Consumer<String> progress)
            throws InterruptedException {
        find(sources, machines, wanted);
        ClaimCheck check = new ClaimCheck(nodes, mandate, progress);
        ClaimCheck.Found found =
                check.ask(machines.known(touched), machines.known(wanted.keySet()));
        if (found.answered().isEmpty()) {
            SequencedMap<String, Provider> destroyed = destroyed(going, wanted);
            if (!destroyed.isEmpty()) {
                found = check.start(destroyed, machines::moved);
            }
        }
        witnesses.addAll(found.answered());
        return found;
    }

    /// Of some nodes those that are there and would be destroyed, each with its provider.
    private SequencedMap<String, Provider> destroyed(
            Collection<String> going, Map<String, String> wanted) {
        SequencedMap<String, Provider> destroyed = new LinkedHashMap<>();
        for (String node : going) {
            Optional.ofNullable(sources.get(wanted.get(node)))
                    .map(Source::provider)
                    .filter(provider -> provider.abilities().contains(Provider.Ability.CREATE))
                    .filter(provider -> provider.find(node).isPresent())
                    .ifPresent(provider -> destroyed.put(node, provider));
        }
        return destroyed;
    }

    /// Where machines come from, by the provider's name.
    static Map<String, Source> sources(Collection<ProviderConfig> providers, String cluster) {
        Map<String, Source> sources = new LinkedHashMap<>();
        for (ProviderConfig config : providers) {
            sources.put(config.name(), new Source(config.kind(), provider(config, cluster)));
        }
        return sources;
    }

    /// Takes in how machines are reached that may be there and are not on record.
    ///
    /// @param wanted the provider of each
    static void find(Map<String, Source> sources, Machines machines, Map<String, String> wanted) {
        wanted.forEach((node, provider) ->
                Optional.ofNullable(sources.get(provider))
                        .flatMap(source -> source.provider().find(node))
                        .ifPresent(machines::found));
    }

    /// A run has ended: nodes carry the state as it is now.
    ///
    /// @return how many do
    int carry(Acting acting, RecoveryKey key) throws InterruptedException {
        return new StateCopies(nodes)
                .carry(
                        List.copyOf(new TreeSet<>(machines.names())),
                        acting.state(),
                        acting.journal(),
                        key);
    }

    /// Takes over all nodes, also those that answer to what is not on record here.
    ///
    /// @param seen what they carry
    /// @param wanted the provider of each node of the cluster, on record or not
    /// @return why some nodes do not answer to this state now
    public SequencedMap<String, Failure> takeOver(
            long run, Collection<String> seen, SequencedMap<String, String> wanted)
            throws InterruptedException {
        find(sources, machines, wanted);
        mandate.overrule(seen);
        mandate.begin(run);
        return new ClaimCheck(nodes, mandate, _ -> {}).claim(new TreeSet<>(machines.names()));
    }

    /// A run has begun: its claim goes to all who were asked and have answered.
    ///
    /// @return why the run must not go on: one of them answers to another meanwhile
    Optional<Failure> begin(long run) throws InterruptedException {
        mandate.begin(run);
        return new ClaimCheck(nodes, mandate, _ -> {})
                .claim(witnesses).values().stream()
                        .filter(failure -> failure.fault() == Failure.Fault.STATE)
                        .findFirst();
    }

    private static Provider provider(ProviderConfig config, String lab) {
        return switch (Providers.of(config, lab, System.getenv())) {
            case Providers.Made.Usable(Provider provider) -> provider;
            case Providers.Made.Refused(var failure) -> new RefusedProvider(failure);
        };
    }

    /// Whether a word on a machine counts where it comes now.
    boolean admits(Judged verdict) {
        return machines.admits(verdict);
    }

    /// A person has judged the machine of a node while a run is under way: who is revoked is let go
    /// of at once.
    void judged(Judged verdict) {
        machines.judged(verdict);
        for (String node : machines.names()) {
            machines.access(node)
                    .flatMap(machines::objection)
                    .ifPresent(_ -> nodes.disconnect(node));
        }
    }

    public Executor executor() {
        return executor;
    }

    public NodeExecutor nodes() {
        return nodes;
    }

    /// The names of the providers that make machines and take them back with everything on them.
    /// Contacts nothing.
    public static Set<String> makers(Collection<ProviderConfig> providers, String cluster) {
        Set<String> makers = new LinkedHashSet<>();
        sources(providers, cluster)
                .forEach((name, source) -> {
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
