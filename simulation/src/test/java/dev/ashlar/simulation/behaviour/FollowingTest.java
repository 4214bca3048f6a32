package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.doings;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.joined;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.named;
import static dev.ashlar.simulation.composition.Expressions.ofGroup;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import dev.ashlar.simulation.composition.Expressions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Steps that are repeated for what the members of another group have.
class FollowingTest {
    private static final Expression EACH = read("each", "key");

    private static Graph graph(ComponentBuilder server, ComponentBuilder reader) {
        return Conditions.wanted(
                ClusterBuilder.cluster()
                        .group("g", 2)
                        .use("m", "g", server)
                        .group("f", 1)
                        .use("lb", "f", reader)
                        .build(),
                new Past());
    }

    /// What it is repeated for is known from the files; that it holds is not.
    @Test
    void whoIsRepeatedForWhatMembersSayOnceTheyServeWaitsForEach() {
        ComponentBuilder server =
                component("server-alone")
                        .output("title", joined(read("node", "name")))
                        .step(step("run").file("/run", literal("yes")).service("web").health());
        ComponentBuilder reader =
                component("reader-alone")
                        .input("titles", ofGroup("g", "m", "title"))
                        .step(
                                step("entry")
                                        .each(read("inputs", "titles"))
                                        .file(named(literal("/entry"), EACH), EACH));
        Simulation simulation = new Simulation(graph(server, reader));
        Timeline run = simulation.up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
        assertThat(starts(run))
                .containsSubsequence("Probe m.run@g-1", "Apply lb.entry[g-1]@f-1")
                .containsSubsequence("Probe m.run@g-2", "Apply lb.entry[g-2]@f-1");
        assertThat(doings(simulation.up(QUIET))).isEmpty();
    }

    private static Expression ofFirstAndSecond(Expression list) {
        return Expressions.of(
                Type.mapOf(Type.Scalar.TEXT),
                "{'first': " + list.source() + "[0], 'second': [1]}",
                list.reads(),
                scope ->
                        list.evaluate(scope).data() instanceof Data.Listing(List<Value> all)
                                ? Value.map(Map.of("first", all.get(0), "second", all.get(1)))
                                : Value.nothing());
    }

    /// The keys are in the files; each value is there when its member has made it.
    @Test
    void whatAKeyStandsForMayComeOfARun() {
        ComponentBuilder server =
                component("server-alone")
                        .step(step("make").output("title").script("make"))
                        .step(step("run").file("/run", literal("yes")).service("web").health())
                        .output("title", read("make", "title"));
        ComponentBuilder reader =
                component("reader-alone")
                        .input("sites", ofFirstAndSecond(ofGroup("g", "m", "title")))
                        .step(
                                step("entry")
                                        .each(read("inputs", "sites"))
                                        .input("title", read("each", "value"))
                                        .file(
                                                named(literal("/entry"), EACH),
                                                read("inputs", "title")))
                        .step(
                                step("beside")
                                        .after()
                                        .each(read("inputs", "sites"))
                                        .file(
                                                named(literal("/beside"), EACH),
                                                read("each", "value")));
        Simulation simulation = new Simulation(graph(server, reader));
        Timeline run = simulation.up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
        assertThat(starts(run))
                .containsSubsequence("Probe m.run@g-1", "Apply lb.entry[first]@f-1")
                .containsSubsequence("Probe m.run@g-2", "Apply lb.entry[second]@f-1")
                .containsSubsequence("Probe m.run@g-1", "Apply lb.beside[first]@f-1");
        assertThat(doings(simulation.up(QUIET))).isEmpty();
    }
}
