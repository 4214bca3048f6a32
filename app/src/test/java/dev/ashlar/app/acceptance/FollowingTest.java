package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.cluster.Neighbourhood;
import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Page;
import dev.ashlar.app.kit.Sandbox;
import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.language.LoadRequest;
import dev.ashlar.language.Loaded;
import dev.ashlar.language.Loader;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.SimulationOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Who reads the members of a group that is changed in turns, as the page about it says.
class FollowingTest {
    private static final Page PAGE = Page.of("docs/reference/following.md");

    @Test
    void oneStepGoesWithEachMemberAndAnotherWhenAllHaveChanged() throws IOException {
        try (Sandbox sandbox = Sandbox.empty("shown")) {
            PAGE.writeTo(sandbox);
            Simulation simulation = new Simulation(graph(sandbox));
            assertThat(simulation.up(SimulationOptions.of(1)).isDone()).isTrue();
            changePort(sandbox);

            List<String> trace =
                    simulation.goal(graph(sandbox)).up(SimulationOptions.of(1)).trace();

            assertThat(begun(trace))
                    .containsSubsequence(
                            "site.configure@back-1",
                            "balancer.entry[back-1]@front-1",
                            "site.configure@back-3")
                    .containsSubsequence(
                            "site.configure@back-2",
                            "balancer.entry[back-2]@front-1",
                            "balancer.overview@front-1")
                    .containsSubsequence("site.configure@back-3", "balancer.overview@front-1")
                    .containsOnlyOnce("balancer.overview@front-1")
                    .hasSize(7);
        }
    }

    @Test
    @Tag("lab")
    void entriesAreOfTheMembersAsTheyAre() throws IOException {
        try (Sandbox sandbox = Sandbox.empty("shown")) {
            PAGE.writeTo(sandbox);
            sandbox.verb("up").expect(0);
            changePort(sandbox);
            assertThat(sandbox.verb("plan").expect(0).out()).contains("Plan: 7 to change, 5 to");
            sandbox.verb("up").expect(0);

            Machine front = sandbox.machine("front-1");
            assertThat(front.run("cat /srv/entries/*").lines())
                    .hasSize(3)
                    .allMatch(url -> url.endsWith(":8090"));
            assertThat(front.run("cat /srv/overview")).isEqualTo(front.run("cat /srv/entries/*"));
            assertThat(sandbox.verb("up").expect(0).err()).contains("Nothing to do");
            sandbox.verb("down").expect(0);
        }
    }

    private static void changePort(Sandbox sandbox) {
        String component = sandbox.read("shown/packs/web/server.yaml");
        sandbox.write("shown/packs/web/server.yaml", component.replace("8080", "8090"));
    }

    private static Graph graph(Sandbox sandbox) {
        Path file = sandbox.cluster().resolve("cluster.yaml");
        Loaded loaded =
                Loader.load(
                        new LoadRequest(
                                file,
                                Optional.empty(),
                                new LinkedHashMap<>(),
                                new LinkedHashMap<>(),
                                Optional.empty(),
                                new Neighbourhood(file),
                                sandbox.folder()));
        assertThat(loaded.diagnostics()).isEmpty();
        return Conditions.wanted(loaded.composition().orElseThrow(), new Past());
    }

    /// What a run has begun to do, in order.
    private static List<String> begun(List<String> trace) {
        return trace.stream()
                .map(line -> line.split(" "))
                .filter(words -> words[1].equals("start") && words[2].equals("Apply"))
                .map(words -> words[3])
                .toList();
    }
}
