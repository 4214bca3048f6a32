package dev.ashlar.model.journal;

import dev.ashlar.model.journal.JournalRecord.Effect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An intent without an end: the process died in between, so the effect may or may not have
/// happened.
///
/// @param destroys what it may have destroyed of the data that it was to take back, by title
/// @param sinceMs when that intent was first on record: the effect is no older
public record Interrupted(
        long run,
        String intent,
        Effect effect,
        String fingerprint,
        int attempt,
        boolean uncertain,
        List<String> destroys,
        long sinceMs) {

    public Interrupted {
        destroys = List.copyOf(destroys);
    }

    /// What an intent opens.
    ///
    /// @param open what was begun before and had not ended
    public static Interrupted by(
            JournalRecord.Intended intended, @Nullable Interrupted open, boolean uncertain) {
        long sinceMs =
                open != null && open.intent().equals(intended.intent())
                        ? open.sinceMs()
                        : intended.atMs();
        return new Interrupted(
                intended.run(),
                intended.intent(),
                intended.effect(),
                intended.fingerprint(),
                intended.attempt(),
                uncertain,
                intended.destroys(),
                sinceMs);
    }
}
