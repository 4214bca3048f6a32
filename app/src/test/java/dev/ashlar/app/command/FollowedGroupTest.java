package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Page;
import dev.ashlar.app.kit.Sandbox;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.SimulationOptions;
import dev.ashlar.simulation.Timeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who reads the members of a group that is changed in turns, in the order that the page about it
/// says.
class FollowedGroupTest {
    private static final Page PAGE = Page.of("docs/reference/following.md");

    @Test
    void oneStepGoesWithEachMemberAndAnotherWhenAllHaveChanged() throws IOException {
        try (Sandbox sandbox = Sandbox.empty("shown")) {
            PAGE.writeTo(sandbox);
            SimulatedRuns runs = new SimulatedRuns(sandbox.folder());
            runs.runs("shown", simulation -> assertThat(up(simulation).isDone()).isTrue());
            String component = sandbox.read("shown/packs/web/server.yaml");
            sandbox.write("shown/packs/web/server.yaml", component.replace("8080", "8090"));

            List<String> trace = new ArrayList<>();
            runs.runs("shown", simulation -> trace.addAll(up(simulation).trace()));

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

    private static Timeline up(Simulation simulation) {
        return simulation.up(SimulationOptions.of(1));
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
