package dev.ashlar.app.cluster;

import dev.ashlar.engine.shell.Conductor;
import dev.ashlar.model.journal.Journal;
import dev.ashlar.model.journal.JournalRecord.Intended;
import java.util.Optional;

/// One attempt at an instance, and what it printed.
///
/// @param log empty when none was kept
/// @param health what its probe printed
public record Attempt(Intended intended, Optional<String> log, Optional<String> health) {

    public static Attempt of(Journal journal, Intended intended) {
        return new Attempt(
                intended,
                journal.log(intended.intent()),
                journal.log(intended.intent() + Conductor.HEALTH));
    }
}
