package dev.ashlar.simulation.referee;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Work;
import dev.ashlar.simulation.fleet.MadeUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What is good for a time only: no work is handed what has lapsed, and nothing is made anew while
/// there is more than half of its time left. What lapses says until when in its text.
final class Validity {
    private final Graph graph;
    private final Needs needs;
    private final Map<InstanceKey, Phase> phases;
    private final Map<String, InstanceKey> renewals = new LinkedHashMap<>();
    private final Map<String, Long> begun = new LinkedHashMap<>();
    private final Set<InstanceKey> failed = new LinkedHashSet<>();
    private final Map<InstanceKey, Long> made = new LinkedHashMap<>();

    /// @param phases where each instance is, as it goes on
    Validity(Graph graph, Needs needs, Map<InstanceKey, Phase> phases) {
        this.graph = graph;
        this.needs = needs;
        this.phases = phases;
    }

    void take(JournalRecord entry) {
        switch (entry) {
            case JournalRecord.Intended intended ->
                    begun.putIfAbsent(intended.intent(), intended.atMs());
            case JournalRecord.Succeeded done when done.effect() == Effect.DO -> {
                made.put(done.key(), begun.getOrDefault(done.intent(), done.atMs()));
                failed.remove(done.key());
            }
            case JournalRecord.Failed failure -> failed.add(failure.key());
            case JournalRecord.Succeeded _,
                    JournalRecord.Founded _,
                    JournalRecord.RunStarted _,
                    JournalRecord.RunEnded _,
                    JournalRecord.Judged _,
                    JournalRecord.VaultChanged _,
                    JournalRecord.AuthorityOrdered _ -> {}
        }
    }

    /// True of what lapses and had succeeded before its last intent, in the answer that tells that
    /// it stands: to make it anew may have been intended in the same.
    boolean isBegunAnew(InstanceKey key, Books books) {
        boolean lapses =
                switch (graph.instances().get(key)) {
                    case Instance.Step step -> step.step().lapses();
                    case Instance.Gather gather -> gather.lapses();
                    case Instance.Acquire _ -> false;
                    case null -> false;
                };
        return lapses && books.hasSucceeded(key);
    }

    /// True of an intent under which what stood is made anew.
    boolean renews(String intent) {
        return renewals.containsKey(intent);
    }

    /// True of what has been begun anew: its node's turn does not depend on it.
    boolean isRenewed(InstanceKey key) {
        return renewals.containsValue(key);
    }

    /// What is wrong with beginning that.
    ///
    /// @param achieved whether it has been achieved in this run
    List<String> started(Work work, boolean achieved, long nowMs) {
        List<String> wrong = new ArrayList<>(lapsed(work, nowMs).stream().toList());
        if (!achieved) {
            return wrong;
        }
        renewals.put(work.intent(), work.key());
        if (graph.instances().get(work.key()) instanceof Instance.Step step) {
            renewed(work.key(), step.step(), nowMs).ifPresent(wrong::add);
        }
        if (!failed.contains(work.key()) && !isNeeded(work.key())) {
            wrong.add(work.key() + " is done again though nobody who reads it is about to run");
        }
        return wrong;
    }

    /// Somebody who reads it is about to run, or is done anew for the sake of such.
    private boolean isNeeded(InstanceKey key) {
        Await made = new Await.Success(key);
        return graph.instances().values().stream()
                .filter(Instance.Step.class::isInstance)
                .map(Instance.Step.class::cast)
                .filter(reader -> needs.of(reader, _ -> false).contains(made))
                .anyMatch(reader ->
                        phases.get(reader.key()) == Phase.READY
                                || (reader.step().lapses() && isNeeded(reader.key())));
    }

    /// What is wrong with making anew what a step has produced.
    private Optional<String> renewed(InstanceKey key, StepSpec step, long nowMs) {
        long shortestMs =
                step.validFor().values().stream()
                        .min(Comparator.naturalOrder())
                        .map(Duration::toMillis)
                        .orElse(Long.MAX_VALUE);
        long age = nowMs - made.getOrDefault(key, nowMs);
        return age >= shortestMs / 2
                ? Optional.empty()
                : Optional.of(key + " is done again though what it has made is " + age + " ms old");
    }

    /// What work is handed that has lapsed.
    private static Optional<String> lapsed(Work work, long nowMs) {
        return texts(work)
                .flatMap(text -> MadeUp.LAPSES.matcher(text).results())
                .map(found -> found.group(1))
                .filter(until -> Long.parseLong(until) < nowMs)
                .findFirst()
                .map(until -> work.key() + " is handed what has lapsed at " + until);
    }

    private static Stream<String> texts(Work work) {
        return switch (work) {
            case Work.Run run -> texts(run.inputs().values());
            case Work.Call call -> texts(call.arguments().values());
            case Work.Apply apply ->
                    apply.resources().stream()
                            .map(Resource::parameters)
                            .flatMap(parameters -> texts(parameters.values()));
            case Work.Acquire _, Work.Gather _, Work.Probe _, Work.Undo _ -> Stream.empty();
        };
    }

    private static Stream<String> texts(Collection<Value> values) {
        List<String> texts = new ArrayList<>();
        for (Value value : values) {
            value.visit(part -> {
                if (part.data() instanceof Data.Text(String text)) {
                    texts.add(text);
                }
            });
        }
        return texts.stream();
    }
}
