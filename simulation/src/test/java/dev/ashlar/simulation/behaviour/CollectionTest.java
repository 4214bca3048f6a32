package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.doings;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.collected;
import static dev.ashlar.simulation.composition.Expressions.joined;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.published;
import static dev.ashlar.simulation.composition.Expressions.publishedOf;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.Expressions.test;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.picture.Picture;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.model.composition.Collected;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Await.Holds;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import dev.ashlar.simulation.composition.Expressions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What many publish and one owns.
class CollectionTest {
    private static final String TYPE = "lb.Member";
    private static final Expression NAME = read("node", "name");

    /// Serves, and says so once it does.
    private static ComponentBuilder web(String port) {
        return component("web")
                .input("port", literal(port))
                .output("member", published(TYPE, joined(NAME, read("inputs", "port"))))
                .step(step("run").service("web").health());
    }

    private static ComponentBuilder balancer(Expression members) {
        return component("balancer")
                .step(
                        step("configure")
                                .input("members", members)
                                .file("/members", joined(read("inputs", "members"))));
    }

    private static ClusterBuilder balanced() {
        return ClusterBuilder.cluster()
                .group("front", 1)
                .use("lb", "front", balancer(collected(TYPE)));
    }

    private static Graph graph(ClusterBuilder cluster) {
        return Conditions.wanted(cluster.build(), new Past());
    }

    private static Simulation started(ClusterBuilder cluster) {
        Simulation simulation = new Simulation(graph(cluster));
        done(simulation.up(QUIET));
        return simulation;
    }

    private static void done(Timeline run) {
        lawful(run);
        assertThat(run.isDone()).isTrue();
    }

    private static String gathered(Simulation simulation) {
        return Objects.requireNonNull(
                        simulation
                                .past()
                                .success(key("lb.configure@front-1"))
                                .orElseThrow()
                                .inputs()
                                .get("inputs.members"))
                .shown();
    }

    private static List<String> changes(Timeline run) {
        return starts(run).stream()
                .filter(line -> !line.startsWith("Probe") && !line.startsWith("Acquire"))
                .toList();
    }

    @Test
    void gathersByTheNamesOfGroupUseAndOutputAndThenByNode() {
        ComponentBuilder two =
                component("two")
                        .early("z", published(TYPE, joined(literal("z"), NAME)))
                        .early("a", published(TYPE, joined(literal("a"), NAME)))
                        .step(step("run").file("/two", literal("x")));
        ComponentBuilder shared =
                component("shared")
                        .clusterOutput(
                                "all",
                                Holds.ONE,
                                publishedOf(TYPE, literal("one"), literal("other")))
                        .step(step("run").file("/shared", literal("x")));
        Simulation simulation =
                started(
                        balanced()
                                .group("web", 2)
                                .group("app", 11)
                                .use("other", "web", shared)
                                .use("main", "web", web("80"))
                                .use("two", "app", two));
        assertThat(gathered(simulation).replaceAll("[^a-z0-9,-]", ""))
                .startsWith("a,app-1,a,app-2,")
                .contains("a,app-9,a,app-10,a,app-11,z,app-1,")
                .endsWith("z,app-11,web-1,80,web-2,80,one,other");
    }

    @Test
    void waitsForEachThatPublishes() {
        Simulation simulation =
                new Simulation(graph(balanced().group("web", 2).use("site", "web", web("80"))));
        Timeline run = simulation.up(QUIET);
        done(run);
        assertThat(doings(run))
                .containsSubsequence("end site.run@web-1", "start lb.configure@front-1")
                .containsSubsequence("end site.run@web-2", "start lb.configure@front-1");
    }

    @Test
    void aPlanNamesWhomItWaitsFor() {
        Graph graph = graph(balanced().group("web", 2).use("site", "web", web("80")));
        Plan plan = Planner.plan(graph, new Past(), Set.of(), Selection.WHOLE, 0);
        assertThat(
                        plan.entries().stream()
                                .filter(entry -> entry.key().equals(key("lb.configure@front-1")))
                                .toList()
                                .toString())
                .contains("site@web-1", "site@web-2");
    }

    @Test
    void whatIsEarlyIsNotWaitedFor() {
        ComponentBuilder peer =
                component("peer")
                        .early("me", published(TYPE, NAME))
                        .step(
                                step("configure")
                                        .input("members", collected(TYPE))
                                        .file("/members", joined(read("inputs", "members"))));
        Simulation simulation =
                started(ClusterBuilder.cluster().group("front", 2).use("lb", "front", peer));
        assertThat(gathered(simulation)).contains("front-1").contains("front-2");
    }

