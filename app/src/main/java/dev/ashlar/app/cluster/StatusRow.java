package dev.ashlar.app.cluster;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Failure;
import java.util.List;
import java.util.Optional;

/// Where one instance is.
///
/// @param state `done`, `failed`, `interrupted`, `running`, `pending`, `changed` (its files have
///   changed since), `off` (its condition is false), `unhealthy`
/// @param healthy what it has just answered; empty when it was not asked
public record StatusRow(
        InstanceKey key,
        String state,
        Optional<Long> run,
        Optional<Long> atMs,
        Optional<Failure> failure,
        Optional<Boolean> healthy) {

    /// True where one of them at least says what its node has just answered, or that it does not.
    public static boolean wereAsked(List<StatusRow> rows) {
        return rows.stream().anyMatch(row -> row.healthy().isPresent());
    }

    /// The same, having answered that it is well.
    public StatusRow well() {
        return new StatusRow(key, state, run, atMs, failure, Optional.of(true));
    }

    /// The same, having answered that it is not well, or not at all.
    public StatusRow unwell(Failure failure) {
        return new StatusRow(key, "unhealthy", run, atMs, Optional.of(failure), Optional.of(false));
    }
}
