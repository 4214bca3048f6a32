package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.ClusterRequest;
import dev.ashlar.app.document.DocumentFile;
import dev.ashlar.app.document.SavedPlan;
import dev.ashlar.app.selection.SelectionRequest;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.engine.plan.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Plans between the command that makes them and the one that carries them out.
final class SavedPlans {
    private static final int MAX_SHOWN = 20;

    private SavedPlans() {}

    /// Where a plan can be saved.
    static DocumentFile file(Path path) {
        if (!path.toString().endsWith(SavedPlan.ENDING)) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    "error: --out wants a name that ends in "
                            + SavedPlan.ENDING
                            + ", by which `ashlar up` knows a saved plan; found "
                            + path);
        }
        return FileTarget.at("--out", path);
    }

    static void save(
            Terminal terminal,
            DocumentFile to,
            ClusterRequest request,
            SelectionRequest selection,
            Cluster cluster,
            Plan plan) {
        SavedPlan saved = SavedPlan.of(request, selection, Loading.file(request), cluster, plan);
        FileTarget.write(to, saved.document());
        terminal.say("Saved: `ashlar up " + to + "` carries out just this");
    }

    /// The plan that a person named in the place of a cluster.
    static Optional<SavedPlan> named(Optional<Path> positional) {
        return positional
                .filter(SavedPlan::isNamed)
                .map(path ->
                        switch (SavedPlan.read(path)) {
                            case SavedPlan.Read.Good(SavedPlan plan) -> plan;
                            case SavedPlan.Read.Bad(String reason) ->
                                    throw new CommandStop(
                                            ExitCode.INVALID,
                                            "error: " + path + " is no saved plan: " + reason);
                        });
    }

    /// Stops with exit code 7 and a list of what has moved when a plan would not be carried out as
    /// it was made.
    static void refuseStale(SavedPlan saved, Cluster now, Plan plan) {
        List<String> moved = saved.moved(now, plan);
        if (moved.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add("error: the saved plan is stale: since it was made,");
        moved.stream().limit(MAX_SHOWN).forEach(one -> lines.add("  " + one));
        if (moved.size() > MAX_SHOWN) {
            lines.add("  and " + (moved.size() - MAX_SHOWN) + " more");
        }
        lines.add("  help: `ashlar plan --out` makes a new one");
        throw new CommandStop(ExitCode.NOT_MINE, lines);
    }
}
