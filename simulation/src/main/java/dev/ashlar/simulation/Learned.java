package dev.ashlar.simulation;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.work.Work;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How long work takes, as the record has it: of each step, on whatever node, what it took when it
/// last changed something, for what finds all in place is over too soon to be a measure; where it
/// never did, what it took last.
///
/// @param byStep in milliseconds, by the step's name
public record Learned(Map<String, Long> byStep) {
    public static final Learned NOTHING = new Learned(Map.of());

    public Learned {
        byStep = Collections.unmodifiableMap(new LinkedHashMap<>(byStep));
    }

    /// From one run's intent to its success; what a run collects of another's work is no measure.
    /// Of a step that tells its member's health that ends only when the member is healthy, which is
    /// no measure of its work: nothing is learned of it.
    public static Learned of(Graph graph, Collection<JournalRecord> journal) {
        Map<String, JournalRecord.Intended> open = new LinkedHashMap<>();
        Map<String, Long> byStep = new LinkedHashMap<>();
        Map<String, Long> changing = new LinkedHashMap<>();
        for (JournalRecord entry : journal) {
            switch (entry) {
                case JournalRecord.Intended intended ->
                        open.putIfAbsent(intended.intent(), intended);
                case JournalRecord.Succeeded done -> {
                    Optional.ofNullable(open.remove(done.intent()))
                            .filter(begun -> isMeasure(begun, done))
                            .filter(_ -> !tellsHealth(graph, done.key()))
                            .map(begun -> Math.max(1, done.atMs() - begun.atMs()))
                            .ifPresent(ms ->
                                    (done.changed().isEmpty() ? byStep : changing)
                                            .put(step(done.key()), ms));
                }
                case JournalRecord.Failed failed -> open.remove(failed.intent());
                case JournalRecord.RunStarted _,
                        JournalRecord.Founded _,
                        JournalRecord.RunEnded _,
                        JournalRecord.Judged _,
                        JournalRecord.VaultChanged _,
                        JournalRecord.AuthorityOrdered _ -> {}
            }
        }
        byStep.putAll(changing);
        return new Learned(byStep);
    }

    private static boolean isMeasure(JournalRecord.Intended begun, JournalRecord.Succeeded done) {
        return done.effect() == Effect.DO && begun.run() == done.run() && done.health().isEmpty();
    }

    private static boolean tellsHealth(Graph graph, InstanceKey key) {
        return graph.instances().get(key) instanceof Instance.Step step
                && step.step().health().isPresent();
    }

    private static String step(InstanceKey key) {
        return key.use() + "." + key.step();
    }

    /// How long that takes, where it is known.
    Optional<Long> of(Work work) {
        return switch (work) {
            case Work.Acquire _, Work.Apply _, Work.Gather _, Work.Run _, Work.Call _ ->
                    Optional.ofNullable(byStep.get(step(work.key())));
            case Work.Probe _, Work.Undo _ -> Optional.empty();
        };
    }

    /// How many of the steps of a cluster it knows.
    public long known(Graph graph) {
        return steps(graph).stream().filter(byStep::containsKey).count();
    }

    /// The steps of a cluster, each once.
    public static List<String> steps(Graph graph) {
        return graph.instances().keySet().stream().map(Learned::step).distinct().toList();
    }
}
