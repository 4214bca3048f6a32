package dev.ashlar.app.cluster;

import dev.ashlar.engine.past.Past;
import dev.ashlar.model.journal.JournalRecord.VaultChanged;
import dev.ashlar.store.vault.Sealed;
import java.util.Optional;

/// How the vault on disk stands to the record of its changes.
public sealed interface VaultStanding {

    /// It is the one on record; also where there is none on either side.
    record Recorded() implements VaultStanding {}

    /// It is one change ahead: the vault is written before its record is, and a crash came between.
    record Ahead() implements VaultStanding {}

    /// It is another.
    ///
    /// @param objection what is wrong
    /// @param remedy what a person can do
    record Other(String objection, String remedy) implements VaultStanding {}

    static VaultStanding of(Optional<Sealed> sealed, Past past) {
        Optional<VaultChanged> last = past.secrets().changes().stream().reduce((_, later) -> later);
        long recorded = last.map(VaultChanged::epoch).orElse(0L);
        long found = sealed.map(Sealed::epoch).orElse(0L);
        if (found == recorded + 1) {
            return new Ahead();
        }
        return sealed.map(Sealed::digest).equals(last.map(VaultChanged::digest))
                ? new Recorded()
                : new Other(objection(recorded, found), remedy(found));
    }

    private static String objection(long recorded, long found) {
        if (found == 0) {
            return "the vault is gone: the record is at change %d of it".formatted(recorded);
        }
        if (found < recorded) {
            return "the vault is an older one: it is at change %d, the record at change %d"
                    .formatted(found, recorded);
        }
        return found == recorded
                ? "the vault is another than the one on record, though at the same change"
                : "the record is older than the vault: that is at change %d, the record at change %d"
                        .formatted(found, recorded);
    }

    private static String remedy(long found) {
        return found == 0
                ? "bring .ashlar/vault.json back, from a backup or the folder that you copied; nothing was changed"
                : "bring back the state as it was last, both its journal and its vault; nothing was changed";
    }
}
