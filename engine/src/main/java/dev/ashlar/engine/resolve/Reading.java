package dev.ashlar.engine.resolve;

import dev.ashlar.model.journal.JournalRecord.Resolved;
import dev.ashlar.model.value.Await;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An input as far as it can be said now, for people.
///
/// @param shown on one line, cut at a bound; what is not known in it says after what it will be
/// @param digest of the whole value; empty while some of it is not known
/// @param origins where it came from: FILE:LINE:COLUMN, or the step, node and run that made it
/// @param awaits after what it is known, the first of them; empty when it is
public record Reading(
        String shown, Optional<String> digest, List<String> origins, Set<Await> awaits) {
    public Reading {
        origins = List.copyOf(origins);
    }

    /// As it is on record.
    public static Reading of(Resolved known) {
        return new Reading(known.shown(), Optional.of(known.digest()), known.origins(), Set.of());
    }
}
