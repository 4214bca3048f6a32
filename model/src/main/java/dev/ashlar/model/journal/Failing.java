package dev.ashlar.model.journal;

/// What was begun, and how it failed.
public record Failing(Interrupted begun, JournalRecord.Failed how) {}
