package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.value.Await.Holds;
import dev.ashlar.model.work.Owned;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import dev.ashlar.simulation.composition.Expressions;
import dev.ashlar.simulation.composition.StepBuilder;
import dev.ashlar.simulation.fleet.Fleet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What `up` does about what is on record and no longer wanted.
class RemovalTest {
    private static final List<String> SWAPPED =
            List.of(
                    "Undo web.run@front-1",
                    "Undo web.install@front-1",
                    "Apply web.install@front-1",
                    "Apply web.run@front-1",
                    "Undo web.run@front-2",
                    "Undo web.install@front-2",
                    "Apply web.install@front-2",
                    "Apply web.run@front-2");

    @Test
    void swapsNodeByNodeTheOldGoneBeforeTheNewAndLeavesWhoReadsTheSameAlone() {
        Simulation simulation = swapped("80");
        Timeline run = simulation.up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
        assertThat(doings(run)).isEqualTo(SWAPPED);
        assertThat(simulation.fleet().state())
                .contains("/usr/bin/lighttpd")
                .doesNotContain("nginx");
        assertThat(doings(simulation.up(QUIET))).isEmpty();
    }

    @Test
    void runsAReaderAgainOnceWhereTheValueDiffers() {
        Timeline run = swapped("81").up(QUIET);
        lawful(run);
        List<String> ofReader = List.of("Apply watch.configure@desk-1");
        assertThat(doings(run)).filteredOn(ofReader::contains).isEqualTo(ofReader);
        assertThat(doings(run)).filteredOn(line -> !ofReader.contains(line)).isEqualTo(SWAPPED);
    }

    @Test
    void endsAsAnUncutRunDoesWhereverTheRecordIsCut() {
        Simulation uncut = swapped("80");
        uncut.up(QUIET);
        int records = uncut.journal().size();
        Simulation first = swapped("80");
        int before = first.journal().size();
        for (int cut = 1; cut < records - before; cut++) {
            Simulation simulation = swapped("80");
            lawful(simulation.up(QUIET.crashingAfter(cut)));
            Timeline rest = simulation.up(QUIET);
            lawful(rest);
            assertThat(rest.isDone()).as("after record %d", cut).isTrue();
            assertThat(simulation.fleet().state()).isEqualTo(uncut.fleet().state());
        }
    }

    @Test
    void startsNothingNewWhereTheOldCannotBeTakenBack() {
        Simulation simulation = swapped("80");
        Timeline run = simulation.up(QUIET.withFaults(Faults.broken(key("web.install@front-1"))));
        lawful(run);
        assertThat(doings(run).stream().distinct())
                .containsExactly("Undo web.run@front-1", "Undo web.install@front-1");
        assertThat(run.phases()).containsEntry(key("web.run@front-2"), Phase.BLOCKED);
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        assertThat(simulation.fleet().state()).doesNotContain("nginx");
    }

    @Test
    void leavesAMemberWholeWhereAPartOfItsChangeIsLeftOut() {
        Simulation simulation = swapped("80");
        Selection selection =
                new Selection("--skip web.run@front-1", Set.of(key("web.run@front-1")), Set.of());
        Timeline run = simulation.up(QUIET, Set.of(), selection);
        lawful(run);
        assertThat(doings(run)).isEqualTo(SWAPPED.subList(4, 8));
        assertThat(doings(simulation.up(QUIET))).isEqualTo(SWAPPED.subList(0, 4));
    }

    @Test
    void aPlanTellsWhatIsReplacedAndWhy() {
        Simulation simulation = swapped("80");
        Plan plan =
                Planner.plan(simulation.graph(), simulation.past(), Set.of(), Selection.WHOLE, 0);
        assertThat(plan.changes())
                .allMatch(entry -> entry.action() == Plan.Action.REPLACE)
                .allMatch(entry ->
                        entry.reasons()
                                .equals(
                                        List.of(
                                                "web is built/lighttpd-alone now, was built/nginx-alone")))
                .extracting(entry -> entry.key().toString())
                .containsExactlyInAnyOrder(
                        "web.install@front-1",
                        "web.install@front-2",
                        "web.run@front-1",
                        "web.run@front-2");
    }

    @Test
    void takesBackAUseInReverseAndOnlyThat() {
        Simulation simulation = done(cluster(server("nginx", "80"), true));
        Timeline run = simulation.goal(cluster(server("nginx", "80"), false)).up(QUIET);
        lawful(run);
        assertThat(doings(run))
                .containsExactly("Undo watch.configure@desk-1", "Undo node.acquire@desk-1");
        assertThat(doings(simulation.up(QUIET))).isEmpty();
    }

