package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.doings;
import static dev.ashlar.simulation.behaviour.Story.failure;
import static dev.ashlar.simulation.behaviour.Story.founded;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.joined;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.ofGroup;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.work.Failure;
import dev.ashlar.simulation.Fault;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.SimulationOptions;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Members of a founded group are asked how they are before the first of them is touched.
class RoundsTest {
    @Test
    void asksAllMembersOnceBeforeTheFirstTurn() {
        Timeline run = founded(3).goal(Story.stores(3, "2")).up(QUIET);
        assertThat(starts(run).subList(0, 4))
                .containsExactly(
                        "Probe kv.run@store-1",
                        "Probe kv.run@store-2",
                        "Probe kv.run@store-3",
                        "Apply kv.configure@store-1");
        assertThat(starts(run).stream().filter(s -> s.startsWith("Probe"))).hasSize(6);
        assertThat(run.trace().stream().filter(line -> line.endsWith("visit 3 of store")))
                .as("whoever watches is told")
                .hasSize(1);
        lawful(run);
    }

    @Test
    void whoIsAskedIsToldToHaveAnsweredAlsoWhenItNeverDoes() {
        Simulation simulation = founded(3).goal(Story.stores(3, "2"));
        simulation.fleet().kill(key("kv.run@store-3"));
        Timeline run = simulation.up(QUIET);
        List<String> seen =
                run.trace().stream()
                        .filter(line -> line.contains("visit ") || line.contains("answered "))
                        .map(line -> line.replaceFirst("^.*?(visit|answered) ", "$1 "))
                        .toList();
        assertThat(seen.getFirst()).isEqualTo("visit 3 of store");
        assertThat(seen.subList(1, 4))
                .containsExactlyInAnyOrder(
                        "answered kv.run@store-1",
                        "answered kv.run@store-2",
                        "answered kv.run@store-3");
    }

    @Test
    void contactsNobodyWhenThereIsNothingToDo() {
        Simulation simulation = founded(3);
        simulation.fleet().kill(key("kv.run@store-2"));
        Timeline run = simulation.up(QUIET);
        assertThat(starts(run)).isEmpty();
        assertThat(run.isDone()).isTrue();
    }

    @Test
    void whoDiedUnnoticedHasItsTurnFirst() {
        Simulation simulation = founded(3).goal(Story.stores(3, "2"));
        simulation.fleet().kill(key("kv.run@store-3"));
        Timeline run = simulation.up(QUIET);
        assertThat(run.isDone()).isTrue();
        assertThat(doings(run).getFirst()).isEqualTo("start kv.configure@store-3");
        assertThat(doings(run).indexOf("end kv.run@store-3"))
                .isLessThan(doings(run).indexOf("start kv.configure@store-1"));
        lawful(run);
    }

    @Test
    void touchesNoHealthyMemberWhileOneIsOutThatHasNothingToDo() {
        Simulation simulation = founded(3);
        simulation.fleet().kill(key("kv.run@store-2"));
        int before = simulation.journal().size();

        Timeline run = simulation.up(QUIET, Set.of(key("kv.run@store-1"), key("kv.run@store-3")));

        assertThat(starts(run)).allMatch(start -> start.startsWith("Probe "));
        assertThat(run.phases())
                .containsEntry(key("kv.run@store-1"), Phase.FAILED)
                .containsEntry(key("kv.run@store-2"), Phase.SKIPPED)
                .containsEntry(key("kv.run@store-3"), Phase.BLOCKED);
        Failure failure = failure(run, "kv.run@store-1");
        assertThat(failure.kind()).isEqualTo("sick-member");
        assertThat(failure.message())
                .contains("store-2 is not healthy", "more than 1 out", "dead or no majority");
        assertThat(failure.hint().orElseThrow()).contains("store-2", "--verify");
        assertThat(simulation.journal().subList(before, simulation.journal().size()))
                .noneMatch(JournalRecord.Intended.class::isInstance);
        lawful(run);

        Set<InstanceKey> all = Set.of(key("kv.run@store-1"), key("kv.run@store-2"));
        assertThat(simulation.up(QUIET, all).isDone()).as("once it is mended too").isTrue();
    }

    @Test
    void whatIsDoneAtASickMemberButDoesNotMendItLetsNobodyElseHaveATurn() {
        Simulation simulation = founded(3);
        simulation.fleet().kill(key("kv.run@store-2"));
        Timeline run =
                simulation.up(QUIET, Set.of(key("kv.install@store-2"), key("kv.install@store-3")));
        assertThat(starts(run)).contains("Apply kv.install@store-2");
        assertThat(run.failures().keySet()).containsExactly(key("kv.run@store-2"));
        assertThat(failure(run, "kv.run@store-2").kind()).isEqualTo("unhealthy");
        assertThat(run.phases()).containsEntry(key("kv.install@store-3"), Phase.BLOCKED);
        lawful(run);
    }

    @Test
    void aGroupThatHasLostItsMajorityIsMendedTogether() {
        Simulation simulation = founded(3).goal(Story.stores(3, "2"));
        simulation.fleet().kill(key("kv.run@store-2"));
        simulation.fleet().kill(key("kv.run@store-3"));
        Timeline run = simulation.up(QUIET);
        assertThat(run.isDone()).isTrue();
        assertThat(simulation.fleet().dead()).isEmpty();
        lawful(run);
    }

