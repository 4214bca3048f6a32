package dev.ashlar.engine.run;

import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Work;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The work of a cell under its current intent.
final class Works {
    private static final Duration UNDO_TIMEOUT = Duration.ofMinutes(10);

    private Works() {}

    static Work of(Cell cell) {
        return switch (cell.task) {
            case Cell.Task.Bring _ -> cell.known.orElseThrow().work().apply(cell.intent);
            case Cell.Task.TakeBack(List<Owned> owned, Optional<String> node) ->
                    new Work.Undo(cell.key, cell.intent, node, owned, UNDO_TIMEOUT);
            case Cell.Task.Look(_, var probe) -> probe.apply(cell.intent);
            case Cell.Task.Gate _ -> throw new IllegalStateException("a gate is no work");
        };
    }
}
