package dev.ashlar.engine.past;

import dev.ashlar.model.journal.JournalRecord.Effect;

/// An intent without an end: the process died in between, so the effect may or may not have
/// happened.
public record Interrupted(
        long run,
        String intent,
        Effect effect,
        String fingerprint,
        int attempt,
        boolean uncertain) {}
