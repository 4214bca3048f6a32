package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.document.SavedPlan;
import dev.ashlar.app.selection.SelectionRequest;
import dev.ashlar.engine.graph.Selection;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which part of a cluster.
final class SelectionOptions {
    @Mixin private LimitOption limit = new LimitOption();

    @Option(
            names = "--only",
            paramLabel = "STEP",
            split = ",",
            description = "Only these: use, use.step or use.step@node; may be repeated.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--skip",
            paramLabel = "STEP",
            split = ",",
            description = "Not these; may be repeated.")
    private List<String> skip = new ArrayList<>();

    SelectionRequest request() {
        return new SelectionRequest(limit.value(), only, skip);
    }

    /// What a saved plan was made for.
    SelectionRequest request(SavedPlan saved) {
        if (!request().isWhole()) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    "error: a saved plan holds its own --limit, --only and --skip: name them to"
                            + " `ashlar plan`");
        }
        return saved.selection();
    }

    /// Stops with exit code 3 and every problem when it names what is not there.
    static Selection select(Cluster cluster, SelectionRequest request) {
        return switch (request.among(cluster.graph(), cluster.past())) {
            case SelectionRequest.Outcome.Selected(Selection selection) -> selection;
            case SelectionRequest.Outcome.Unknown(List<String> problems) ->
                    throw new CommandStop(
                            ExitCode.INVALID,
                            problems.stream().map(problem -> "error: " + problem).toList());
        };
    }
}
