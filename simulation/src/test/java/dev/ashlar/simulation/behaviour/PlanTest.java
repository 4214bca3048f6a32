package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Explainer;
import dev.ashlar.engine.plan.Explanation;
import dev.ashlar.engine.plan.Explanation.Input;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Plan.Action;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.engine.plan.Rewritten;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.journal.JournalRecord.Failed;
import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.model.text.Sha256;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Failure.Fault;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import dev.ashlar.simulation.composition.Expressions;
import dev.ashlar.simulation.composition.StepBuilder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void createsWhatWasNeverDone() {
        assertThat(plan(new Simulation(Story.stores(2, "1"))).entries())
                .extracting(Plan.Entry::action)
                .containsOnly(Action.CREATE);
    }

    @Test
    void isEmptyWhenEverythingStands() {
        assertThat(plan(up("1")).isEmpty()).isTrue();
    }

    @Test
    void namesTheInputThatChangedFromOldToNew() {
        Simulation simulation = up("1").goal(Story.stores(3, "2"));
        Plan.Entry entry = entry(simulation, "kv.configure@store-1");
        assertThat(entry.action()).isEqualTo(Action.CHANGE);
        assertThat(entry.reasons()).containsExactly("input inputs.port changed: \"1\" -> \"2\"");
    }

    @Test
    void leavesOpenWhatIsKnownOnlyAfterAnother() {
        Simulation simulation = up("1").goal(Story.stores(3, "2"));
        Plan.Entry entry = entry(simulation, "kv.run@store-1");
        assertThat(entry.action()).isEqualTo(Action.MAYBE);
        assertThat(entry.awaits()).contains(new Await.Success(key("kv.configure@store-1")));
        assertThat(entry.reasons()).containsExactly("watches kv.configure, which runs");
        assertThat(entry.disruptive()).isTrue();
    }

    @Test
    void namesWhatIsReadAndRunsBeforeItOrMay() {
        Simulation simulation = new Simulation(readers());
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        Set<InstanceKey> forced = Set.of(key("first.make@g-1"));
        assertThat(
                        Planner.plan(
                                        simulation.graph(),
                                        simulation.past(),
                                        forced,
                                        Selection.WHOLE,
                                        0)
                                .changes())
                .filteredOn(entry -> entry.action() == Action.MAYBE)
                .extracting(entry -> entry.key().use(), Plan.Entry::reasons)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(
                                "second", List.of("reads first.make, which runs")),
                        org.assertj.core.groups.Tuple.tuple(
                                "last",
                                List.of(
                                        "reads first.make, which runs",
                                        "reads second.make, which may run")));
    }

    @Test
    void namesAFileWhoseContentWouldBeAnotherOneAndNoOther() {
        assertThat(rewritten("2"))
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.path()).isEqualTo("/etc/port");
                    assertThat(file.recorded()).isEqualTo(Sha256.hex("1"));
                    assertThat(file.now().data()).isEqualTo(new Data.Text("2"));
                });
        assertThat(rewritten("1")).isEmpty();
    }

    /// Of stores at port 1 that would be at another.
    private static List<Rewritten> rewritten(String port) {
        InstanceKey key = key("kv.configure@store-1");
        return Objects.requireNonNull(
                        Explainer.details(Story.stores(3, port), up("1").past(), 0).get(key))
                .rewritten();
    }

    @Test
    void tellsThatAMachineMayBeRebootedAlsoTheFirstTime() {
        ComponentBuilder component =
                ComponentBuilder.component("kernel")
                        .step(
                                StepBuilder.step("set")
                                        .file("/etc/kernel", Expressions.literal("quiet")))
                        .step(StepBuilder.step("load").reboot("set"));
        Plan plan = plan(new Simulation(Story.one(component, 1)));
        assertThat(plan.changes())
                .filteredOn(Plan.Entry::disruptive)
                .extracting(entry -> entry.key().step())
                .containsExactly("load");
    }

    @Test
    void repairsWhatFailedOrWasCutShort() {
        Simulation simulation = up("1").goal(Story.stores(3, "2"));
        simulation.up(QUIET.withFaults(Faults.broken(key("kv.configure@store-1"))));
        assertThat(entry(simulation, "kv.configure@store-1").action()).isEqualTo(Action.REPAIR);
        Simulation cut = up("1").goal(Story.stores(3, "2"));
        cut.up(QUIET.crashingAfter(1));
        assertThat(entry(cut, "kv.configure@store-1").action()).isEqualTo(Action.REPAIR);
    }

    @Test
    void tellsWhatWasStoppedFromWhatFailed() {
        for (Failure end : List.of(Failure.stop(), Failure.lasting("exit-code", Fault.USER, ""))) {
            Simulation simulation = up("1");
            InstanceKey key = key("kv.configure@store-1");
            Past past = simulation.past();
            past.apply(
                    new Intended(
                            2, key, "i", Effect.DO, 1, "", "", Optional.empty(), List.of(), 0));
            past.apply(new Failed(2, key, "i", Effect.DO, end, List.of(), 0));
            Plan plan = Planner.plan(simulation.graph(), past, Set.of(), Selection.WHOLE, 0);
            String word = end.isStop() ? "stopped" : "failed";
            assertThat(plan.changes())
                    .filteredOn(entry -> entry.key().equals(key))
                    .flatExtracting(Plan.Entry::reasons)
                    .containsExactly(word + " after it had succeeded in run 1");
        }
    }

    @Test
    void repairsWhatIsForced() {
        Simulation simulation = up("1");
        Set<InstanceKey> forced = Set.of(key("kv.install@store-2"));
        Plan plan = Planner.plan(simulation.graph(), simulation.past(), forced, Selection.WHOLE, 0);
        assertThat(plan.changes())
                .extracting(Plan.Entry::key, Plan.Entry::action)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(
                                key("kv.install@store-2"), Action.REPAIR));
    }

    @Test
    void whatDiffersAndIsEditedTooIsRepairedForBothReasons() {
        Simulation simulation = up("1").goal(Story.stores(3, "2"));
        InstanceKey configure = key("kv.configure@store-2");
        Plan plan =
                Planner.plan(
                        simulation.graph(),
                        simulation.past(),
                        Set.of(configure),
                        Selection.WHOLE,
                        0);
        assertThat(plan.changes())
                .filteredOn(entry -> entry.key().equals(configure))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.action()).isEqualTo(Action.REPAIR);
                    assertThat(entry.reasons()).hasSize(2);
                    assertThat(entry.reasons().getFirst()).isEqualTo("the node differs from it");
                    assertThat(entry.reasons().getLast())
                            .startsWith("input ")
                            .contains(" changed: ");
                });
    }

    @Test
    void removesWhatIsNoLongerInTheFiles() {
        Simulation simulation = up("1").goal(Story.stores(2, "1"));
        assertThat(entry(simulation, "kv.run@store-3").action()).isEqualTo(Action.REMOVE);
    }

    @Test
    void judgesMakersBeforeTheirReadersWhereverTheyAreWritten() {
        Graph graph = readers();
        Simulation simulation = new Simulation(graph);
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        assertThat(plan(simulation).isEmpty()).isTrue();
    }

    private static Graph readers() {
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("g", 1)
                        .use("last", "g", reading("first", "second"))
                        .use("second", "g", reading("first"))
                        .use("first", "g", reading())
                        .build());
    }

    /// Makes a token out of the tokens of other uses.
    private static ComponentBuilder reading(String... others) {
        Expression[] tokens =
                Stream.of(others)
                        .map(other -> Expressions.ofGroup("g", other, "token"))
                        .toArray(Expression[]::new);
        return ComponentBuilder.component("c")
                .input("tokens", Expressions.joined(tokens))
                .early("token", Expressions.read("make", "token"))
                .step(
                        StepBuilder.step("make")
                                .input("tokens", Expressions.read("inputs", "tokens"))
                                .output("token")
                                .script("make"));
    }

    @Test
    void explainsWhatAnInstanceWaitsForDownToTheRoot() {
        Simulation simulation = up("1").goal(Story.stores(3, "2"));
        Explanation why = explain(simulation.graph(), simulation, "kv.run@store-1");
        assertThat(why.waits())
                .extracting(Explanation.Wait::on)
                .containsExactly(key("kv.configure@store-1"));
        assertThat(why.waits().getFirst().reason()).contains("inputs.port changed");
    }

    @Test
    void explainsWhereAFrozenInputComesFrom() {
        Explanation why = explain(Story.stores(3, "1"), up("1"), "kv.configure@store-1");
        assertThat(why.detail().inputs().toString()).contains("frozen at run 1");
    }

    @Test
    void explainsWhatIsNotKnownYetByWhatItIsKnownAfter() {
        Graph graph = readers();
        SequencedMap<String, Input> inputs =
                explain(graph, new Simulation(graph), "second.make@g-1").detail().inputs();
        assertThat(inputs)
                .isNotEmpty()
                .allSatisfy((name, input) -> {
                    assertThat(input.was()).isEmpty();
                    assertThat(input.now().digest().isPresent())
                            .isEqualTo(input.now().awaits().isEmpty());
                });
    }

    @Test
    void explainsAChangedInputBesideWhatItWas() {
        Graph graph = Story.stores(3, "2");
        assertThat(explain(graph, up("1"), "kv.configure@store-1").detail().inputs())
                .hasEntrySatisfying(
                        "inputs.port",
                        port -> {
                            assertThat(port.now().shown()).contains("2");
                            assertThat(port.was().orElseThrow()).contains("1");
                        });
    }

    @Test
    void explainsWhatAnInstanceDoesAndWhatOneThatIsGoneDid() {
        assertThat(explain(Story.stores(2, "1"), up("1"), "kv.configure@store-1").detail().does())
                .containsExactly("file /etc/peers", "file /etc/port");
        assertThat(explain(Story.stores(2, "1"), up("1"), "kv.configure@store-3").detail().does())
                .containsExactly("file /etc/peers", "file /etc/port");
    }

    private static Explanation explain(Graph graph, Simulation simulation, String instance) {
        return Explainer.explain(graph, simulation.past(), key(instance), 0).orElseThrow();
    }

    private static Plan plan(Simulation simulation) {
        return Planner.plan(simulation.graph(), simulation.past(), Set.of(), Selection.WHOLE, 0);
    }

    private static Plan.Entry entry(Simulation simulation, String instance) {
        return plan(simulation).entries().stream()
                .filter(entry -> entry.key().equals(key(instance)))
                .findFirst()
                .orElseThrow();
    }

    private static Simulation up(String port) {
        Simulation simulation = new Simulation(Story.stores(3, port));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        return simulation;
    }
}
