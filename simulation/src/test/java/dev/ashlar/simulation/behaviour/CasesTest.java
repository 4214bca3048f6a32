package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
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
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.StepBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Steps that do one of several things, by a value: it is always one of them, and what another has
/// made goes.
class CasesTest {
    private static final List<String> DOINGS = List.of("files", "script", "other", "call");

    private static Expression decided(boolean truth) {
        return test(_ -> truth, "look", "fixed");
    }

    /// A step with cases that one watches and that has something before and after it.
    private static Graph cluster(StepBuilder install, int count) {
        return Conditions.wanted(
                ClusterBuilder.cluster()
                        .group("front", count)
                        .use(
                                "web",
                                "front",
                                component("web-alone")
                                        .step(step("look").output("fixed").script("look"))
                                        .step(install)
                                        .step(step("run").service("web", "install").health()))
                        .build(),
                new Past());
    }

    private static Graph two(Expression selector, int count) {
        return cluster(
                step("install")
                        .by(selector)
                        .inCase(
                                "true",
                                step("yes")
                                        .file("/yes", literal("yes"))
                                        .file("/both", literal("both")))
                        .inCase(
                                "false",
                                step("no")
                                        .file("/no", literal("no"))
                                        .file("/both", literal("both"))),
                count);
    }

    /// One of each kind of doing.
    private static Graph doing(String what) {
        return cluster(
                step("install")
                        .by(literal(what))
                        .inCase("files", step("files").file("/made", literal("made")))
                        .inCase("script", step("script").script("make", "unmake"))
                        .inCase("other", step("other").script("make otherwise", "unmake otherwise"))
                        .inCase("call", step("call").call("pki/thing", new LinkedHashMap<>())),
                2);
    }

    private static Simulation done(Graph graph) {
        Simulation simulation = new Simulation(graph);
        Timeline run = simulation.up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
        return simulation;
    }

    private static List<String> doings(Timeline run) {
        return starts(run).stream().filter(line -> !line.startsWith("Probe")).toList();
    }