    @Test
    void oneMoreRunsWhoCollectsAndNobodyElse() {
        Simulation simulation = started(balanced().group("web", 1).use("site", "web", web("80")));
        Timeline more =
                simulation
                        .goal(
                                graph(
                                        balanced()
                                                .group("web", 1)
                                                .use("site", "web", web("80"))
                                                .use("shop", "web", web("81"))))
                        .up(QUIET);
        done(more);
        assertThat(changes(more))
                .containsExactly("Apply shop.run@web-1", "Apply lb.configure@front-1");
        assertThat(gathered(simulation)).contains("80").contains("81");
    }

    @Test
    void whoGoesIsTakenOutOfWhatWasCollectedFirst() {
        Simulation simulation =
                started(
                        balanced()
                                .group("web", 1)
                                .use("site", "web", web("80"))
                                .use("shop", "web", web("81")));
        Timeline less =
                simulation
                        .goal(graph(balanced().group("web", 1).use("site", "web", web("80"))))
                        .up(QUIET);
        done(less);
        assertThat(doings(less))
                .containsSubsequence(
                        "start lb.configure@front-1",
                        "end lb.configure@front-1",
                        "start shop.run@web-1");
        assertThat(gathered(simulation)).contains("80").doesNotContain("81");
    }

    @Test
    void nobodyNeedPublish() {
        assertThat(gathered(started(balanced()))).isEqualTo("[]");
    }

    @Test
    void whatIsOffPublishesNothing() {
        Simulation simulation =
                started(
                        balanced()
                                .group("web", 2)
                                .use("site", "web", web("80"))
                                .use("old", "web", conditional(literal(false)))
                                .use("some", "web", conditional(isFirst())));
        assertThat(gathered(simulation))
                .contains("web-1,80")
                .contains("maybe,web-1")
                .doesNotContain("maybe,web-2");
    }

    private static ComponentBuilder conditional(Expression when) {
        return component("conditional")
                .early("member", published(TYPE, joined(literal("maybe"), NAME)))
                .step(step("run").when(when).file("/maybe", literal("x")));
    }

    private static Expression isFirst() {
        return test(data -> data.equals(new Data.Text("web-1")), "node", "name");
    }

    @Test
    void whatARunTurnsOffPublishesNothingEither() {
        ComponentBuilder found =
                component("found")
                        .step(step("look").script("look").output("made"))
                        .clusterOutput("made", Holds.ALL, Expressions.ofMembers("made"))
                        .output("made", read("look", "made"));
        ComponentBuilder late =
                component("late")
                        .input("made", Expressions.ofUse("web", "found", "made"))
                        .early("member", published(TYPE, joined(literal("late"), NAME)))
                        .step(
                                step("run")
                                        .when(test(data -> false, "inputs", "made"))
                                        .file("/late", literal("x")));
        Simulation simulation =
                started(
                        balanced()
                                .group("web", 1)
                                .use("found", "web", found)
                                .use("late", "web", late));
        assertThat(gathered(simulation)).isEqualTo("[]");
    }

    @Test
    void oneElementIsReadAsSoonAsItHolds() {
        Expression first =
                Expressions.of(
                        Type.Scalar.TEXT,
                        "collect(lb.Member)[0].text",
                        Set.of(List.of(Collected.NAME, TYPE, "[]", "text")),
                        scope ->
                                collected(TYPE).evaluate(scope).data()
                                                instanceof Data.Listing(List<Value> all)
                                        ? all.getFirst()
                                        : Value.nothing());
        Simulation simulation =
                new Simulation(
                                graph(
                                        ClusterBuilder.cluster()
                                                .group("front", 1)
                                                .group("web", 1)
                                                .use("first", "front", web("80"))
                                                .use("last", "web", after(first))))
                        .unwatched();
        assertThat(simulation.up(QUIET).isDone()).isTrue();
    }

    /// Publishes only once it has what another has published.
    private static ComponentBuilder after(Expression other) {
        return component("after")
                .output("member", published(TYPE, NAME))
                .step(step("run").input("other", other).file("/other", read("inputs", "other")));
    }

    @Test
    void aPictureLinksWhoPublishesWithWhoCollects() {
        ComponentBuilder direct =
                component("direct")
                        .step(step("configure").file("/members", joined(collected(TYPE))));
        Picture picture =
                Picture.of(
                        ClusterBuilder.cluster()
                                .group("web", 1)
                                .use("site", "web", web("80"))
                                .use("lb", "web", direct)
                                .build());
        assertThat(picture.links())
                .filteredOn(link -> link.to().use().equals("lb"))
                .extracting(link -> link.from().use() + " " + link.from().name())
                .containsExactly("site member");
        Picture.Use drawn = picture.groups().getFirst().uses().getLast();
        assertThat(drawn.steps().getFirst().width().inputs()).containsExactly("collect(lb.Member)");
    }
}
