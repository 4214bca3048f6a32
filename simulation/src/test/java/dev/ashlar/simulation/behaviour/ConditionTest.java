package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.memberName;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.Expressions.test;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.value.Await.Holds;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Steps that are part of a cluster only under a condition: decided from the files, or by what a
/// run brings about.
class ConditionTest {
    private static final Expression YES = literal(true);
    private static final Expression NO = literal(false);

    private static Expression decided(boolean truth) {
        return test(_ -> truth, "look", "fixed");
    }

    /// Two steps under one condition between others; the last watches them and reads what one of
    /// them has produced.
    private static Graph cluster(Expression when, int count) {
        return Conditions.wanted(
                ClusterBuilder.cluster()
                        .group("front", count)
                        .use(
                                "web",
                                "front",
                                component("web-alone")
                                        .clusterOutput("all", Holds.ALL, literal("all are there"))
                                        .step(step("look").output("fixed").script("look"))
                                        .step(
                                                step("secret")
                                                        .when(when)
                                                        .output("fixed")
                                                        .script("make"))
                                        .step(
                                                step("secure")
                                                        .when(when)
                                                        .file("/secure", literal("secure")))
                                        .step(
                                                step("run")
                                                        .input("secret", read("secret", "fixed"))
                                                        .file("/run", read("inputs", "secret"))
                                                        .service("web", "secure")
                                                        .health()))
                        .group("desk", 1)
                        .use(
                                "watch",
                                "desk",
                                component("watch")
                                        .input(
                                                "all",
                                                read(
                                                        "groups",
                                                        "front",
                                                        "web",
                                                        "cluster_outputs",
                                                        "all"))
                                        .step(step("tell").file("/tell", read("inputs", "all"))))
                        .build(),
                new Past());
    }

    private static Simulation done(Expression when) {
        Simulation simulation = new Simulation(cluster(when, 2));
        Timeline run = simulation.up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
        return simulation;
    }

    private static List<String> doings(Timeline run) {
        return starts(run).stream().filter(line -> !line.startsWith("Probe")).toList();
    }

    @Test
    void whatIsNotWantedIsNotDoneAndNobodyWaitsForIt() {
        for (Expression no : List.of(NO, decided(false))) {
            Simulation simulation = done(no);
            assertThat(simulation.fleet().state())
                    .contains("/run", "/tell")
                    .doesNotContain("/secure");
            assertThat(simulation.past().standing()).doesNotContainKey(key("web.secure@front-1"));
            assertThat(doings(simulation.up(QUIET))).isEmpty();
        }
    }

    @Test
    void aPlanTellsWhyOrWhatDecides() {
        Plan written = plan(new Simulation(cluster(NO, 1)));
        assertThat(entry(written, "web.secure@front-1"))
                .extracting(Plan.Entry::action, Plan.Entry::reasons)
                .containsExactly(Plan.Action.UNCHANGED, List.of("when: false"));

        Simulation decided = new Simulation(cluster(decided(false), 1));
        assertThat(entry(plan(decided), "web.secure@front-1"))
                .extracting(Plan.Entry::action, Plan.Entry::reasons)
                .containsExactly(Plan.Action.MAYBE, List.of("if test(look.fixed)"));
        decided.up(QUIET);
        assertThat(plan(decided).isEmpty()).isTrue();
        assertThat(entry(plan(decided), "web.secure@front-1").reasons())
                .containsExactly("test(look.fixed) is false");
    }

    private static Plan plan(Simulation simulation) {
        return Planner.plan(simulation.graph(), simulation.past(), Set.of(), Selection.WHOLE, 0);
    }

