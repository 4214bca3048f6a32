package dev.ashlar.engine.run;

import dev.ashlar.engine.past.Past;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Work;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The work of a cell under its current intent.
final class Works {
    private static final Duration UNDO_TIMEOUT = Duration.ofMinutes(10);

    private Works() {}

    static Work of(Cell cell, Past past, Predicate<InstanceKey> goes) {
        return switch (cell.task) {
            case Cell.Task.Bring _, Cell.Task.Leave _ ->
                    cell.known.orElseThrow().work().apply(cell.intent);
            case Cell.Task.TakeBack(List<Owned> owned, Optional<String> node) ->
                    undo(cell, cell.intent, node, past.ownedAlone(cell.key, node, owned, goes));
            case Cell.Task.Look(_, var probe, _) -> probe.apply(cell.intent);
            case Cell.Task.Gate _ -> throw new IllegalStateException("a gate is no work");
        };
    }

    /// Under a name of its own, so that its outcome is not taken for that of the work.
    static Work.Undo dropping(Cell cell, List<Owned> surplus) {
        return undo(cell, cell.intent + Work.DROP, cell.place(), surplus);
    }

    private static Work.Undo undo(
            Cell cell, String intent, Optional<String> node, List<Owned> owned) {
        return new Work.Undo(cell.key, intent, node, owned, UNDO_TIMEOUT);
    }
}
