package dev.ashlar.app.trial;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Journal;
import dev.ashlar.model.work.Executor;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What a run is put through.
///
/// @param forced instances that run although nothing has changed for them
/// @param executor stands before the one that does the work
/// @param journal stands before the one that keeps the records
record Trouble(
        Set<InstanceKey> forced, UnaryOperator<Executor> executor, UnaryOperator<Journal> journal) {
    static final Trouble NONE = of(Set.of(), executor -> executor);

    static Trouble of(Set<InstanceKey> forced, UnaryOperator<Executor> executor) {
        return new Trouble(Set.copyOf(forced), executor, journal -> journal);
    }

    static Trouble of(UnaryOperator<Journal> journal) {
        return new Trouble(Set.of(), executor -> executor, journal);
    }
}
