package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.joined;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.memberName;
import static dev.ashlar.simulation.composition.Expressions.named;
import static dev.ashlar.simulation.composition.Expressions.ofElement;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.Expressions.test;
import static dev.ashlar.simulation.composition.Expressions.texts;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.engine.plan.Rehearsal;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Data;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Steps that are repeated for elements, each under its key.
class RepetitionTest {
    private static final Expression EACH = read("each", "key");

    /// A step that is repeated reads what another has made for the same element; the last watches
    /// the one and reads all of the other.
    private static ComponentBuilder accounts(Expression names) {
        return component("accounts-alone")
                .step(step("prepare").file("/prepared", literal("yes")))
                .step(step("issue").each(names).input("who", EACH).output("token").script("issue"))
                .step(
                        step("account")
                                .each(names)
                                .after("prepare")
                                .input("token", ofElement("issue", "token"))
                                .file(named(literal("/home"), EACH), read("inputs", "token")))
                .step(
                        step("run")
                                .after("account")
                                .input("tokens", joined(read("issue", "token")))
                                .file("/run", read("inputs", "tokens"))
                                .service("web", "account")
                                .health());
    }

    private static Graph cluster(ComponentBuilder component, int count) {
        return Conditions.wanted(
                ClusterBuilder.cluster().group("g", count).use("m", "g", component).build(),
                new Past());
    }

    private static Simulation started(Graph graph) {
        Simulation simulation = new Simulation(graph);
        done(simulation.up(QUIET));
        return simulation;
    }

    private static void done(Timeline run) {
        lawful(run);
        assertThat(run.isDone()).isTrue();
    }

    private static List<String> doings(Timeline run) {
        return starts(run).stream().filter(line -> !line.startsWith("Probe")).toList();
    }

    @Test
    void anInstanceForEachElementAndNothingToDoAfterwards() {
        Simulation simulation = started(cluster(accounts(texts("ann", "bob")), 2));
        assertThat(simulation.past().standing())
                .containsKeys(
                        key("m.issue[ann]@g-1"),
                        key("m.issue[bob]@g-1"),
                        key("m.account[ann]@g-2"),
                        key("m.account[bob]@g-2"))
                .doesNotContainKey(key("m.account@g-1"));
        assertThat(simulation.fleet().state()).contains("/home-ann", "/home-bob");
        assertThat(doings(simulation.up(QUIET))).isEmpty();
    }

    @Test
    void anElementMoreIsDoneAloneAndWhoReadsOrWatchesFollows() {
        Simulation simulation = started(cluster(accounts(texts("bob")), 1));
        Timeline run = simulation.goal(cluster(accounts(texts("ann", "bob")), 1)).up(QUIET);
        done(run);
        assertThat(doings(run))
                .containsExactly(
                        "Run m.issue[ann]@g-1", "Apply m.account[ann]@g-1", "Apply m.run@g-1");
    }

    @Test
    void anElementLessIsTakenBackAloneFromThoseThatReadIt() {
        Simulation simulation = started(cluster(accounts(texts("ann", "bob", "eve")), 1));
        Timeline run = simulation.goal(cluster(accounts(texts("eve", "ann")), 1)).up(QUIET);
        done(run);
        assertThat(doings(run))
                .containsExactly(
                        "Undo m.account[bob]@g-1", "Undo m.issue[bob]@g-1", "Apply m.run@g-1");
        assertThat(simulation.fleet().state())
                .isEqualTo(started(cluster(accounts(texts("ann", "eve")), 1)).fleet().state());
    }

    /// Between a member's steps stands one that is done once when all have come so far.
    private static Graph meeting(Expression names, String port) {
        return cluster(
                component("m-alone")
                        .step(step("look").output("fixed").script("look"))
                        .step(step("keep").each(names).file(named(literal("/k"), EACH), EACH))
                        .step(step("base").file("/base", literal(port)))
                        .step(step("meet").forCluster().on(memberName(0)).script("meet"))
                        .step(
                                step("other")
                                        .when(test(_ -> false, "look", "fixed"))
                                        .file("/other", literal("other")))
                        .step(step("run").file("/port", literal(port)).service("m").health()),
                2);
    }

