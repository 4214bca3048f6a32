package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.failure;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.Expressions.test;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Explainer;
import dev.ashlar.engine.plan.Explanation;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.composition.Constraint;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import dev.ashlar.simulation.composition.StepBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What nodes are decides what is done there.
class FactsTest {
    private static final Constraint DEBIAN = new Constraint.OneOf(List.of(Value.text("debian")));

    private static Graph wanted(ComponentBuilder component, int nodes) {
        return Conditions.wanted(
                ClusterBuilder.cluster().group("g", nodes).use("web", "g", component).build(),
                new Past());
    }

    /// One step reads a fact, one hangs on it, and one has nothing to do with it.
    private static ComponentBuilder web() {
        return component("web-alone")
                .fact("family", Fact.OS_FAMILY)
                .step(step("plain").file("/plain", literal("plain")))
                .step(
                        step("sources")
                                .when(test(new Data.Text("debian")::equals, "inputs", "family"))
                                .file("/sources", literal("sources")))
                .step(step("tell").file("/tell", read("inputs", "family")));
    }

    private static Simulation of(Graph graph) {
        Simulation simulation = new Simulation(graph);
        simulation.fleet().natures().set("g-1", Fact.OS_FAMILY, Value.text("debian"));
        simulation.fleet().natures().set("g-2", Fact.OS_FAMILY, Value.text("suse"));
        return simulation;
    }

    private static Simulation done(Graph graph) {
        Simulation simulation = of(graph);
        Timeline run = simulation.up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
        return simulation;
    }

    private static List<String> changes(Simulation simulation) {
        return plan(simulation).changes().stream()
                .map(entry -> entry.action().sign() + " " + entry.key())
                .toList();
    }

    private static Plan plan(Simulation simulation) {
        Graph graph = Conditions.wanted(simulation.graph().composition(), simulation.past());
        return Planner.plan(
                graph, simulation.past(), Set.of(), Selection.WHOLE, simulation.nowMs());
    }

    @Test
    void eachNodeDoesWhatFollowsFromWhatItIs() {
        Simulation simulation = done(wanted(web(), 2));
        assertThat(simulation.fleet().state().lines())
                .anyMatch(line -> line.startsWith("g-1=") && line.contains("/sources"))
                .anyMatch(line -> line.startsWith("g-2=") && !line.contains("/sources"));
        assertThat(starts(simulation.up(QUIET))).isEmpty();
        assertThat(plan(simulation).isEmpty()).isTrue();
    }

    @Test
    void aPlanShowsAConditionThatHangsOnAFactAsOpenUntilItIsOnRecord() {
        Simulation simulation = of(wanted(web(), 1));
        assertThat(changes(simulation))
                .containsExactly(
                        "+ node.acquire@g-1",
                        "+ node.facts@g-1",
                        "+ web.plain@g-1",
                        "? web.sources@g-1",
                        "+ web.tell@g-1");
        simulation.up(QUIET);
        assertThat(plan(simulation).isEmpty()).isTrue();
        Explanation why =
                Explainer.explain(
                                simulation.graph(),
                                simulation.past(),
                                key("web.tell@g-1"),
                                simulation.nowMs())
                        .orElseThrow();
        assertThat(
                        Objects.requireNonNull(why.detail().inputs().get("inputs.family"))
                                .now()
                                .origins())
                .containsExactly("os.family of g-1, fixed, as of run 1");
    }

    @Test
    void nobodyIsAskedWhereNobodyAsks() {
        Graph graph =
                wanted(component("web-alone").step(step("plain").file("/p", literal("p"))), 1);
        assertThat(graph.instances().keySet())
                .containsExactly(key("node.acquire@g-1"), key("web.plain@g-1"));
    }

