package dev.ashlar.engine.run;

import dev.ashlar.engine.past.Past;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Work;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The work of cells, each under its current intent.
///
/// @param goes true of what is still to be taken back in this run
record Works(Settings settings, Past past, Predicate<InstanceKey> goes) {
    private static final Duration UNDO_TIMEOUT = Duration.ofMinutes(10);

    Work of(Cell cell) {
        return switch (cell.task) {
            case Cell.Task.Bring _, Cell.Task.Leave _ ->
                    cell.known.orElseThrow().work().apply(cell.intent);
            case Cell.Task.TakeBack takeBack ->
                    undo(cell, cell.intent, takeBack.node(), takenBack(cell.key, takeBack));
            case Cell.Task.Look _, Cell.Task.Gate _ ->
                    throw new IllegalStateException(cell.key + " has no work of its own");
        };
    }

    /// What its work may destroy of the data that it takes back, by title.
    List<String> destroyed(Cell cell) {
        return cell.task instanceof Cell.Task.TakeBack takeBack
                        && takeBack.owned().stream().anyMatch(Owned::data)
                ? takenBack(cell.key, takeBack).stream()
                        .filter(one -> one.data() && !one.staysInPlace())
                        .map(Owned::title)
                        .toList()
                : List.of();
    }

    private List<Owned> takenBack(InstanceKey key, Cell.Task.TakeBack takeBack) {
        return past
                .ownedAlone(
                        key,
                        takeBack.node(),
                        takeBack.owned(),
                        (other, one) -> goes.test(other) && (!one.data() || isNamed(other, one)))
                .stream()
                .map(one -> one.data() && isNamed(key, one) ? one.named() : one)
                .toList();
    }

    private boolean isNamed(InstanceKey key, Owned data) {
        return settings.destroys().getOrDefault(key, Set.of()).contains(data.key());
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
