package dev.ashlar.app.cluster;

import dev.ashlar.engine.shell.Conductor;
import dev.ashlar.model.journal.Journal;
import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.model.work.Work;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One attempt at an instance, and what it printed.
///
/// @param log empty when none was kept
/// @param health what its probe printed
public record Attempt(Intended intended, Optional<String> log, Optional<String> health) {

    public static Attempt of(Journal journal, Intended intended) {
        return new Attempt(
                intended,
                printed(journal, intended.intent()),
                journal.log(intended.intent() + Conductor.HEALTH));
    }

    /// What was taken back before the work printed as well.
    private static Optional<String> printed(Journal journal, String intent) {
        String all =
                Stream.of(intent + Work.DROP, intent)
                        .flatMap(name -> journal.log(name).stream())
                        .collect(Collectors.joining());
        return Optional.of(all).filter(text -> !text.isEmpty());
    }
}
