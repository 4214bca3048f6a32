package dev.ashlar.store.sqlite;

import dev.ashlar.model.journal.Journal;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.StoreException.Kind;
import dev.ashlar.store.codec.RecordCodec;
import dev.ashlar.store.folder.StateFolder;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
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
                            RecordReader.read(folder, connection, number, first);
                            return held;
                        })
                .forEach(reader::accept);
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