    private static Plan.Entry entry(Plan plan, String key) {
        return plan.entries().stream()
                .filter(entry -> entry.key().equals(key(key)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsNoLongerWantedGoesInReverseNodeByNode() {
        Simulation simulation = done(YES);
        Timeline run = simulation.goal(cluster(NO, 2)).up(QUIET);
        lawful(run);
        assertThat(doings(run))
                .containsExactly(
                        "Undo web.secure@front-1",
                        "Undo web.secret@front-1",
                        "Apply web.run@front-1",
                        "Undo web.secure@front-2",
                        "Undo web.secret@front-2",
                        "Apply web.run@front-2");
        assertThat(simulation.fleet().state()).isEqualTo(done(NO).fleet().state());
    }

    @Test
    void whatARunDecidesGoesAndComesWithinTheTurns() {
        Simulation simulation = done(decided(true));
        Timeline off = simulation.goal(cluster(decided(false), 2)).up(QUIET);
        lawful(off);
        assertThat(off.isDone()).isTrue();
        assertThat(simulation.fleet().state()).isEqualTo(done(NO).fleet().state());
        assertThat(doings(simulation.up(QUIET))).isEmpty();

        Timeline on = simulation.goal(cluster(decided(true), 2)).up(QUIET);
        lawful(on);
        assertThat(simulation.fleet().state()).isEqualTo(done(YES).fleet().state());
    }

    @Test
    void endsAsAnUncutRunDoesWhereverTheRecordIsCut() {
        List<List<Expression>> changes =
                List.of(
                        List.of(YES, NO),
                        List.of(NO, YES),
                        List.of(decided(true), decided(false)),
                        List.of(decided(false), decided(true)),
                        List.of(YES, decided(false)),
                        List.of(decided(true), NO));
        for (List<Expression> change : changes) {
            Simulation uncut = done(change.getFirst());
            int before = uncut.journal().size();
            uncut.goal(cluster(change.getLast(), 2)).up(QUIET);
            for (int cut = 1; cut < uncut.journal().size() - before; cut++) {
                Simulation simulation = done(change.getFirst());
                simulation.goal(cluster(change.getLast(), 2));
                lawful(simulation.up(QUIET.crashingAfter(cut)));
                Timeline rest = simulation.up(QUIET);
                lawful(rest);
                assertThat(rest.isDone()).as("%s after record %d", change, cut).isTrue();
                assertThat(simulation.fleet().state()).isEqualTo(uncut.fleet().state());
            }
        }
    }

    @Test
    void whatFailedAndIsNoLongerWantedIsForgotten() {
        Simulation simulation = new Simulation(cluster(decided(true), 1));
        Timeline failed = simulation.up(QUIET.withFaults(Faults.broken(key("web.secure@front-1"))));
        assertThat(failed.phases()).containsEntry(key("web.secure@front-1"), Phase.FAILED);
        Timeline run = simulation.goal(cluster(decided(false), 1)).up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
        assertThat(simulation.past().isSick(key("web.secure@front-1"))).isFalse();
        assertThat(doings(simulation.up(QUIET))).isEmpty();
    }

    private static Graph uses(ClusterBuilder cluster) {
        return Conditions.wanted(cluster.build(), new Past());
    }

    private static Simulation started(Graph graph) {
        Simulation simulation = new Simulation(graph);
        Timeline run = simulation.up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
        return simulation;
    }

    private static Graph store(Expression runs) {
        return uses(
                ClusterBuilder.cluster()
                        .group("store", 3)
                        .use(
                                "kv",
                                "store",
                                component("kv")
                                        .step(step("install").file("/kv", literal("kv")))
                                        .step(step("run").when(runs).service("kv").health())));
    }

    /// Three of them are healthy only together.
    @Test
    void whoseHealthIsOffIsNoMemberAndIsFoundedWithTheOthersLater() {
        Simulation simulation = started(store(NO));
        assertThat(simulation.past().foundedNodes("kv")).isEmpty();
        Timeline on = simulation.goal(store(YES)).up(QUIET);
        lawful(on);
        assertThat(on.isDone()).isTrue();
        assertThat(starts(on).stream().limit(3))
                .containsExactlyInAnyOrder(
                        "Apply kv.run@store-1", "Apply kv.run@store-2", "Apply kv.run@store-3");
        assertThat(simulation.past().foundedNodes("kv")).hasSize(3);
        simulation.goal(store(NO)).up(QUIET);
        assertThat(simulation.past().foundedNodes("kv")).isEmpty();
    }

    /// A chain of four: what is off is at both ends and beside what stays.
    private static Graph chain(Expression when) {
        return uses(
                ClusterBuilder.cluster()
                        .group("g", 2)
                        .use(
                                "m",
                                "g",
                                component("m")
                                        .step(step("a").when(when).file("/a", literal("a")))
                                        .step(step("b").file("/b", literal("b")))
                                        .step(step("c").when(when).file("/c", literal("c")))
                                        .step(step("d").when(when).file("/d", literal("d")))));
    }

    @Test
    void goesInReverseAlsoBeyondWhatStays() {
        Simulation simulation = started(chain(YES));
        Timeline run = simulation.goal(chain(NO)).up(QUIET);
        lawful(run);
        assertThat(doings(run).stream().filter(line -> line.endsWith("@g-1")))
                .containsExactly("Undo m.d@g-1", "Undo m.c@g-1", "Undo m.a@g-1");
    }

    /// What is done once for all, and read and watched by each.
    private static Graph once(Expression when) {
        return uses(
                ClusterBuilder.cluster()
                        .group("g", 2)
                        .use(
                                "m",
                                "g",
                                component("m")
                                        .step(
                                                step("once")
                                                        .forCluster()
                                                        .on(memberName(0))
                                                        .when(when)
                                                        .output("fixed")
                                                        .script("once"))
                                        .step(
                                                step("tell")
                                                        .input("by", read("once", "fixed"))
                                                        .file("/tell", read("inputs", "by")))));
    }

    @Test
    void whatIsDoneOnceForAllGoesWhenItsReadersHaveChanged() {
        Simulation simulation = started(once(YES));
        Timeline run = simulation.goal(once(NO)).up(QUIET);
        lawful(run);
        assertThat(doings(run)).hasSize(3).last().isEqualTo("Undo m.once");
    }

    @Test
    void stepsBeyondOneThatIsOffKnowOnlyTheirOwnNodes() {
        Graph graph =
                uses(
                        ClusterBuilder.cluster()
                                .group("g", 50)
                                .use(
                                        "m",
                                        "g",
                                        component("m")
                                                .step(step("a").file("/a", literal("a")))
                                                .step(
                                                        step("b")
                                                                .forCluster()
                                                                .on(memberName(0))
                                                                .when(NO)
                                                                .script("b"))
                                                .step(step("c").file("/c", literal("c")))));
        assertThat(
                        graph.instances().values().stream()
                                .filter(instance -> instance.key().equals(key("m.c@g-7")))
                                .flatMap(instance -> instance.after().stream()))
                .containsExactlyInAnyOrder(key("node.acquire@g-7"), key("m.a@g-7"));
    }

    /// Read in a condition alone.
    private static ClusterBuilder reading() {
        return ClusterBuilder.cluster()
                .group("g", 1)
                .use(
                        "db",
                        "g",
                        component("db-alone")
                                .clusterOutput("all", Holds.ALL, literal("all"))
                                .step(step("run").service("db").health()))
                .group("h", 1)
                .use(
                        "app",
                        "h",
                        component("app-alone")
                                .step(
                                        step("tell")
                                                .when(
                                                        test(
                                                                _ -> true,
                                                                "groups",
                                                                "g",
                                                                "db",
                                                                "cluster_outputs",
                                                                "all"))
                                                .file("/tell", literal("x"))));
    }

    @Test
    void whoseConditionReadAValueGoesBeforeItsMaker() {
        Simulation simulation = started(uses(reading()));
        Timeline down = simulation.down(QUIET, Set.of());
        lawful(down);
        assertThat(doings(down)).containsSubsequence("Undo app.tell@h-1", "Undo db.run@g-1");
    }
}
