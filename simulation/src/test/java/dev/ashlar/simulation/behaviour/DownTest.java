package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.doings;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.value.Await.Holds;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import dev.ashlar.simulation.composition.Expressions;
import dev.ashlar.simulation.composition.StepBuilder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DownTest {
    @Test
    void takesBackInReverseOfTheRecord() {
        Simulation simulation = up(1);
        Timeline down = simulation.down(QUIET, Set.of());
        assertThat(doings(down))
                .containsExactly(
                        "start kv.run@store-1",
                        "end kv.run@store-1",
                        "start kv.configure@store-1",
                        "end kv.configure@store-1",
                        "start kv.install@store-1",
                        "end kv.install@store-1",
                        "start node.acquire@store-1",
                        "end node.acquire@store-1");
        assertThat(simulation.fleet().state()).isEmpty();
    }

    @Test
    void givesNodesBackWholeWithoutTouchingWhatIsOnThem() {
        Simulation simulation = up(3);
        Timeline down = simulation.down(QUIET, Set.of("store-1", "store-2", "store-3"));
        assertThat(starts(down))
                .containsExactlyInAnyOrder(
                        "Undo node.acquire@store-1",
                        "Undo node.acquire@store-2",
                        "Undo node.acquire@store-3");
        assertThat(simulation.past().standing()).isEmpty();
    }

    @Test
    void hasNothingToDoTheSecondTime() {
        Simulation simulation = up(3);
        simulation.down(QUIET, Set.of());
        assertThat(simulation.down(QUIET, Set.of()).phases()).isEmpty();
    }

    @Test
    void keepsWhatALaterPartStillNeedsWhenTakingThatBackFails() {
        Simulation simulation = up(1);
        Timeline down =
                simulation.down(QUIET.withFaults(Faults.broken(key("kv.run@store-1"))), Set.of());
        assertThat(down.phases())
                .containsEntry(key("kv.run@store-1"), Phase.FAILED)
                .containsEntry(key("kv.configure@store-1"), Phase.BLOCKED)
                .containsEntry(key("node.acquire@store-1"), Phase.BLOCKED);
    }

    @Test
    void doesNotTakeForStandingWhatItFailedToTakeBack() {
        Simulation simulation = up(1);
        simulation.down(QUIET.withFaults(Faults.broken(key("kv.run@store-1"))), Set.of());
        Timeline again = simulation.up(QUIET);
        assertThat(starts(again)).contains("Apply kv.run@store-1");
    }

    @Test
    void reachesTheEndHoweverTheJournalIsCut() {
        for (int cut = 1; cut < 9; cut++) {
            Simulation simulation = up(1);
            simulation.down(QUIET.crashingAfter(cut), Set.of());
            assertThat(simulation.down(QUIET, Set.of()).isDone()).isTrue();
            assertThat(simulation.fleet().state()).isEmpty();
        }
    }

    @Test
    void isNoVerificationAndEndsTheOneBefore() {
        Simulation simulation = up(1);
        assertThat(simulation.past().lastVerified()).isPresent();
        simulation.down(QUIET, Set.of());
        assertThat(simulation.past().lastVerified()).isEmpty();
    }

    @Test
    void takesBackWhatAskedForTheHealthOfAUseBeforeAnyOfIt() {
        Simulation simulation = new Simulation(reading(3));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        assertThat(Story.records(simulation, JournalRecord.Succeeded.class))
                .filteredOn(done -> done.key().use().equals("api"))
                .isNotEmpty()
                .allMatch(done -> done.served().equals(List.of("kv")));

        List<String> doings = doings(simulation.down(QUIET, Set.of()));

        int lastConsumer =
                Math.max(
                        doings.indexOf("end api.configure@web-1"),
                        doings.indexOf("end api.configure@web-2"));
        assertThat(lastConsumer).isNotNegative();
        assertThat(doings.subList(0, lastConsumer)).noneMatch(line -> line.contains(" kv."));
        assertThat(doings).contains("end kv.run@store-1", "end kv.install@store-3");
        assertThat(simulation.fleet().state()).isEmpty();
    }

    @Test
    void keepsAUseWhoseConsumerCannotBeTakenBack() {
        Simulation simulation = new Simulation(reading(3));
        simulation.up(QUIET);
        Timeline down =
                simulation.down(
                        QUIET.withFaults(Faults.broken(key("api.configure@web-2"))), Set.of());
        assertThat(down.phases())
                .containsEntry(key("api.configure@web-1"), Phase.SUCCEEDED)
                .containsEntry(key("kv.run@store-1"), Phase.BLOCKED)
                .containsEntry(key("kv.install@store-3"), Phase.BLOCKED);
        assertThat(simulation.down(QUIET, Set.of()).isDone()).isTrue();
    }

    @Test
    void endsThoughFilesHaveTurnedAReaderRound() {
        Simulation simulation = new Simulation(reading(3));
        simulation.up(QUIET);
        // As if the store had come to read what once read it.
        simulation.rewritten(entry ->
                entry instanceof JournalRecord.Succeeded done && done.key().use().equals("kv")
                        ? Story.succeeded(done, List.of(key("api.configure@web-1")), List.of())
                        : entry);
        assertThat(simulation.down(QUIET, Set.of()).isDone()).isTrue();
        assertThat(simulation.fleet().state()).isEmpty();
    }

    @Test
    void endsThoughFilesHaveTurnedTwoStepsRound() {
        Simulation simulation = new Simulation(Story.one(written("first", "second", "1"), 1));
        done(simulation.up(QUIET));
        simulation.goal(Story.one(written("second", "first", "2"), 1));
        done(simulation.up(QUIET));
        // Who stands since is on record as it was done: after the other.
        assertThat(afterOf(simulation, "kv.first@g-1")).contains(key("kv.second@g-1"));
        assertThat(afterOf(simulation, "kv.second@g-1")).contains(key("kv.first@g-1"));
        Timeline down = simulation.down(QUIET, Set.of());
        done(down);
        assertThat(starts(down))
                .containsExactly(
                        "Undo kv.first@g-1", "Undo kv.second@g-1", "Undo node.acquire@g-1");
        assertThat(simulation.fleet().state()).isEmpty();
    }

    /// Two steps one after the other; the other brings about this value.
    private static ComponentBuilder written(String one, String other, String value) {
        return component("written")
                .step(step(one).file("/" + one, literal("1")))
                .step(step(other).file("/" + other, literal(value)));
    }

    @Test
    void endsThoughWhatSeveralCameAfterWentBeforeThemAndTheirOrderIsGuessed() {
        Simulation simulation =
                new Simulation(
                        Story.one(
                                component("of-three")
                                        .step(step("install").file("/install", literal("1")))
                                        .step(step("beside").after().file("/beside", literal("1")))
                                        .step(registered()),
                                1));
        done(simulation.up(QUIET));
        for (boolean installs : new boolean[] {true, false}) {
            simulation.goal(
                    Story.one(
                            component("of-three")
                                    .step(
                                            step("install")
                                                    .when(literal(installs))
                                                    .file("/install", literal("1")))
                                    .step(
                                            step("token")
                                                    .after("install")
                                                    .file("/token", literal("1")))
                                    .step(
                                            step("beside")
                                                    .after("token")
                                                    .file("/beside", literal("2")))
                                    .step(registered()),
                            1));
            done(simulation.up(QUIET));
        }
        Timeline down = simulation.down(QUIET, Set.of());
        done(down);
        assertThat(starts(down))
                .containsExactly(
                        "Undo kv.register@g-1",
                        "Undo kv.beside@g-1",
                        "Undo kv.token@g-1",
                        "Undo node.acquire@g-1");
        assertThat(simulation.fleet().state()).isEmpty();
    }

    private static StepBuilder registered() {
        return step("register").after("install").file("/register", literal("1"));
    }

    private static void done(Timeline run) {
        lawful(run);
        assertThat(run.isDone()).as(() -> String.join("\n", run.trace())).isTrue();
    }

    private static List<InstanceKey> afterOf(Simulation simulation, String key) {
        return simulation.past().success(key(key)).orElseThrow().after();
    }

    /// A store, and a use elsewhere that is given its endpoints once most of it is healthy; nothing
    /// of the store's steps is in the value.
    private static Graph reading(int members) {
        ComponentBuilder api =
                component("api")
                        .input("links", Expressions.ofUse("store", "kv", "endpoints"))
                        .step(step("configure").file("/etc/api", read("inputs", "links")));
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("store", members)
                        .group("web", 2)
                        .use(
                                "kv",
                                "store",
                                Story.store("1")
                                        .clusterOutput(
                                                "endpoints",
                                                Holds.MAJORITY,
                                                Expressions.ofMembers("endpoint")))
                        .use("api", "web", api)
                        .build());
    }

    private static Simulation up(int members) {
        Simulation simulation = new Simulation(Story.stores(members, "1"));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        return simulation;
    }
}
