package dev.ashlar.bench.inside;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.language.LoadRequest;
import dev.ashlar.language.Loader;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.SimulationOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// The fleet's cluster as its files say, or with another word in file 07 of each node.
///
/// @param folder of its file, which has its packs and sites too
record MeasuredCluster(Path folder) {
    private static final long AT_MS = 1_800_000_000_000L;

    /// @param changed the other word
    Composition composition(Optional<String> changed) {
        SequencedMap<String, String> sets = new LinkedHashMap<>();
        changed.ifPresent(word -> sets.put("groups.host.settings.changed", word));
        return Loader.load(
                        new LoadRequest(
                                folder.resolve("cluster.yaml"), Optional.empty(), sets, folder))
                .composition()
                .orElseThrow();
    }

    Graph graph(Optional<String> changed, Past past) {
        return Conditions.wanted(composition(changed), past);
    }

    static Plan plan(Graph graph, Past past) {
        return Planner.plan(graph, past, Set.of(), Selection.WHOLE, AT_MS);
    }

    /// After so many runs, each of which changes file 07 on every node, the last back to what the
    /// files say.
    Simulation simulated(int runs) {
        return simulated(
                graph(Optional.empty(), new Past()),
                graph(Optional.of("another"), new Past()),
                runs);
    }

    static Simulation simulated(Graph asWritten, Graph changed, int runs) {
        Simulation simulation = new Simulation(asWritten).unwatched();
        for (int left = runs; left > 0; left--) {
            simulation.goal(left % 2 == 1 ? asWritten : changed);
            simulation.up(SimulationOptions.of(left));
        }
        return simulation;
    }
}