    @Test
    void whatGoesForGoodHoldsNobodyUpThatIsNeededByTheRestOfItsTurn() {
        Simulation simulation = started(meeting(texts("ann", "bob"), "1"));
        Timeline run = simulation.goal(meeting(texts("ann"), "2")).up(QUIET);
        done(run);
        assertThat(simulation.fleet().state())
                .isEqualTo(started(meeting(texts("ann"), "2")).fleet().state());
    }

    @Test
    void neitherAnotherOrderNorAnElementThatIsOffStartsAService() {
        Simulation simulation = started(cluster(accounts(texts("bob", "ann")), 1));
        assertThat(doings(simulation.goal(cluster(accounts(texts("ann", "bob")), 1)).up(QUIET)))
                .isEmpty();

        Simulation one = started(optional("ann"));
        Timeline run = one.goal(optional("ann", "off")).up(QUIET);
        lawful(run);
        assertThat(doings(run)).isEmpty();
    }

    /// A unit for each element, with a file of its own.
    private static Graph units(String... names) {
        return cluster(
                component("m-alone")
                        .step(
                                step("site")
                                        .each(texts(names))
                                        .file(named(literal("/s"), EACH), EACH))
                        .step(step("run").each(texts(names)).service("m", "site")),
                1);
    }

    @Test
    void oneRepeatedStepWatchesOfAnotherWhatIsOfItsOwnElement() {
        Simulation simulation = started(units("ann", "bob"));
        Timeline run = simulation.goal(units("ann", "bob", "eve")).up(QUIET);
        done(run);
        assertThat(doings(run)).containsExactly("Apply m.site[eve]@g-1", "Apply m.run[eve]@g-1");
    }

    private static Graph optional(String... names) {
        return cluster(
                component("m-alone")
                        .step(
                                step("some")
                                        .each(texts(names))
                                        .when(test(not("off"), "each", "key"))
                                        .file(named(literal("/s"), EACH), EACH))
                        .step(step("run").service("m", "some").health()),
                1);
    }

    private static Predicate<Data> not(String text) {
        return data -> !data.equals(new Data.Text(text));
    }

    @Test
    void aPlanNamesTheElementThatIsGone() {
        Simulation simulation = started(cluster(accounts(texts("ann", "bob")), 1));
        simulation.goal(cluster(accounts(texts("ann")), 1));
        Plan plan =
                Planner.plan(simulation.graph(), simulation.past(), Set.of(), Selection.WHOLE, 0);
        assertThat(plan.entries())
                .filteredOn(entry -> entry.key().equals(key("m.account[bob]@g-1")))
                .singleElement()
                .extracting(Plan.Entry::action, Plan.Entry::reasons)
                .containsExactly(Plan.Action.REMOVE, List.of("each: [ann] has no bob"));
    }

    @Test
    void oneThatFailsStopsOnlyWhatNeedsIt() {
        Simulation simulation = new Simulation(cluster(accounts(texts("ann", "bob")), 1));
        Timeline run = simulation.up(QUIET.withFaults(Faults.broken(key("m.issue[ann]@g-1"))));
        lawful(run);
        assertThat(run.phases())
                .containsEntry(key("m.issue[ann]@g-1"), Phase.FAILED)
                .containsEntry(key("m.account[ann]@g-1"), Phase.BLOCKED)
                .containsEntry(key("m.account[bob]@g-1"), Phase.SUCCEEDED)
                .containsEntry(key("m.run@g-1"), Phase.BLOCKED);
        done(simulation.up(QUIET));
    }

    @Test
    void whatIsRepeatedForNothingLetsTheOrderThrough() {
        Graph graph =
                cluster(
                        component("m")
                                .step(step("a").file("/a", literal("a")))
                                .step(step("b").each(texts()).file("/b", literal("b")))
                                .step(step("c").file("/c", literal("c"))),
                        1);
        assertThat(after(graph, "m.c@g-1"))
                .containsExactly(key("node.acquire@g-1"), key("m.a@g-1"));
        Simulation simulation = started(graph);
        assertThat(simulation.fleet().state()).doesNotContain("/b");
    }