    /// A group whose survivors are ill only while the dead are, and have their turn because of
    /// something that waits for those to be mended.
    @Test
    void whoHasRecoveredWithTheMendedWaitsForRoomLikeAnyOther() {
        Simulation simulation = new Simulation(storesWithReader("1"));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        simulation.goal(storesWithReader("2"));
        Set<InstanceKey> dead = Set.of(key("kv.run@store-1"), key("kv.run@store-2"));
        dead.forEach(simulation.fleet()::kill);

        Timeline run = simulation.up(QUIET, dead);

        assertThat(run.isDone()).isTrue();
        lawful(run);
        List<String> doings = doings(run);
        List<String> turns =
                doings.stream().filter(d -> d.startsWith("start reader.render")).toList();
        assertThat(turns).hasSize(3);
        for (int i = 1; i < turns.size(); i++) {
            String before = turns.get(i - 1).replace("start reader.render", "end reader.run");
            assertThat(doings.indexOf(turns.get(i))).isGreaterThan(doings.indexOf(before));
        }
    }

    /// Of two steps that are ill at once the one is mended while it is still asked how the other
    /// is.
    @Test
    void nobodyIsTakenForWellBeforeItHasAnswered() {
        for (long seed = 0; seed < 200; seed++) {
            Simulation simulation = new Simulation(storesWithReader("1", 5));
            assertThat(simulation.up(QUIET).isDone()).isTrue();
            simulation.goal(storesWithReader("2", 5));
            Set<InstanceKey> dead = new HashSet<>();
            for (String use : List.of("kv", "reader")) {
                for (int i = 1; i <= 3; i++) {
                    dead.add(key(use + ".run@store-" + i));
                }
            }
            dead.forEach(simulation.fleet()::kill);
            // One of them has nothing to do, and so stays dead.
            dead.remove(key("kv.run@store-3"));
            lawful(simulation.up(SimulationOptions.of(seed), dead));
        }
    }

    /// The survivor is ill only while both of the others are dead. What is tried again there is due
    /// when one of these is well and the other is still out.
    @Test
    void whoIsFoundWellBetweenTwoTriesWaitsForRoomBeforeTheNext() {
        Simulation simulation = new Simulation(retryingStores("1"));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        simulation.goal(retryingStores("2"));
        simulation.fleet().kill(key("kv.run@store-1"));
        simulation.fleet().kill(key("kv.run@store-2"));
        Map<InstanceKey, Integer> flaky =
                Map.of(key("kv.configure@store-3"), 1, key("kv.run@store-2"), 1);

        Timeline run = simulation.up(QUIET.withFaults(Faults.flaky(flaky)));

        assertThat(run.isDone()).isTrue();
        lawful(run);
        List<String> doings = doings(run);
        assertThat(doings.indexOf("start kv.configure@store-3"))
                .as("it was ill, so it needed no room")
                .isLessThan(doings.indexOf("end kv.run@store-1"));
        assertThat(doings.lastIndexOf("start kv.configure@store-3"))
                .isGreaterThan(doings.indexOf("end kv.run@store-2"));
    }

    private static Graph retryingStores(String port) {
        ComponentBuilder store =
                component("member")
                        .step(
                                step("configure")
                                        .file("/etc/port", literal(port))
                                        .retries(1, Duration.ofSeconds(1)))
                        .step(
                                step("run")
                                        .service("kv", "configure")
                                        .health()
                                        .retries(1, Duration.ofSeconds(10)));
        return Graph.of(
                ClusterBuilder.cluster().group("store", 3).use("kv", "store", store).build());
    }

    private static Graph storesWithReader(String version) {
        return storesWithReader(version, 3);
    }

    private static Graph storesWithReader(String version, int members) {
        ComponentBuilder reader =
                component("reader")
                        .input("stores", ofGroup("store", "kv", "endpoint"))
                        .input("version", literal(version))
                        .step(
                                step("render")
                                        .file(
                                                "/etc/reader",
                                                joined(
                                                        read("inputs", "stores"),
                                                        read("inputs", "version"))))
                        .step(step("run").service("reader", "render").health());
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("store", members)
                        .use("kv", "store", Story.store("1"))
                        .use("reader", "store", reader)
                        .build());
    }

    @Test
    void whoAnswersAtTheSecondTryIsNotSick() {
        boolean seen = false;
        for (long seed = 0; seed < 60; seed++) {
            Faults some = Faults.NONE.with(Fault.FAILS, 0.2);
            Simulation simulation = founded(3).goal(Story.stores(3, "2"));
            Timeline run = simulation.up(SimulationOptions.of(seed).withFaults(some));
            lawful(run);
            List<String> starts = starts(run);
            int turn = starts.indexOf("Apply kv.configure@store-1");
            seen |= turn > 3 && starts.subList(0, turn).stream().allMatch(s -> s.contains("Probe"));
        }
        assertThat(seen).isTrue();
    }

    @Test
    void aCancelOrADeathWhileItAsksLeavesNothingOpen() {
        for (int records = 0; records < 4; records++) {
            for (boolean crash : List.of(true, false)) {
                Simulation simulation = founded(3).goal(Story.stores(3, "2"));
                simulation.fleet().kill(key("kv.run@store-1"));
                SimulationOptions options =
                        crash ? QUIET.crashingAfter(records) : QUIET.cancellingAfter(records);
                Timeline run = simulation.up(options);
                lawful(run);
                assertThat(simulation.up(QUIET).isDone()).isTrue();
            }
        }
    }

    @Test
    void aRecordWithoutAProbeIsAskedWithTheFilesWhileTheySayTheSame() {
        Simulation simulation = founded(3).rewritten(Story::older);
        simulation.fleet().kill(key("kv.run@store-2"));
        Timeline same = simulation.up(QUIET, Set.of(key("kv.run@store-1")));
        assertThat(failure(same, "kv.run@store-1").kind()).isEqualTo("sick-member");
        lawful(same);
    }
}
