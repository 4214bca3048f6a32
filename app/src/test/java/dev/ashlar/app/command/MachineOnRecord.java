package dev.ashlar.app.command;

import dev.ashlar.app.cluster.RecordedSite;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.model.journal.JournalRecord.Succeeded;
import dev.ashlar.model.work.Owned;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The record of a run that has acquired one machine.
final class MachineOnRecord {
    private static final String NODE = "node-1";

    private MachineOnRecord() {}

    /// @param access how the machine is said to be reached
    static void leave(Path folder, String access) {
        InstanceKey key = InstanceKey.acquire(NODE);
        try (SqliteJournal journal = SqliteJournal.open(StateFolder.open(folder))) {
            journal.append(
                    List.of(
                            new RunStarted(
                                    1,
                                    Purpose.UP,
                                    "small",
                                    "here",
                                    "",
                                    "",
                                    "",
                                    "",
                                    new LinkedHashMap<>(),
                                    List.of(),
                                    1),
                            new Intended(
                                    1,
                                    key,
                                    "1",
                                    Effect.DO,
                                    1,
                                    "f",
                                    "",
                                    Optional.empty(),
                                    List.of(),
                                    2),
                            acquired(key, access)));
        }
    }

    private static Succeeded acquired(InstanceKey key, String access) {
        return new Succeeded(
                1,
                key,
                "1",
                Effect.DO,
                "f",
                List.of(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                List.of(
                        Owned.of(
                                RecordedSite.MACHINE,
                                NODE,
                                false,
                                Map.of(RecordedSite.PROVIDER_KIND, "inventory", "access", access))),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                new LinkedHashMap<>(),
                3);
    }
}
