package dev.ashlar.store.sqlite;

import dev.ashlar.model.journal.Journal;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.codec.MalformedException;
import dev.ashlar.store.codec.Pool;
import dev.ashlar.store.codec.RecordCodec;
import dev.ashlar.store.folder.StateFolder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads records in order and checks each against its checksum and the last against the head.
final class RecordReader {
    private RecordReader() {}

    /// @param wanted the texts of those that are handed on; all are checked
    static void read(
            StateFolder folder,
            Connection connection,
            long after,
            Predicate<String> wanted,
            Journal.Numbered reader)
            throws SQLException {
        Path file = folder.database();
        Pool pool = new Pool();
        readTexts(
                folder,
                connection,
                after,
                Long.MAX_VALUE,
                (number, body, _) -> {
                    if (wanted.test(body)) {
                        reader.accept(number, decode(file, number, body, pool));
                    }
                });
    }

    static void readTexts(
            StateFolder folder,
            Connection connection,
            long after,
            long upTo,
            SqliteJournal.WrittenReader reader)
            throws SQLException {
        // One read transaction: the head and the records are of the same moment.
        connection.createStatement().execute("BEGIN DEFERRED");
        Path file = folder.database();
        Head head = Head.read(file, connection);
        if (after >= head.count()) {
            return;
        }
        byte[] chain = after <= 0 ? Chain.start(folder.lineage()) : null;
        long expected = Math.max(after, 1);
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT number, body, chain FROM records WHERE number >= ? ORDER BY number")) {
            select.setLong(1, expected);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    long number = rows.getLong(1);
                    String body = rows.getString(2);
                    byte[] stored = rows.getBytes(3);
                    boolean intact =
                            number == expected
                                    && (chain == null
                                            || Arrays.equals(
                                                    stored, Chain.next(chain, number, body)));
                    if (!intact) {
                        throw StoreException.damaged(
                                file, "record %d is not as it was written".formatted(expected));
                    }
                    if (number > after && number <= upTo) {
                        reader.accept(number, body, stored);
                    }
                    chain = stored;
                    expected++;
                }
            }
        }
        if (expected != head.count() + 1) {
            throw StoreException.damaged(file, "record %d is missing".formatted(expected));
        }
    }

    static Optional<byte[]> chain(Connection connection, long number) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT chain FROM records WHERE number = ?")) {
            select.setLong(1, number);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        }
    }

    private static JournalRecord decode(Path file, long number, String body, Pool pool) {
        try {
            return RecordCodec.decode(body, pool);
        } catch (MalformedException e) {
            throw StoreException.damaged(
                    file, "record %d cannot be read (%s)".formatted(number, e.getMessage()));
        }
    }
}