    @Test
    void aNodeThatAnswersOtherwiseWhenItIsAskedAgainHasItsReadersRunAgain() {
        Simulation simulation = done(wanted(web(), 1));
        simulation.fleet().natures().set("g-1", Fact.OS_FAMILY, Value.text("suse"));
        assertThat(starts(simulation.up(QUIET))).isEmpty();
        Timeline run = simulation.up(QUIET, Set.of(key("node.facts@g-1")));
        lawful(run);
        assertThat(starts(run))
                .containsExactly(
                        "Gather node.facts@g-1",
                        "Undo web.sources@g-1",
                        "Apply web.sources@g-1",
                        "Apply web.tell@g-1");
    }

    @Test
    void aNodeThatAnswersTheSameHasNothingRunAgain() {
        Simulation simulation = done(wanted(web(), 2));
        Timeline run = simulation.up(QUIET, Set.of(key("node.facts@g-1")));
        lawful(run);
        assertThat(starts(run)).containsExactly("Gather node.facts@g-1");
    }

    @Test
    void whereWhatIsDemandedIsNotMetNoStepRunsAndTheOthersGoOn() {
        Simulation simulation =
                of(
                        wanted(
                                component("web-alone")
                                        .fact("family", Fact.OS_FAMILY, DEBIAN)
                                        .step(step("plain").file("/plain", literal("plain"))),
                                2));
        Timeline run = simulation.up(QUIET);
        lawful(run);
        Failure failure = failure(run, "web.plain@g-2");
        assertThat(failure.fault()).isEqualTo(Failure.Fault.USER);
        assertThat(failure.message())
                .contains("os.family of g-2 is \"suse\", and input family admits \"debian\"");
        assertThat(simulation.past().standing())
                .hasEntrySatisfying(
                        key("web.plain@g-1"),
                        plain -> assertThat(plain.after()).contains(key("node.facts@g-1")))
                .doesNotContainKey(key("web.plain@g-2"));

        assertThat(plan(simulation).isImpossible()).isFalse();
        simulation.fleet().natures().set("g-2", Fact.OS_FAMILY, Value.text("debian"));
        Timeline again = simulation.up(QUIET, Set.of(key("node.facts@g-2")));
        lawful(again);
        assertThat(starts(again)).containsExactly("Gather node.facts@g-2", "Apply web.plain@g-2");
    }

    @Test
    void whoDoesNotFitHoldsUpNoChangeOfAnotherUseThere() {
        Simulation simulation = of(stores("1"));
        assertThat(simulation.up(QUIET).isDone()).isFalse();
        Timeline run = simulation.goal(stores("2")).up(QUIET);
        lawful(run);
        assertThat(failure(run, "own.plain@g-2").isUnfit()).isTrue();
        assertThat(starts(run))
                .containsSubsequence("Apply kv.configure@g-1", "Apply kv.configure@g-2");
        assertThat(run.phases())
                .containsEntry(key("kv.run@g-1"), Phase.SUCCEEDED)
                .containsEntry(key("kv.run@g-2"), Phase.SUCCEEDED);
    }

