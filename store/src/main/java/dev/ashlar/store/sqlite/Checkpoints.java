package dev.ashlar.store.sqlite;

import dev.ashlar.model.journal.Checkpoint;
import dev.ashlar.store.codec.CheckpointCodec;
import dev.ashlar.store.codec.MalformedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The newest checkpoint, line by line. Its checksums go on from that of the record that it stands
/// after, so one of another journal, of other records, or one that was changed is none. Whoever
/// finds none reads the records.
final class Checkpoints {
    private static final String TABLE =
            "CREATE TABLE IF NOT EXISTS checkpoint (line INTEGER PRIMARY KEY, body TEXT NOT NULL, chain BLOB NOT NULL, record INTEGER NOT NULL) STRICT";

    private Checkpoints() {}

    /// How far the journal is gone through by the checkpoint, and in how many lines.
    record Reach(long record, long lines) {
        static final Reach NONE = new Reach(0, 0);
    }

    static Reach reach(Connection connection) throws SQLException {
        if (!isThere(connection)) {
            return Reach.NONE;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT coalesce(max(record), 0), count(*) FROM checkpoint")) {
            row.next();
            return new Reach(row.getLong(1), row.getLong(2));
        }
    }

    private static boolean isThere(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'checkpoint'")) {
            return row.next();
        }
    }

    static Optional<Checkpoint> read(Connection connection) throws SQLException {
        if (!isThere(connection)) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>();
        byte[] chain = new byte[0];
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT line, body, chain, record FROM checkpoint ORDER BY line")) {
            while (rows.next()) {
                if (lines.isEmpty()) {
                    Optional<byte[]> record = RecordReader.chain(connection, rows.getLong(4));
                    if (record.isEmpty()) {
                        return Optional.empty();
                    }
                    chain = start(record.get());
                }
                String body = rows.getString(2);
                chain = Chain.next(chain, rows.getLong(1), body);
                if (!Arrays.equals(chain, rows.getBytes(3))) {
                    return Optional.empty();
                }
                lines.add(body);
            }
        }
        try {
            return lines.isEmpty() ? Optional.empty() : CheckpointCodec.decode(lines);
        } catch (MalformedException _) {
            return Optional.empty();
        }
    }

    private static byte[] start(byte[] record) {
        return Chain.start("checkpoint after " + HexFormat.of().formatHex(record));
    }

    /// In the caller's transaction.
    ///
    /// @param record the checksum of the record that it stands after
    static void write(Connection connection, Checkpoint checkpoint, byte[] record)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(TABLE);
            statement.executeUpdate("DELETE FROM checkpoint");
        }
        byte[] chain = start(record);
        long line = 0;
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO checkpoint VALUES (?, ?, ?, ?)")) {
            for (String body : CheckpointCodec.encode(checkpoint)) {
                chain = Chain.next(chain, line, body);
                insert.setLong(1, line++);
                insert.setString(2, body);
                insert.setBytes(3, chain);
                insert.setLong(4, checkpoint.records());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
