package dev.ashlar.store.sqlite;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Checkpoint;
import dev.ashlar.model.journal.Journal;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.StoreException.Kind;
import dev.ashlar.store.codec.MalformedException;
import dev.ashlar.store.codec.RecordCodec;
import dev.ashlar.store.folder.StateFolder;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The journal in the state folder's database: write-ahead log, every commit forced to the disk.
///
/// Safe for use by many threads. Appends that arrive while one is being committed share the next
/// commit. A crash right after `append` returns loses nothing; a crash inside it leaves all of its
/// records or none. After a failed append nothing more is accepted, as nobody knows what the disk
/// holds: open it again.
///
/// Every method throws [StoreException] when the file is damaged or the disk refuses.
public final class SqliteJournal implements Journal {
    /// Fewer records than that are read in no time.
    private static final int CHECKPOINT_AFTER = 1_000;

    private final StateFolder folder;
    private final Optional<GroupCommit> writer;

    private SqliteJournal(StateFolder folder, Optional<GroupCommit> writer) {
        this.folder = folder;
        this.writer = writer;
    }

    /// Opens the journal to read and append; makes it when it is not there. The caller holds the
    /// [dev.ashlar.store.folder.ControllerLock].
    public static SqliteJournal open(StateFolder folder) {
        Connection connection = Database.openOrMake(folder);
        try {
            Head head = Head.read(folder.database(), connection);
            return new SqliteJournal(
                    folder, Optional.of(new GroupCommit(folder.database(), connection, head)));
        } catch (SQLException e) {
            throw Database.failure(folder.database(), e);
        }
    }

    /// Opens the journal to read only, while another process may be appending. Empty when there is
    /// none yet. It may lie where this process cannot write.
    public static Optional<SqliteJournal> openToRead(StateFolder folder) {
        if (!Files.exists(folder.database())) {
            return Optional.empty();
        }
        Database.read(folder, connection -> Head.read(folder.database(), connection));
        return Optional.of(new SqliteJournal(folder, Optional.empty()));
    }

    /// Readies what takes longest before a first journal can be read: the database's native
    /// library, and the reader of records. Changes nothing but the time of what follows.
    public static void preload() {
        try {
            Database.preload();
        } catch (SQLException _) {
            // Who opens a journal meets the same, and says so.
        }
        RecordCodec.decode(RecordCodec.encode(new RunEnded(0, "", 0, 0, 0, 0, false, 0)));
    }

    @Override
    public void append(List<JournalRecord> records) {
        if (!records.isEmpty()) {
            writer().append(records.stream().map(RecordCodec::encode).toList());
        }
    }

    /// The reader sees the state of one moment. It may append.
    @Override
    public void readAfter(long number, Numbered reader) {
        // Where a reading may turn out to be in vain nothing is handed on before its end.
        SequencedMap<Long, JournalRecord> held = new LinkedHashMap<>();
        Numbered first = Database.canLock(folder) ? reader : held::put;
        Database.read(
                        folder,
                        connection -> {
                            held.clear();
                            RecordReader.read(folder, connection, number, _ -> true, first);
                            return held;
                        })
                .forEach(reader::accept);
    }

    /// Appends records of another copy of this state as they were written there.
    ///
    /// @throws StoreException when one of them is none, and then none is appended
    public void appendCopied(List<String> texts) {
        for (String text : texts) {
            try {
                RecordCodec.decode(text);
            } catch (MalformedException e) {
                throw new StoreException(
                        Kind.DAMAGED, "the copy holds a record that is none: " + e.getMessage(), e);
            }
        }
        if (!texts.isEmpty()) {
            writer().append(texts);
        }
    }

    /// The records after one number up to another, as they were written.
    public void readTexts(long after, long upTo, TextReader reader) {
        Database.read(
                folder,
                connection -> {
                    RecordReader.readTexts(
                            folder,
                            connection,
                            after,
                            upTo,
                            (number, text, _) -> reader.accept(number, text));
                    return true;
                });
    }

