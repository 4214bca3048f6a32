package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.model.node.Claim;
import dev.ashlar.model.work.Failure;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.copy.CarriedCopy;
import dev.ashlar.store.copy.NewState;
import dev.ashlar.store.copy.RecoveryKey;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import dev.ashlar.store.sqlite.SqliteJournal.Mark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.UUID;

/// Makes of what nodes carry the state in a cluster's folder, and has them answer to it.
public final class Adoption {
    private Adoption() {}

    /// What came of making the state.
    public sealed interface Made {
        /// It is there.
        record State() implements Made {}

        /// The folder has a state that this is no continuation of; it stays as it is.
        record Another() implements Made {}

        /// The keys of the authorities are sealed, and not with this key; nothing was changed.
        record Sealed() implements Made {}
    }

    /// Makes the state, or continues an older one that is there. Whole or not at all after a crash.
    ///
    /// @param pieces of the copy, in order, by name
    /// @param key that opens what is sealed in the copy
    /// @param withoutKeys take it without what is sealed
    /// @throws dev.ashlar.store.StoreException when the copy is damaged or the disk refuses
    public static Made make(
            Path folder,
            String lineage,
            Map<String, byte[]> pieces,
            Optional<RecoveryKey> key,
            boolean withoutKeys) {
        try (NewState fresh = NewState.begin(folder, lineage)) {
            CarriedCopy.records(fresh, pieces);
            if (!withoutKeys && !CarriedCopy.files(fresh, pieces, key)) {
                return new Made.Sealed();
            }
            if (!withoutKeys) {
                key.ifPresent(k -> k.giveTo(fresh.folder()));
            }
            Optional<StateFolder> old = StateFolder.find(folder).filter(NewState::hasRun);
            if (old.isEmpty()) {
                fresh.publish();
                return new Made.State();
            }
            return continued(old.get(), fresh) ? new Made.State() : new Made.Another();
        }
    }

    /// True when a run that has left its claim is one of this state's own: then that has nothing to
    /// learn.
    public static boolean isOnRecord(Optional<StateFolder> state, Claim claim) {
        Optional<SqliteJournal> journal =
                state.filter(own -> own.lineage().equals(claim.lineage()))
                        .flatMap(SqliteJournal::openToRead);
        if (journal.isEmpty()) {
            return false;
        }
        try (SqliteJournal open = journal.get()) {
            return open.checksum(claim.number()).equals(Optional.of(claim.checksum()));
        }
    }

    /// Makes a state without a record, of a new identity.
    ///
    /// @throws dev.ashlar.store.StoreException when the folder has one, or the disk refuses
    public static void makeBlank(Path folder) {
        try (NewState fresh = NewState.begin(folder, UUID.randomUUID().toString())) {
            fresh.publish();
        }
    }

    /// The old state has the right to be continued when it is where the new one once was.
    private static boolean continued(StateFolder old, NewState fresh) {
        if (!old.lineage().equals(fresh.folder().lineage())) {
            return false;
        }
        try (Acting acting = held(old)) {
            Mark end = acting.journal().newest();
            boolean isLonger = end.number() > fresh.journal().newest().number();
            if (isLonger) {
                // What it has beyond, nodes know nothing of: a check, or the last run's end.
                return acting.journal()
                        .checksum(fresh.journal().newest().number())
                        .equals(Optional.of(fresh.journal().newest().checksum()));
            }
            if (!fresh.journal().checksum(end.number()).equals(Optional.of(end.checksum()))) {
                return false;
            }
            List<String> missing = new ArrayList<>();
            fresh.journal().readTexts(end.number(), Long.MAX_VALUE, (_, text) -> missing.add(text));
            acting.journal().appendCopied(missing);
            fresh.giveFilesTo(old);
            if (Files.exists(RecoveryKey.file(fresh.folder()))) {
                RecoveryKey.of(fresh.folder()).giveTo(old);
            }
            return true;
        }
    }

    private static Acting held(StateFolder old) {
        Path folder = old.path().toAbsolutePath().getParent();
        if (folder != null
                && Acting.take(folder) instanceof Acting.Attempt.Granted(Acting acting)) {
            return acting;
        }
        throw new StoreException(
                StoreException.Kind.OTHER_WRITER, "another command is changing this cluster");
    }

    /// What came of taking nodes over.
    ///
    /// @param differing the instances whose node differs from the record
    /// @param away why some nodes do not answer to the state now
    public record Taken(SequencedSet<InstanceKey> differing, SequencedMap<String, Failure> away) {
        public Taken {
            differing = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(differing));
            away = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(away));
        }
    }

    /// Has nodes answer to the state, and compares them with its record.
    ///
    /// @param seen what they carry
    /// @param wanted the provider of each node of the cluster, on record or not
    public static Taken takeOver(
            Acting acting,
            Workshop workshop,
            Graph graph,
            Survey.Seen seen,
            SequencedMap<String, String> wanted,
            Terminal terminal,
            int parallel)
            throws InterruptedException {
        Clock clock = Clock.systemUTC();
        long run = acting.past().nextRun();
        RunStarted started =
                Runner.Subject.of(graph.composition(), Selection.WHOLE)
                        .started(run, Purpose.ADOPT, clock.millis());
        acting.journal().append(List.of(started));
        acting.past().apply(started);
        SequencedMap<String, Failure> away = workshop.takeOver(run, seen.texts(), wanted);
        List<JournalRecord> moved =
                Relocation.records(
                        acting, graph.composition().providers().values(), run, clock.millis());
        acting.journal().append(moved);
        moved.forEach(acting.past()::apply);
        Verification.Compared compared =
                Verification.of(workshop, acting, graph, Selection.WHOLE, parallel)
                        .tell(terminal, false);
        SequencedSet<InstanceKey> differing = new LinkedHashSet<>(compared.differing());
        int all = acting.past().standing().size();
        acting.journal()
                .append(
                        List.of(
                                new RunEnded(
                                        run,
                                        differing.isEmpty() ? RunEnded.DONE : "failed",
                                        0,
                                        all - differing.size(),
                                        differing.size(),
                                        0,
                                        compared.isVerified(),
                                        clock.millis())));
        workshop.carry(acting, RecoveryKey.of(acting.state()));
        return new Taken(differing, away);
    }
}