    private static Graph stores(String port) {
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("g", 2)
                        .use("kv", "g", Story.store(port))
                        .use(
                                "own",
                                "g",
                                component("own")
                                        .fact("family", Fact.OS_FAMILY, DEBIAN)
                                        .step(step("plain").file("/plain", literal("plain"))))
                        .build());
    }

    @Test
    void whoDoesNotFitAnyMoreCanGo() {
        Simulation simulation = of(club(2, asking(), step("leave")));
        simulation.fleet().natures().set("g-2", Fact.OS_FAMILY, Value.text("debian"));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        simulation.fleet().natures().set("g-2", Fact.OS_FAMILY, Value.text("suse"));
        Timeline unfit = simulation.up(QUIET, Set.of(key("node.facts@g-2")));
        assertThat(failure(unfit, "kv.run@g-2").isUnfit()).isTrue();

        Timeline run = simulation.goal(club(1, asking(), step("leave"))).up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
        assertThat(starts(run)).contains("Run kv.leave@g-2");
    }

    @Test
    void whoGoesAsTheOthersAreFirstAskedNeedNotFit() {
        Simulation simulation = done(club(2, component("member"), step("leave")));
        Timeline run = simulation.goal(club(1, asking(), step("leave"))).up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
    }

    @Test
    void whatWasNeverAskedOfANodeIsNotWaitedForAsItGoes() {
        StepBuilder reading = step("leave").input("family", read("inputs", "family"));
        Simulation simulation = done(club(2, component("member"), step("leave")));
        simulation.goal(club(1, asking(), reading));
        Timeline run = simulation.up(QUIET);
        lawful(run);
        assertThat(failure(run, "kv.leave@g-2").message())
                .contains("os.family of g-2 is not on record");
    }

    private static ComponentBuilder asking() {
        return component("member").fact("family", Fact.OS_FAMILY, DEBIAN);
    }

    private static Graph club(int nodes, ComponentBuilder member, StepBuilder leave) {
        return Story.one(
                member.step(step("run").service("kv").health())
                        .membership(step("join").script("join"), leave.script("leave")),
                nodes);
    }

    /// One step reads what is free, and a port that may change.
    private static Graph measured(String port) {
        return wanted(
                component("web-alone")
                        .fact("free", Fact.DISK_ROOT_FREE_MEGABYTES)
                        .input("port", literal(port))
                        .step(
                                step("tell")
                                        .file("/free", read("inputs", "free"))
                                        .file("/port", read("inputs", "port"))),
                1);
    }

    @Test
    void whatChangesAtAnyTimeRunsNothingAgainAndIsFreshForWhoRuns() {
        Simulation simulation = done(measured("1")).later(Duration.ofHours(2));
        assertThat(plan(simulation).isEmpty()).isTrue();
        assertThat(starts(simulation.up(QUIET))).isEmpty();

        simulation.goal(measured("2"));
        assertThat(plan(simulation).changes().getFirst().reasons())
                .containsExactly("its value has lapsed (valid for 1m, made 2h ago)");
        Timeline run = simulation.up(QUIET);
        lawful(run);
        assertThat(starts(run)).containsExactly("Gather node.measures@g-1", "Apply web.tell@g-1");
        assertThat(starts(simulation.up(QUIET))).isEmpty();
    }

    @Test
    void whatNobodyAsksForAnyMoreGoesAndItsMachineStays() {
        Simulation simulation = done(wanted(web(), 2));
        Timeline run =
                simulation
                        .goal(
                                wanted(
                                        component("web-alone")
                                                .step(step("plain").file("/plain", literal("p"))),
                                        2))
                        .up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
        assertThat(starts(run))
                .contains("Undo node.facts@g-1")
                .doesNotContain("Undo node.acquire@g-1");
        assertThat(starts(simulation.up(QUIET))).isEmpty();
    }

    @Test
    void endsAsAnUncutRunDoesWhereverTheRecordIsCut() {
        Simulation uncut = done(wanted(web(), 2));
        for (int cut = 1; cut < uncut.journal().size(); cut++) {
            Simulation simulation = of(wanted(web(), 2));
            lawful(simulation.up(QUIET.crashingAfter(cut)));
            Timeline rest = simulation.up(QUIET);
            lawful(rest);
            assertThat(rest.isDone()).as("after record %d", cut).isTrue();
            assertThat(simulation.fleet().state()).isEqualTo(uncut.fleet().state());
        }
    }

    @Test
    void allIsTakenBackBeforeTheMachine() {
        Simulation simulation = done(wanted(web(), 1));
        Timeline down = simulation.down(QUIET, Set.of());
        lawful(down);
        assertThat(down.isDone()).isTrue();
        assertThat(starts(down))
                .containsExactly(
                        "Undo web.tell@g-1",
                        "Undo web.sources@g-1",
                        "Undo web.plain@g-1",
                        "Undo node.facts@g-1",
                        "Undo node.acquire@g-1");
    }
}
