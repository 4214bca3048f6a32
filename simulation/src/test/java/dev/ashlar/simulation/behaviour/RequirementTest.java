package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.doings;
import static dev.ashlar.simulation.behaviour.Story.failure;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.joined;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.ofMembers;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.picture.Picture;
import dev.ashlar.engine.picture.Picture.Vertex;
import dev.ashlar.engine.picture.Picture.Vertex.Kind;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.Supply;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Await.Holds;
import dev.ashlar.model.value.Value;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import dev.ashlar.simulation.composition.Expressions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a component requires of others by interface, under names of its own: their values, and
/// their coming first.
class RequirementTest {
    private static final Type TEXTS = Type.listOf(Type.Scalar.TEXT);
    private static final Supply KV = new Supply.OfUse("kv");
    private static final Supply SPARE = new Supply.OfUse("spare");

    /// Keeps keys at a port, and writes down how; does something once for all members.
    private static ComponentBuilder kv(String port, String note) {
        return component("kv-alone")
                .output("at", literal(port))
                .clusterOutput("all", Holds.ALL, ofMembers("at"))
                .stands("store", "endpoints", read("cluster_outputs", "all"))
                .step(step("note").file("/note", literal(note)))
                .step(step("run").service("kv", "note").health())
                .step(step("once").forCluster().after("run").script("once"));
    }

    /// Reads where keys are kept.
    private static ComponentBuilder reader() {
        return component("app-alone")
                .requires("keys", "store", "endpoints", TEXTS)
                .step(step("install").file("/app", literal("1")))
                .step(
                        step("tell")
                                .after("install")
                                .file("/tell", joined(read("requires", "keys", "endpoints"))));
    }

    /// Reads nothing, and comes after where keys are kept by the way of a step.
    private static ComponentBuilder later(Expression when, String... after) {
        return component("app-alone")
                .requires("keys", "store", "endpoints", TEXTS)
                .step(step("install").file("/app", literal("1")))
                .step(step("between").after(after).when(when).file("/between", literal("1")))
                .step(step("start").after("between").service("app"));
    }

    private static ComponentBuilder later() {
        return later(literal(true), "install", "keys");
    }

    private static Graph graph(Composition composition) {
        return Conditions.wanted(composition, new Past());
    }

    /// In groups of their own.
    private static Graph apart(ComponentBuilder kv, ComponentBuilder app, Supply keys) {
        return graph(
                ClusterBuilder.cluster()
                        .group("store", 2)
                        .use("kv", "store", kv)
                        .group("front", 2)
                        .use("app", "front", app, Map.of("keys", keys))
                        .build());
    }

    /// On the same nodes.
    private static Graph together(ComponentBuilder kv, ComponentBuilder app) {
        return graph(
                ClusterBuilder.cluster()
                        .group("g", 2)
                        .use("app", "g", app, Map.of("keys", KV))
                        .use("kv", "g", kv)
                        .build());
    }

    private static Graph withSpare(String port, Supply keys) {
        return graph(
                ClusterBuilder.cluster()
                        .group("store", 1)
                        .use("kv", "store", kv("1", "a"))
                        .group("other", 1)
                        .use("spare", "other", kv(port, "a"))
                        .group("front", 1)
                        .use("app", "front", reader(), Map.of("keys", keys))
                        .build());
    }

    private static Timeline done(Timeline run) {
        lawful(run);
        assertThat(run.isDone()).as(() -> String.join("\n", run.trace())).isTrue();
        return run;
    }

    private static Simulation done(Graph graph) {
        Simulation simulation = new Simulation(graph);
        done(simulation.up(QUIET));
        return simulation;
    }

    private static void comesFirst(List<String> doings, String first, String then) {
        assertThat(doings).contains(first, then);
        assertThat(doings.indexOf(first))
                .as(first + " before " + then)
                .isLessThan(doings.indexOf(then));
    }

    @Test
    void aValueIsWhatTheOtherHasAndWaitsForThatToHold() {
        Simulation simulation = new Simulation(apart(kv("1", "a"), reader(), KV));
        List<String> doings = doings(done(simulation.up(QUIET)));
        for (String node : List.of("store-1", "store-2")) {
            comesFirst(doings, "end kv.run@" + node, "start app.tell@front-1");
        }
        comesFirst(doings, "end app.install@front-1", "end kv.run@store-1");
        assertThat(simulation.fleet().state()).contains("1,1");
        assertThat(simulation.past().success(key("app.tell@front-1")).orElseThrow().inputs())
                .containsOnlyKeys("requires.keys.endpoints");
    }

