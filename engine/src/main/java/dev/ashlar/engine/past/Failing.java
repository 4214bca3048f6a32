package dev.ashlar.engine.past;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Checkpoint;
import dev.ashlar.model.journal.JournalRecord;

/// What was begun, and how it failed.
record Failing(Interrupted begun, JournalRecord.Failed how) {
    static Failing of(Checkpoint.Broken broken) {
        return new Failing(Interrupted.of(broken.begun()), broken.how());
    }

    Checkpoint.Broken noted(InstanceKey key) {
        return new Checkpoint.Broken(begun.noted(key), how);
    }
}
