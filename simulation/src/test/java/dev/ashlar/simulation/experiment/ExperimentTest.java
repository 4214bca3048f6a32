package dev.ashlar.simulation.experiment;

import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.simulation.Fault;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Learned;
import dev.ashlar.simulation.Profile;
import dev.ashlar.simulation.Profile.Hold;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.SimulationOptions;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.experiment.Lived.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExperimentTest {
    private static final int SEEDS = 30;

    private static Graph store(String port) {
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("store", 3)
                        .use(
                                "kv",
                                "store",
                                component("member")
                                        .input("port", literal(port))
                                        .step(
                                                step("install")
                                                        .file("/usr/bin/kv", literal("1"))
                                                        .retries(2, Duration.ofSeconds(1)))
                                        .step(
                                                step("configure")
                                                        .file("/etc/port", read("inputs", "port"))
                                                        .retries(2, Duration.ofSeconds(1)))
                                        .step(
                                                step("run")
                                                        .service("kv", "install", "configure")
                                                        .health()))
                        .build());
    }

    private static Faults one(Fault fault) {
        return Faults.NONE.with(fault, fault.measure() == Fault.Measure.RUN ? 2 : 0.1);
    }

    private static Result run(long seed, Faults faults) {
        return Experiment.run(store("1"), List.of(), SimulationOptions.of(seed).withFaults(faults));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyFaultStrikesIsCountedAndIsSurvived(Fault fault) {
        int struck = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Result result = run(seed, one(fault));
            assertThat(result.violations()).as("seed " + seed).isEmpty();
            assertThat(result.isDone()).as("seed " + seed).isTrue();
            struck += result.struck(fault);
            for (Fault other : Fault.values()) {
                assertThat(other == fault ? 0 : result.struck(other)).as(other.word()).isZero();
            }
        }
        assertThat(struck).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void theSameSeedIsTheSameRun(Fault fault) {
        assertThat(digests(run(7, one(fault)))).isEqualTo(digests(run(7, one(fault))));
    }

    private static List<String> digests(Result result) {
        return result.lives().stream().map(life -> life.timeline().digest()).toList();
    }

    @Test
    void theControllerDiesAsOftenAsWasAskedForAndTheSameStateIsReached() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Result result = run(seed, Faults.NONE.with(Fault.CONTROLLER_CRASH, 3));
            assertThat(result.violations()).as("seed " + seed).isEmpty();
            assertThat(result.lives())
                    .extracting(Lived::ending)
                    .as("seed " + seed)
                    .containsExactly(Ending.DIED, Ending.DIED, Ending.DIED, Ending.DONE);
        }
    }

    @Test
    void whatFailedForGoodIsFinishedByARunWithoutFaults() {
        Result result = run(1, Faults.NONE.with(Fault.BROKEN, 1));
        assertThat(result.lives())
                .extracting(Lived::ending)
                .containsExactly(Ending.FAILED, Ending.DONE);
        assertThat(result.lives()).extracting(Lived::calm).containsExactly(false, true);
        assertThat(result.isDone()).isTrue();
    }

    @Test
    void whatWasAskedForAndCouldNotStrikeIsNamed() {
        List<JournalRecord> done = new ArrayList<>();
        Simulation before = new Simulation(store("1"));
        before.up(SimulationOptions.of(1));
        done.addAll(before.journal());
        Result nothingToDo =
                Experiment.run(
                        store("1"),
                        done,
                        SimulationOptions.of(1).withFaults(Faults.NONE.with(Fault.SLOW, 1)));
        assertThat(nothingToDo.profile().works()).isZero();
        assertThat(nothingToDo.neverStruck()).containsExactly(Fault.SLOW);
    }

    @Test
    void aRunBeginsWhereTheRecordEnds() {
        Simulation before = new Simulation(store("1"));
        before.up(SimulationOptions.of(1));
        Result change = Experiment.run(store("2"), before.journal(), SimulationOptions.of(1));
        // configure and run on each of three, and nothing else but questions
        assertThat(change.last().totals().orElseThrow().ran()).isEqualTo(6);
        assertThat(change.profile().held()).containsKey(Hold.TURN);
    }

    @Test
    void durationsOnRecordAreKept() {
        Simulation before = new Simulation(store("1"));
        before.up(SimulationOptions.of(1).with(new Learned(Map.of("kv.install", 12_345L))));
        Learned learned = Learned.of(store("1"), before.journal());
        assertThat(learned.byStep()).containsEntry("kv.install", 12_345L);
        assertThat(learned.byStep())
                .as("it ends when its member is healthy")
                .doesNotContainKey("kv.run");

        Result run = Experiment.run(store("1"), List.of(), SimulationOptions.of(1).with(learned));
        assertThat(run.profile().path())
                .filteredOn(span -> span.key().step().equals("install"))
                .extracting(Profile.Span::lastsMs)
                .containsExactly(12_345L);
    }

    @Test
    void thePathCoversTheWholeRunWithoutAGapWhereNothingIsTriedAgain() {
        Result result = run(5, Faults.NONE);
        List<Profile.Span> path = result.profile().path();
        long begin = path.getFirst().fromMs();
        assertThat(path.getLast().untilMs() - begin).isEqualTo(result.durationMs());
        for (int i = 1; i < path.size(); i++) {
            assertThat(path.get(i).fromMs()).isEqualTo(path.get(i - 1).untilMs());
        }
        assertThat(result.profile().mostAtOnce()).isEqualTo(3);
    }
}