    @Test
    void onlyWhoReadsAValueRunsAgainAndOnlyWhereThatDiffers() {
        Simulation simulation = done(apart(kv("1", "a"), reader(), KV));
        assertThat(starts(done(simulation.goal(apart(kv("1", "b"), reader(), KV)).up(QUIET))))
                .contains("Apply kv.note@store-1")
                .noneMatch(line -> line.contains("app."));
        assertThat(starts(done(simulation.goal(apart(kv("2", "b"), reader(), KV)).up(QUIET))))
                .containsExactlyInAnyOrder("Apply app.tell@front-1", "Apply app.tell@front-2");
    }

    @Test
    void anotherThatHasTheSameValuesMayStandForItAndNothingRunsAgain() {
        Simulation simulation = done(withSpare("1", KV));
        assertThat(starts(done(simulation.goal(withSpare("1", SPARE)).up(QUIET)))).isEmpty();
        assertThat(starts(done(simulation.goal(withSpare("2", KV)).up(QUIET)))).isEmpty();
        assertThat(starts(done(simulation.goal(withSpare("2", SPARE)).up(QUIET))))
                .containsExactly("Apply app.tell@front-1");
    }

    @Test
    void whatIsExternalIsKnownAtOnceAndNobodyWaitsForIt() {
        SequencedMap<String, Expression> values = new LinkedHashMap<>();
        values.put("endpoints", Expressions.texts("away"));
        Graph graph =
                apart(
                        kv("1", "a"),
                        later(literal(true), "keys")
                                .step(
                                        step("tell")
                                                .file(
                                                        "/tell",
                                                        joined(
                                                                read(
                                                                        "requires",
                                                                        "keys",
                                                                        "endpoints")))),
                        new Supply.External("away", values));
        Simulation simulation = new Simulation(graph);
        Timeline run = simulation.up(QUIET.withFaults(Faults.broken(key("kv.note@store-1"))));
        lawful(run);
        assertThat(run.phases()).containsEntry(key("app.tell@front-1"), Phase.SUCCEEDED);
        assertThat(simulation.fleet().state()).contains("away");
    }

    @Test
    void whatAnotherClusterDoesNotHaveKeepsItsReadersFromRunningAndNobodyElse() {
        Timeline run = new Simulation(borrowing("1", missing())).up(QUIET);
        lawful(run);
        assertThat(failure(run, "app.tell@front-1").kind()).isEqualTo("elsewhere");
        assertThat(starts(run))
                .contains("Apply app.between@front-1", "Apply kv.run@store-1")
                .doesNotContain("Apply app.tell@front-1");
    }

    @Test
    void whoStandsOnWhatAnotherClusterDoesNotHaveAnyMoreCanBeLeftOut() {
        Simulation simulation =
                new Simulation(borrowing("1", Value.list(List.of(Value.text("away")))));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        Selection rest =
                new Selection(
                        "--skip app.tell",
                        Set.of(key("app.tell@front-1"), key("app.tell@front-2")),
                        Set.of());
        Timeline run = simulation.goal(borrowing("2", missing())).up(QUIET, Set.of(), rest);
        lawful(run);
        assertThat(run.failures()).isEmpty();
        assertThat(starts(run))
                .contains("Apply app.last@front-1")
                .doesNotContain("Apply app.tell@front-1");
    }

    private static Value missing() {
        return Value.unknown(
                Type.listOf(Type.Scalar.TEXT),
                new Await.Elsewhere("../store", "nothing is on its record", Await.Remedy.UP));
    }

    /// One step reads what another cluster has, and one comes after it.
    private static Graph borrowing(String last, Value endpoints) {
        SequencedMap<String, Value> lent = new LinkedHashMap<>();
        lent.put("endpoints", endpoints);
        return apart(
                kv("1", "a"),
                later(literal(true), "keys")
                        .step(
                                step("tell")
                                        .file(
                                                "/tell",
                                                joined(read("requires", "keys", "endpoints"))))
                        .step(step("last").file("/last", literal(last))),
                new Supply.OfCluster("their-store", lent));
    }

    @Test
    void besideTheOtherAStepWaitsForItsMemberThere() {
        Timeline run =
                new Simulation(together(kv("1", "a"), later()))
                        .up(QUIET.withFaults(Faults.broken(key("kv.note@g-2"))));
        lawful(run);
        comesFirst(doings(run), "end kv.run@g-1", "start app.between@g-1");
        assertThat(run.phases())
                .containsEntry(key("app.start@g-1"), Phase.SUCCEEDED)
                .containsEntry(key("app.install@g-2"), Phase.SUCCEEDED)
                .containsEntry(key("app.between@g-2"), Phase.BLOCKED);
    }