    private static List<InstanceKey> after(Graph graph, String of) {
        return Stream.ofNullable(graph.instances().get(key(of)))
                .map(Instance::after)
                .flatMap(List::stream)
                .toList();
    }

    /// The last reads all that the repeated step has made.
    private static Graph conditional(Expression when) {
        return cluster(
                component("m")
                        .step(step("look").output("fixed").script("look"))
                        .step(
                                step("token")
                                        .each(texts("ann", "bob"))
                                        .when(when)
                                        .input("who", EACH)
                                        .output("text")
                                        .script("token"))
                        .step(
                                step("all")
                                        .input("all", joined(read("token", "text")))
                                        .file("/all", read("inputs", "all"))),
                1);
    }

    @Test
    void aConditionIsJudgedForEachElement() {
        Expression written = test(data -> data.equals(new Data.Text("ann")), "each", "key");
        Simulation some = started(conditional(written));
        assertThat(some.past().standing())
                .containsKey(key("m.token[ann]@g-1"))
                .doesNotContainKey(key("m.token[bob]@g-1"));
        assertThat(some.fleet().state()).contains("ann:").doesNotContain("bob:");
        assertThat(doings(some.up(QUIET))).isEmpty();

        Simulation all = started(conditional(test(_ -> true, "look", "fixed")));
        assertThat(all.fleet().state()).contains("ann:", "bob:");
        assertThat(doings(all.up(QUIET))).isEmpty();
    }

    @Test
    void whatIsDoneOnceForAllMayBeRepeatedToo() {
        Simulation simulation =
                started(
                        cluster(
                                component("m")
                                        .step(
                                                step("topic")
                                                        .forCluster()
                                                        .on(memberName(0))
                                                        .each(texts("in", "out"))
                                                        .input("name", EACH)
                                                        .output("id")
                                                        .script("topic"))
                                        .step(
                                                step("tell")
                                                        .input("ids", joined(read("topic", "id")))
                                                        .file("/tell", read("inputs", "ids"))),
                                3));
        assertThat(simulation.past().standing())
                .containsKeys(key("m.topic[in]"), key("m.topic[out]"));
        assertThat(doings(simulation.up(QUIET))).isEmpty();
    }

    @Test
    void endsAsAnUncutRunDoesWhereverTheRecordIsCut() {
        Graph before = cluster(accounts(texts("ann", "bob")), 2);
        Graph then = cluster(accounts(texts("bob", "eve")), 2);
        Simulation uncut = started(before);
        int length = uncut.journal().size();
        done(uncut.goal(then).up(QUIET));
        for (int cut = 1; cut < uncut.journal().size() - length; cut++) {
            Simulation simulation = started(before);
            lawful(simulation.goal(then).up(QUIET.crashingAfter(cut)));
            done(simulation.up(QUIET));
            assertThat(simulation.fleet().state())
                    .as("after record %d", cut)
                    .isEqualTo(uncut.fleet().state());
        }
    }

    @Test
    void whatIsNotKnownFromTheFilesOrNoKeyIsRefused() {
        assertThat(problems(texts("ann", "bob", "ann"))).containsExactly("\"ann\" is there twice");
        assertThat(problems(texts("/srv/a"))).containsExactly("\"/srv/a\" cannot be a key");
        assertThat(problems(read("node", "address")))
                .containsExactly("what the step is repeated for is known only in a run");
        assertThat(problems(texts("ann"))).isEmpty();
    }

    private static List<String> problems(Expression each) {
        Graph graph = cluster(component("m").step(step("a").each(each).file("/a", EACH)), 2);
        return Rehearsal.problems(graph).stream()
                .filter(problem -> problem.code() == Code.ASH0410)
                .map(Diagnostic::message)
                .toList();
    }
}
