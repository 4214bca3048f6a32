package dev.ashlar.app.trial;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Journal;
import dev.ashlar.model.work.Executor;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/// What a run is put through.
///
/// @param forced instances that run although nothing has changed for them
/// @param executor stands before the one that does the work
/// @param journal stands before the one that keeps the records; is given also what cuts all lines
///   to the nodes, as the end of the process would
record Trouble(
        Set<InstanceKey> forced,
        UnaryOperator<Executor> executor,
        BiFunction<Journal, Runnable, Journal> journal) {
    static final Trouble NONE = of(Set.of(), executor -> executor);

    static Trouble of(Set<InstanceKey> forced, UnaryOperator<Executor> executor) {
        return new Trouble(Set.copyOf(forced), executor, (journal, _) -> journal);
    }

    static Trouble of(BiFunction<Journal, Runnable, Journal> journal) {
        return new Trouble(Set.of(), executor -> executor, journal);
    }
}