    @Test
    void elsewhereAStepWaitsForAllMembersAndWhatIsDoneOnceForThem() {
        List<String> doings =
                doings(done(new Simulation(apart(kv("1", "a"), later(), KV)).up(QUIET)));
        for (String first : List.of("kv.run@store-1", "kv.run@store-2", "kv.once")) {
            comesFirst(doings, "end " + first, "start app.between@front-1");
        }
        comesFirst(doings, "end app.install@front-1", "end kv.run@store-1");
    }

    @Test
    void whatComesAfterAStepThatIsOffComesAfterWhatThatWouldComeAfter() {
        Timeline run =
                new Simulation(apart(kv("1", "a"), later(literal(false), "keys"), KV))
                        .up(QUIET.withFaults(Faults.broken(key("kv.run@store-2"))));
        lawful(run);
        assertThat(run.phases()).containsEntry(key("app.start@front-1"), Phase.BLOCKED);
    }

    @Test
    void anOrderNeverMakesAStepRunAgain() {
        Simulation simulation = done(apart(kv("1", "a"), later(literal(true), "install"), KV));
        assertThat(starts(done(simulation.goal(apart(kv("1", "a"), later(), KV)).up(QUIET))))
                .isEmpty();
        assertThat(starts(done(simulation.goal(apart(kv("2", "b"), later(), KV)).up(QUIET))))
                .contains("Apply kv.note@store-2")
                .noneMatch(line -> line.contains("app."));
    }

    @Test
    void aChangeOfBothPassesOverTheNodesOneByOne() {
        Simulation simulation = done(together(kv("1", "a"), later()));
        ComponentBuilder changed =
                component("app-alone")
                        .requires("keys", "store", "endpoints", TEXTS)
                        .step(step("install").file("/app", literal("2")))
                        .step(
                                step("between")
                                        .after("install", "keys")
                                        .file("/between", literal("2")))
                        .step(step("start").after("between").service("app", "install"));
        List<String> doings =
                doings(done(simulation.goal(together(kv("1", "b"), changed)).up(QUIET)));
        comesFirst(doings, "end kv.run@g-1", "start app.between@g-1");
        comesFirst(doings, "end app.start@g-1", "start kv.note@g-2");
    }

    @Test
    void whoComesLaterIsTakenBackBeforeWhatItComesAfter() {
        for (Graph graph :
                List.of(
                        apart(kv("1", "a"), later(), KV),
                        together(kv("1", "a"), later()),
                        apart(kv("1", "a"), reader(), KV))) {
            Simulation simulation = done(graph);
            assertThat(Story.records(simulation, JournalRecord.Succeeded.class))
                    .filteredOn(done -> done.served().contains("kv"))
                    .isNotEmpty();
            List<String> doings = doings(done(simulation.down(QUIET, Set.of())));
            int last = lastIndex(doings, "end app\\.(between|start|tell)@.*");
            assertThat(doings.subList(0, last)).noneMatch(line -> line.matches(".* kv\\..*@.*"));
            assertThat(simulation.fleet().state()).isEmpty();
        }
    }

    @Test
    void whatNobodyRequiresAnyMoreGoesOnceItsReadersHaveChanged() {
        Simulation simulation = done(withSpare("2", KV));
        Graph fewer =
                graph(
                        ClusterBuilder.cluster()
                                .group("other", 1)
                                .use("spare", "other", kv("2", "a"))
                                .group("front", 1)
                                .use("app", "front", reader(), Map.of("keys", SPARE))
                                .build());
        List<String> doings = doings(done(simulation.goal(fewer).up(QUIET)));
        comesFirst(doings, "end app.tell@front-1", "start kv.run@store-1");
    }

    @Test
    void aPictureShowsWhereValuesComeFromAndWhatComesFirst() {
        Picture read = Picture.of(apart(kv("1", "a"), reader(), KV).composition());
        assertThat(read.links())
                .contains(
                        new Picture.Link(
                                new Vertex("kv", Kind.CLUSTER_OUTPUT, "all"),
                                new Vertex("app", Kind.STEP, "tell"),
                                Picture.Reason.VALUE,
                                List.of("all")));
        Picture later = Picture.of(together(kv("1", "a"), later()).composition());
        assertThat(later.links())
                .contains(
                        new Picture.Link(
                                new Vertex("kv", Kind.STEP, "run"),
                                new Vertex("app", Kind.STEP, "between"),
                                Picture.Reason.ORDER,
                                List.of()));
        assertThat(later.groups().getFirst().uses().getFirst().bound())
                .containsExactly(new Picture.Bound("keys", "store", "kv", false));
    }

    private static int lastIndex(List<String> lines, String pattern) {
        return lines.stream().map(line -> line.matches(pattern)).toList().lastIndexOf(true);
    }
}
