package dev.ashlar.simulation.referee;

import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Work;
import java.util.List;
import java.util.Optional;

/// Data goes only where its loss is on record before it.
final class Losses {
    private Losses() {}

    /// @param intent what is on record for it
    static List<String> unnamed(Work.Undo undo, Optional<Intended> intent) {
        return undo.owned().stream()
                .filter(one -> one.data() && !one.staysInPlace())
                .map(Owned::title)
                .filter(title -> intent.stream().noneMatch(i -> i.destroys().contains(title)))
                .map(title -> undo.key() + " destroys " + title + ", whose loss is not on record")
                .toList();
    }
}
