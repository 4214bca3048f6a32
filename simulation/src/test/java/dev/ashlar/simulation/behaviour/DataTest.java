package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.behaviour.Story.records;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.model.journal.JournalRecord.Succeeded;
import dev.ashlar.model.work.Owned;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DataTest {
    private static final InstanceKey KEEP = key("kv.keep@g-1");

    private static ComponentBuilder keeper(String name) {
        return component(name)
                .step(step("keep").data("/var/lib/" + name).file("/etc/" + name, literal("1")))
                .step(step("run").service(name, "keep").health());
    }

    /// Two uses with data on two nodes.
    private static Simulation standing() {
        Simulation simulation = new Simulation(both());
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        return simulation;
    }

    private static Graph both() {
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("g", 2)
                        .use("kv", "g", keeper("kv"))
                        .use("log", "g", keeper("log"))
                        .build());
    }

    private static Graph withoutStore() {
        return Graph.of(
                ClusterBuilder.cluster().group("g", 2).use("log", "g", keeper("log")).build());
    }

    private static Stream<Succeeded> takenBack(Simulation simulation) {
        return records(simulation, Succeeded.class).stream()
                .filter(done -> done.effect() == Effect.UNDO && done.key().step().equals("keep"));
    }

    /// Of what has been taken back the instances whose data was left.
    private static List<String> left(Simulation simulation) {
        return takenBack(simulation)
                .filter(done -> done.owned().stream().anyMatch(Owned::data))
                .map(done -> done.key().toString())
                .sorted()
                .toList();
    }

    private static List<Intended> undoIntents(Simulation simulation) {
        return records(simulation, Intended.class).stream()
                .filter(intended -> intended.effect() == Effect.UNDO)
                .filter(intended -> intended.key().equals(KEEP))
                .toList();
    }

    @Test
    void staysWhenNobodyNamesIt() {
        Simulation simulation = standing();
        lawful(simulation.down(QUIET, Set.of()));
        assertThat(left(simulation))
                .containsExactly("kv.keep@g-1", "kv.keep@g-2", "log.keep@g-1", "log.keep@g-2");
    }

    @Test
    void goesWhereItsUseOrItsUseOnThatNodeIsNamedAndNowhereElse() {
        Simulation simulation = standing().naming("kv", "log@g-2");
        lawful(simulation.down(QUIET, Set.of()));
        assertThat(left(simulation)).containsExactly("log.keep@g-1");
        assertThat(takenBack(simulation)).hasSize(4);
    }

    /// A use with data in the folder of another's.
    private static Simulation nested() {
        ComponentBuilder inner = component("db").step(step("keep").data("/var/lib/kv/db"));
        Simulation simulation =
                new Simulation(
                        Graph.of(
                                ClusterBuilder.cluster()
                                        .group("g", 1)
                                        .use("kv", "g", keeper("kv"))
                                        .use("db", "g", inner)
                                        .build()));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        return simulation;
    }

    @Test
    void goesWithThatInItWhereBothAreNamedAndStaysForThatWhereItIsNot() {
        Simulation both = nested().naming("kv", "db");
        lawful(both.down(QUIET, Set.of()));
        assertThat(left(both)).isEmpty();

        Simulation outer = nested().naming("kv");
        lawful(outer.down(QUIET, Set.of()));
        assertThat(left(outer)).containsExactly("db.keep@g-1", "kv.keep@g-1");
        assertThat(records(outer, Intended.class))
                .allSatisfy(intended -> assertThat(intended.destroys()).isEmpty());
    }

    @Test
    void ofAUseThatLeavesTheFilesGoesOnlyWhereItIsNamed() {
        Simulation simulation = standing().goal(withoutStore()).naming("kv@g-1", "log");
        lawful(simulation.up(QUIET));
        assertThat(left(simulation)).containsExactly("kv.keep@g-2");
        assertThat(simulation.fleet().state())
                .as("what stays in use keeps its data, named or not")
                .containsOnlyOnce("directory /var/lib/kv")
                .contains("directory /var/lib/log");
    }

    @Test
    void ofAUseThatGetsAnotherComponentGoesOnlyWhereItIsNamed() {
        Graph swapped =
                Graph.of(
                        ClusterBuilder.cluster()
                                .group("g", 2)
                                .use("kv", "g", keeper("other"))
                                .use("log", "g", keeper("log"))
                                .build());
        Simulation simulation = standing().goal(swapped).naming("kv@g-2");
        lawful(simulation.up(QUIET));
        assertThat(left(simulation)).containsExactly("kv.keep@g-1");
        assertThat(simulation.past().owned(KEEP).stream().map(Owned::title))
                .contains("directory /var/lib/other");
    }

    @Test
    void ofAMachineThatIsGivenBackIsNoMatterOfNames() {
        Simulation simulation = standing().naming("kv");
        lawful(simulation.down(QUIET, Set.of("g-1", "g-2")));
        assertThat(takenBack(simulation)).isEmpty();
    }

    @Test
    void isOnRecordBeforeItIsDestroyedAndNothingElseIs() {
        Simulation simulation = standing().naming("kv");
        simulation.down(QUIET, Set.of());
        assertThat(undoIntents(simulation))
                .singleElement()
                .satisfies(intended ->
                        assertThat(intended.destroys()).containsExactly("directory /var/lib/kv"));
        assertThat(
                        records(simulation, Intended.class).stream()
                                .filter(i -> !i.destroys().isEmpty()))
                .hasSize(2);
    }

    @Test
    void isKeptByARunThatGoesOnWithoutTheNameHoweverTheRecordIsCut() {
        Simulation whole = standing().naming("kv");
        int before = whole.journal().size();
        whole.down(QUIET, Set.of());
        int records = whole.journal().size() - before - 1;
        for (int cut = 1; cut <= records; cut++) {
            Simulation simulation = standing().naming("kv");
            simulation.down(QUIET.crashingAfter(cut), Set.of());
            int begun = simulation.journal().size();
            Timeline resumed = simulation.naming().down(QUIET, Set.of());
            assertThat(resumed.violations()).as("cut after " + cut).isEmpty();
            assertThat(resumed.isDone()).as("cut after " + cut).isTrue();
            assertThat(simulation.journal().stream().skip(begun))
                    .as("cut after " + cut)
                    .noneMatch(entry -> entry instanceof Intended i && !i.destroys().isEmpty());
        }
    }

    @Test
    void goesWithARunThatGoesOnWithTheNameHoweverTheRecordIsCut() {
        Simulation whole = standing();
        int before = whole.journal().size();
        whole.down(QUIET, Set.of());
        int records = whole.journal().size() - before - 1;
        for (int cut = 1; cut <= records; cut++) {
            Simulation simulation = standing().naming("kv", "log");
            simulation.down(QUIET.crashingAfter(cut), Set.of());
            Timeline resumed = simulation.down(QUIET, Set.of());
            assertThat(resumed.violations()).as("cut after " + cut).isEmpty();
            assertThat(left(simulation)).as("cut after " + cut).isEmpty();
        }
    }

    @Test
    void whatWasToKeepItIsNotTakenForWhatDestroysIt() {
        Simulation simulation = cutAtItsIntent();
        simulation.naming("kv").down(QUIET, Set.of());
        assertThat(undoIntents(simulation).stream().map(Intended::intent).distinct()).hasSize(2);
        assertThat(left(simulation)).doesNotContain("kv.keep@g-1");
    }

    @Test
    void whatMayHaveDestroyedItIsAskedWhetherItHas() {
        Simulation simulation = cutAtItsIntent("kv");
        simulation.naming().down(QUIET, Set.of());
        assertThat(undoIntents(simulation).stream().map(Intended::intent).distinct()).hasSize(1);
    }

    private static Simulation cutAtItsIntent(String... names) {
        for (int cut = 1; cut < 50; cut++) {
            Simulation simulation = standing().naming(names);
            simulation.down(QUIET.crashingAfter(cut), Set.of());
            if (simulation.past().interrupted(KEEP).isPresent()) {
                return simulation;
            }
        }
        throw new AssertionError("no cut leaves " + KEEP + " open");
    }
}