    /// The records up to a number as they were written, each with its checksum; all that there are
    /// have been held against theirs.
    public void readWritten(long upTo, WrittenReader reader) {
        // Where a reading may turn out to be in vain nothing is handed on before its end.
        List<Runnable> held = new ArrayList<>();
        WrittenReader first =
                Database.canLock(folder)
                        ? reader
                        : (number, text, checksum) ->
                                held.add(() -> reader.accept(number, text, checksum));
        Database.read(
                folder,
                connection -> {
                    held.clear();
                    RecordReader.readTexts(folder, connection, 0, upTo, first);
                    return true;
                });
        held.forEach(Runnable::run);
    }

    /// Takes a record with its number, as it was written, and its checksum of 32 bytes.
    @FunctionalInterface
    public interface WrittenReader {
        void accept(long number, String text, byte[] checksum);
    }

    /// Takes a record with its number, as it was written.
    @FunctionalInterface
    public interface TextReader {
        void accept(long number, String text);
    }

    /// Every record about an instance, oldest first. Goes through the whole journal.
    public List<JournalRecord> about(InstanceKey key) {
        String trace = RecordCodec.trace(key);
        List<JournalRecord> about = new ArrayList<>();
        Database.read(
                folder,
                connection -> {
                    about.clear();
                    RecordReader.read(
                            folder,
                            connection,
                            0,
                            text -> text.contains(trace),
                            (_, entry) -> about.add(entry));
                    return true;
                });
        about.removeIf(entry -> !entry.instance().equals(Optional.of(key)));
        return about;
    }

    /// Holds every record since the newest checkpoint against its checksum: what whoever reads the
    /// journal would go through.
    public void check() {
        Database.read(
                folder,
                connection -> {
                    long after = Checkpoints.reach(connection).record();
                    RecordReader.readTexts(
                            folder, connection, after, Long.MAX_VALUE, (_, _, _) -> {});
                    return true;
                });
    }

    /// The newest checkpoint that was kept, if there is one that this version can go on from.
    public Optional<Checkpoint> checkpoint() {
        return Database.read(folder, Checkpoints::read);
    }

    /// True when so many records have come since the last checkpoint that going through them takes
    /// longer than another one does.
    public boolean isCheckpointDue() {
        return Database.read(
                folder,
                connection -> {
                    long records = Head.read(folder.database(), connection).count();
                    Checkpoints.Reach reach = Checkpoints.reach(connection);
                    return records - reach.record() >= Math.max(CHECKPOINT_AFTER, reach.lines());
                });
    }

    /// Keeps a checkpoint after the last record, in the place of an earlier one; leaves it at that
    /// where it is after another record. A crash inside leaves the earlier one.
    public void keep(Checkpoint checkpoint) {
        writer().keep(checkpoint);
    }

    /// Written with the next append, or when the journal is closed.
    @Override
    public void keepLog(String intent, String log) {
        writer().keepLog(intent, log);
    }

    @Override
    public Optional<String> log(String intent) {
        Optional<String> pending = writer.flatMap(w -> w.pendingLog(intent));
        if (pending.isPresent()) {
            return pending;
        }
        return Database.read(folder, connection -> Logs.read(connection, intent));
    }

    /// A place in the journal: the number of a record, and the checksum that covers it and all
    /// before it, 64 hexadecimal digits.
    public record Mark(long number, String checksum) {}

    /// The last record; number 0 where there is none.
    public Mark newest() {
        Head head = Database.read(folder, connection -> Head.read(folder.database(), connection));
        return new Mark(head.count(), HexFormat.of().formatHex(head.chain()));
    }

    /// The checksum of a record, if there is one of that number.
    public Optional<String> checksum(long number) {
        return Database.read(folder, connection -> RecordReader.chain(connection, number))
                .map(HexFormat.of()::formatHex);
    }

    @Override
    public void close() {
        writer.ifPresent(GroupCommit::close);
    }

    private GroupCommit writer() {
        return writer.orElseThrow(() ->
                new StoreException(
                        Kind.OTHER_WRITER, folder.database() + " was opened to be read only"));
    }
}