    @Test
    void takesBackAStepThatItsComponentNoLongerHas() {
        StepBuilder page = step("page").file("/srv/page", literal("hello"));
        Simulation simulation = done(site(base(), page));
        Timeline run = simulation.goal(site(base())).up(QUIET);
        lawful(run);
        assertThat(doings(run)).containsExactly("Undo kv.page@g-1");
        assertThat(simulation.fleet().state()).doesNotContain("/srv/page");
    }

    @Test
    void takesBackWhatAStepNoLongerBringsAboutBeforeItsWork() {
        Simulation simulation = done(site(base().file("/srv/page", literal("x"))));
        Timeline run = simulation.goal(site(base())).up(QUIET);
        lawful(run);
        assertThat(doings(run)).containsExactly("Undo kv.base@g-1", "Apply kv.base@g-1");
        assertThat(simulation.fleet().state()).doesNotContain("/srv/page").contains("/srv/base");
        assertThat(doings(simulation.up(QUIET))).isEmpty();
        simulation.down(QUIET, Set.of());
        assertThat(simulation.fleet().state()).isEmpty();
    }

    @Test
    void keepsWhatHasMovedToAnotherStep() {
        StepBuilder page = step("page").file("/srv/page", literal("hello"));
        Simulation simulation = done(site(base().file("/srv/page", literal("hello"))));
        lawful(simulation.goal(site(base(), page)).up(QUIET));
        assertThat(simulation.fleet().state()).contains("/srv/page");
        lawful(simulation.goal(site(base())).up(QUIET));
        assertThat(simulation.fleet().state()).doesNotContain("/srv/page");
    }

    @Test
    void takesBackOnceWhatTwoStepsNoLongerBringAbout() {
        StepBuilder more = step("more").file("/srv/more", literal("1"));
        Simulation simulation =
                done(
                        site(
                                base().file("/srv/page", literal("x")),
                                step("more")
                                        .file("/srv/more", literal("1"))
                                        .file("/srv/page", literal("x"))));
        Timeline run = simulation.goal(site(base(), more)).up(QUIET);
        lawful(run);
        assertThat(doings(run))
                .containsExactly("Apply kv.base@g-1", "Undo kv.more@g-1", "Apply kv.more@g-1");
        assertThat(simulation.past().standing().values())
                .flatExtracting(Success::owned)
                .extracting(Owned::title)
                .doesNotContain("file /srv/page")
                .contains("file /srv/base", "file /srv/more");
    }

    private static Graph site(StepBuilder... steps) {
        ComponentBuilder site = component("site");
        for (StepBuilder step : steps) {
            site.step(step);
        }
        return Story.one(site, 1);
    }

    private static StepBuilder base() {
        return step("base").file("/srv/base", literal("1"));
    }

    /// The work that is started, but for what is asked.
    private static List<String> doings(Timeline run) {
        return starts(run).stream().filter(line -> !line.startsWith("Probe")).toList();
    }

    private static Simulation done(Graph graph) {
        Simulation simulation = new Simulation(graph);
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        return simulation;
    }

    /// nginx served at port 80; now lighttpd is to.
    private static Simulation swapped(String port) {
        return done(cluster(server("nginx", "80"), true))
                .goal(cluster(server("lighttpd", port), true));
    }

    private static ComponentBuilder server(String name, String port) {
        return component(name + Fleet.ALONE)
                .input("port", literal(port))
                .output("url", Expressions.joined(read("node", "name"), read("inputs", "port")))
                .clusterOutput("urls", Holds.ONE, Expressions.ofMembers("url"))
                .step(step("install").file("/usr/bin/" + name, literal("1")))
                .step(step("run").service(name, "install").health());
    }

    /// Two fronts that serve, and a desk that reads where they do.
    private static Graph cluster(ComponentBuilder server, boolean desk) {
        ClusterBuilder cluster =
                ClusterBuilder.cluster().group("front", 2).use("web", "front", server);
        if (desk) {
            cluster.group("desk", 1)
                    .use(
                            "watch",
                            "desk",
                            component("watch")
                                    .input("links", Expressions.ofUse("front", "web", "urls"))
                                    .step(
                                            step("configure")
                                                    .file("/etc/watch", read("inputs", "links"))));
        }
        return Graph.of(cluster.build());
    }
}
