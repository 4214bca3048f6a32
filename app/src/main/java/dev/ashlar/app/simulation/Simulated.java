package dev.ashlar.app.simulation;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.simulation.Learned;
import dev.ashlar.simulation.experiment.Result;

/// One simulated `up` of a cluster, with all that is shown of it.
///
/// @param instances how many there are in the graph
/// @param steps how many steps these are of
/// @param learned of how many of them the record says how long they take
/// @param onRecord whether it began with what is on record of the cluster
/// @param again the command that plays it once more
public record Simulated(
        String cluster,
        int instances,
        int steps,
        long learned,
        boolean onRecord,
        Result result,
        String again) {

    public static Simulated of(
            Graph graph, Learned learned, boolean onRecord, Result result, String again) {
        return new Simulated(
                graph.composition().name(),
                graph.instances().size(),
                Learned.steps(graph).size(),
                learned.known(graph),
                onRecord,
                result,
                again);
    }

    /// How many pieces of work were carried out at once on average, to a tenth.
    public double averageAtOnce() {
        long lasts = Math.max(1, result.durationMs());
        return Math.round(10.0 * result.profile().busyMs() / lasts) / 10.0;
    }
}
