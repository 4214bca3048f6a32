package dev.ashlar.app.command;

import dev.ashlar.app.cluster.ClusterRequest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// What becomes of the overrides on record.
final class GoalOptions {
    @Option(
            names = "--reset",
            arity = "0..1",
            fallbackValue = ClusterRequest.EVERYTHING,
            preprocessor = RunOptions.OnlyAttached.class,
            paramLabel = "PATH",
            description = "Go by the files again; with =PATH for this one alone of what was set.")
    private List<String> resets = new ArrayList<>();

    boolean isGiven() {
        return !resets.isEmpty();
    }

    ClusterRequest in(ClusterRequest request) {
        return request.resetting(resets);
    }
}
