package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.JournalRecord.Resolved;
import dev.ashlar.model.journal.Verdicts;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.work.Work;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

/// What is done for a node whatever it carries: it is made available, and asked for its facts.
final class NodeWorks {
    private static final Duration ACQUIRE_TIMEOUT = Duration.ofMinutes(15);
    private static final Duration GATHER_TIMEOUT = Duration.ofMinutes(1);

    /// Under this name what a person made of the machine is remembered among the inputs.
    private static final String VERDICT = "verdict";

    private final Map<String, Map<String, ProviderConfig.Machine>> listed;
    private final Verdicts verdicts;

    NodeWorks(Graph graph, Verdicts verdicts) {
        this.listed = listed(graph);
        this.verdicts = verdicts;
    }

    /// A machine on which a person has passed a verdict since is looked at again.
    Resolution.Known acquire(Instance.Acquire acquire) {
        SequencedMap<String, Resolved> inputs = verdict(acquire);
        Digests digests =
                new Digests().text("acquire").text(acquire.node()).text(acquire.provider());
        listed(acquire).ifPresent(machine -> digests.text(machine.access().way()));
        inputs.values().forEach(input -> digests.text(input.digest()));
        Function<String, Work> work =
                intent ->
                        new Work.Acquire(
                                acquire.key(),
                                intent,
                                acquire.node(),
                                acquire.provider(),
                                ACQUIRE_TIMEOUT);
        return Resolution.Known.ofNode(digests.hex(), inputs, Optional.empty(), work);
    }

    /// What acquiring a machine reads.
    private SequencedMap<String, Resolved> verdict(Instance.Acquire acquire) {
        SequencedMap<String, Resolved> read = new LinkedHashMap<>();
        listed(acquire)
                .flatMap(machine -> revocation(machine.access()))
                .or(() -> verdicts.revocation(verdicts.approved(acquire.node())))
                .or(() -> verdicts.on(acquire.node()))
                .ifPresent(last ->
                        read.put(VERDICT, new Resolved(digest(last), last.title(), List.of())));
        return read;
    }

    /// By a key that was revoked for another node, or of a host on the way.
    private Optional<Judged> revocation(NodeAccess access) {
        return verdicts.revocation(access.hostKeys())
                .or(() -> access.jump().flatMap(this::revocation));
    }

    private static String digest(Judged verdict) {
        Digests digests = new Digests().text(verdict.verdict().name());
        verdict.keys().forEach(key -> digests.text(key.toString()));
        return digests.text(Long.toString(verdict.atMs())).hex();
    }

    /// Another machine, or one that was made ready again, is asked again.
    Resolution gather(Instance.Gather gather, View view) {
        InstanceKey machine = InstanceKey.acquire(gather.node());
        Optional<String> made = view.changedBy(machine);
        if (made.isEmpty()) {
            return new Resolution.Waiting(Set.of(new Await.Success(machine)));
        }
        Digests digests = new Digests().text("gather").text(made.get());
        gather.facts().forEach(fact -> digests.text(fact.word()));
        return Resolution.Known.ofNode(
                digests.hex(),
                new LinkedHashMap<>(),
                Optional.of(gather.node()),
                intent ->
                        new Work.Gather(
                                gather.key(),
                                intent,
                                gather.node(),
                                gather.facts(),
                                GATHER_TIMEOUT));
    }

    /// The machine as a person listed it, if one did. How it is reached is part of what acquiring
    /// it means: a new address or host key is taken up by the next run.
    private Optional<ProviderConfig.Machine> listed(Instance.Acquire acquire) {
        return Optional.ofNullable(listed.get(acquire.provider()))
                .map(machines -> machines.get(acquire.node()));
    }

    private static Map<String, Map<String, ProviderConfig.Machine>> listed(Graph graph) {
        Map<String, Map<String, ProviderConfig.Machine>> listed = new LinkedHashMap<>();
        for (ProviderConfig provider : graph.composition().providers().values()) {
            Map<String, ProviderConfig.Machine> machines = new LinkedHashMap<>();
            provider.machines().forEach(machine -> machines.put(machine.name(), machine));
            listed.put(provider.name(), machines);
        }
        return listed;
    }
}