    private static Plan.Entry planned(Simulation simulation) {
        return Planner.plan(simulation.graph(), simulation.past(), Set.of(), Selection.WHOLE, 0)
                .entries()
                .stream()
                .filter(entry -> entry.key().equals(key("web.install@front-1")))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> does(Simulation simulation) {
        return Explainer.explain(
                        simulation.graph(), simulation.past(), key("web.install@front-1"), 0)
                .orElseThrow()
                .detail()
                .does();
    }

    @Test
    void onlyTheCaseThatIsChosenIsDone() {
        for (Expression yes : List.of(literal(true), decided(true))) {
            Simulation simulation = done(two(yes, 2));
            assertThat(simulation.fleet().state()).contains("/yes", "/both").doesNotContain("/no");
            assertThat(doings(simulation.up(QUIET))).isEmpty();
        }
    }

    @Test
    void aPlanTellsWhichCaseOrByWhatItIsChosen() {
        Simulation written = new Simulation(two(literal(true), 1));
        assertThat(planned(written))
                .extracting(Plan.Entry::action, Plan.Entry::reasons)
                .containsExactly(Plan.Action.CREATE, List.of("case true: true is true"));
        assertThat(does(written))
                .containsExactly("case true: true is true", "file /yes", "file /both");

        Simulation open = new Simulation(two(decided(false), 1));
        assertThat(planned(open))
                .extracting(Plan.Entry::action, Plan.Entry::reasons)
                .containsExactly(Plan.Action.CREATE, List.of("a case of test(look.fixed)"));
        assertThat(does(open)).containsExactly("a case of test(look.fixed)");
        open.up(QUIET);
        assertThat(planned(open).action()).isEqualTo(Plan.Action.UNCHANGED);
        assertThat(does(open)).startsWith("case false: test(look.fixed) is false");

        assertThat(planned(open.goal(two(literal(true), 1))).reasons())
                .contains("case true: true is true", "takes back file /no")
                .doesNotContain("takes back file /both");
    }

    @Test
    void whatTheOtherCaseHasMadeGoesNodeByNodeAndWhoWatchesIsRestarted() {
        for (Expression no : List.of(literal(false), decided(false))) {
            Simulation simulation = done(two(literal(true), 2));
            Timeline run = simulation.goal(two(no, 2)).up(QUIET);
            lawful(run);
            assertThat(doings(run))
                    .containsExactly(
                            "Undo web.install@front-1",
                            "Apply web.install@front-1",
                            "Apply web.run@front-1",
                            "Undo web.install@front-2",
                            "Apply web.install@front-2",
                            "Apply web.run@front-2");
            assertThat(simulation.fleet().state()).isEqualTo(done(two(no, 2)).fleet().state());
            assertThat(doings(simulation.up(QUIET))).isEmpty();
        }
    }

    @Test
    void everyKindOfDoingTakesThePlaceOfEveryOther() {
        for (String before : DOINGS) {
            for (String after : DOINGS) {
                Simulation simulation = done(doing(before));
                Timeline run = simulation.goal(doing(after)).up(QUIET);
                lawful(run);
                assertThat(doings(run).stream().filter("Undo web.install@front-1"::equals))
                        .as("%s, then %s", before, after)
                        .hasSize(before.equals(after) ? 0 : 1);
                assertThat(simulation.fleet().state())
                        .as("%s, then %s", before, after)
                        .isEqualTo(done(doing(after)).fleet().state());
                assertThat(doings(simulation.up(QUIET))).isEmpty();
            }
        }
    }

    @Test
    void endsAsAnUncutRunDoesWhereverTheRecordIsCut() {
        for (String before : DOINGS) {
            for (String after : DOINGS) {
                Simulation uncut = done(doing(before));
                int records = uncut.journal().size();
                uncut.goal(doing(after)).up(QUIET);
                for (int cut = 1; cut < uncut.journal().size() - records; cut++) {
                    Simulation simulation = done(doing(before)).goal(doing(after));
                    lawful(simulation.up(QUIET.crashingAfter(cut)));
                    Timeline rest = simulation.up(QUIET);
                    lawful(rest);
                    assertThat(rest.isDone())
                            .as("%s, then %s, after record %d", before, after, cut)
                            .isTrue();
                    assertThat(simulation.fleet().state()).isEqualTo(uncut.fleet().state());
                }
            }
        }
    }

    @Test
    void whatACaseThatFailedHasMadeGoesWithTheNext() {
        Simulation simulation = done(doing("files"));
        simulation
                .goal(doing("script"))
                .up(QUIET.withFaults(Faults.broken(key("web.install@front-1"))));
        Timeline run = simulation.goal(doing("other")).up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
        assertThat(simulation.fleet().state()).isEqualTo(done(doing("other")).fleet().state());
    }

    /// One case reads what a step has produced, the other does not.
    private static Graph reading(boolean reads) {
        return Conditions.wanted(
                ClusterBuilder.cluster()
                        .group("front", 1)
                        .use(
                                "web",
                                "front",
                                component("web-alone")
                                        .step(step("look").output("fixed").script("look"))
                                        .step(
                                                step("tell")
                                                        .by(literal(reads))
                                                        .inCase(
                                                                "true",
                                                                step("read")
                                                                        .file(
                                                                                "/told",
                                                                                read(
                                                                                        "look",
                                                                                        "fixed")))
                                                        .inCase(
                                                                "false",
                                                                step("plain")
                                                                        .file(
                                                                                "/told",
                                                                                literal("x")))))
                        .build(),
                new Past());
    }

    @Test
    void ofTheCaseThatIsNotChosenNothingIsReadOrRemembered() {
        assertThat(remembered(reading(true))).contains("look.fixed");
        assertThat(remembered(reading(false))).doesNotContain("look.fixed");
    }

    private static Set<String> remembered(Graph graph) {
        return done(graph).past().success(key("web.tell@front-1")).orElseThrow().inputs().keySet();
    }
}
