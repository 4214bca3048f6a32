package dev.ashlar.simulation;

import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.simulation.composition.ClusterBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// How long work takes, by a record.
class LearnedTest {
    private static final InstanceKey INSTALL = InstanceKey.onNode("kv", "install", "store-1");
    private static final List<String> CHANGED = List.of("package kv");
    private static final List<String> IN_PLACE = List.of();

    private static final Graph GRAPH =
            Graph.of(
                    ClusterBuilder.cluster()
                            .group("store", 1)
                            .use(
                                    "kv",
                                    "store",
                                    component("member")
                                            .step(step("install").file("/kv", literal("1"))))
                            .build());

    private static JournalRecord begun(long run, String intent, long atMs) {
        return new JournalRecord.Intended(
                run, INSTALL, intent, Effect.DO, 1, "f", "m", Optional.empty(), List.of(), atMs);
    }

    private static JournalRecord done(long run, String intent, List<String> changed, long atMs) {
        return new JournalRecord.Succeeded(
                run,
                INSTALL,
                intent,
                Effect.DO,
                "f",
                changed,
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                new LinkedHashMap<>(),
                atMs);
    }

    private static Map<String, Long> learned(JournalRecord... journal) {
        return Learned.of(GRAPH, List.of(journal)).byStep();
    }

    @Test
    void whatItTookLastCounts() {
        assertThat(
                        learned(
                                begun(1, "1-1", 1_000),
                                done(1, "1-1", CHANGED, 41_000),
                                begun(2, "2-1", 50_000),
                                done(2, "2-1", CHANGED, 80_000)))
                .containsExactly(Map.entry("kv.install", 30_000L));
    }

    @Test
    void aRunThatCollectsWhatAnotherBeganIsNoMeasure() {
        assertThat(
                        learned(
                                begun(1, "1-1", 1_000),
                                begun(2, "1-1", 50_000),
                                done(2, "1-1", CHANGED, 50_100)))
                .isEmpty();
    }

    @Test
    void whatFindsAllInPlaceCountsOnlyWhereNothingElseDoes() {
        assertThat(learned(begun(1, "1-1", 1_000), done(1, "1-1", IN_PLACE, 1_700)))
                .containsExactly(Map.entry("kv.install", 700L));
        assertThat(
                        learned(
                                begun(1, "1-1", 1_000),
                                done(1, "1-1", CHANGED, 41_000),
                                begun(2, "2-1", 50_000),
                                done(2, "2-1", IN_PLACE, 50_700)))
                .containsExactly(Map.entry("kv.install", 40_000L));
    }
}
