package dev.ashlar.engine.past;

import dev.ashlar.model.journal.JournalRecord;

/// What was begun, and how it failed.
record Failing(Interrupted begun, JournalRecord.Failed how) {}
