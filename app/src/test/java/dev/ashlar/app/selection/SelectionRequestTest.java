package dev.ashlar.app.selection;

import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.texts;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.selection.SelectionRequest.Outcome;
import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.SimulationOptions;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionRequestTest {

    @Test
    void namesTheLeavingOfAMemberThatIsNoLongerWanted() {
        Simulation simulation = new Simulation(store(3));
        assertThat(simulation.up(SimulationOptions.of(1)).isDone()).isTrue();
        Graph fewer = Conditions.wanted(store(2).composition(), simulation.past());
        SelectionRequest skip =
                new SelectionRequest(Optional.empty(), List.of(), List.of("kv.leave"));
        assertThat(skip.among(fewer, simulation.past()))
                .isInstanceOfSatisfying(
                        Outcome.Selected.class,
                        selected ->
                                assertThat(selected.selection().instances())
                                        .containsExactly(InstanceKey.leave("kv", "g-3")));
        assertThat(skip.among(store(3), simulation.past()))
                .as("where nobody leaves")
                .isInstanceOf(Outcome.Unknown.class);
    }

    /// As plans print them, on all nodes, with wildcards, and as a class of signs as ever.
    @ParameterizedTest
    @CsvSource({
        "web.site[shop]@g-1, 1",
        "web.site[shop], 2",
        "web.site[s*]@*, 2",
        "web.site, 4",
        "web.s[iz]te, 4",
        "web.site[none], 0"
    })
    void namesTheElementsOfARepeatedStep(String name, int instances) {
        Graph graph =
                Conditions.wanted(
                        ClusterBuilder.cluster()
                                .group("g", 2)
                                .use(
                                        "web",
                                        "g",
                                        ComponentBuilder.component("web")
                                                .step(
                                                        step("site")
                                                                .each(texts("docs", "shop"))
                                                                .script("s")))
                                .build(),
                        new Past());
        Outcome outcome =
                new SelectionRequest(Optional.empty(), List.of(), List.of(name))
                        .among(graph, new Past());
        int left =
                outcome instanceof Outcome.Selected(Selection selection)
                        ? Math.toIntExact(
                                selection.instances().stream()
                                        .filter(key -> key.use().equals("web"))
                                        .count())
                        : 0;
        assertThat(left).isEqualTo(instances);
    }

    private static Graph store(int members) {
        ComponentBuilder store =
                ComponentBuilder.component("kv")
                        .step(step("run").file("/f", literal("1")).health())
                        .membership(step("join").script("join"), step("leave").script("leave"));
        return Graph.of(ClusterBuilder.cluster().group("g", members).use("kv", "g", store).build());
    }
}
