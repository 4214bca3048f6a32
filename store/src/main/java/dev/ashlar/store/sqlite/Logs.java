package dev.ashlar.store.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/// What work printed. Each log is bounded, and so are all of them together: the oldest go first.
final class Logs {
    /// Of one log: the first and the last so many bytes are kept.
    static final int HEAD_BYTES = 64 << 10;

    static final int TAIL_BYTES = 448 << 10;

    /// Of all logs.
    static final long TOTAL_BYTES = 64L << 20;

    private Logs() {}

    /// The log as it is kept, UTF-8; what is left out is said in its place.
    static byte[] bounded(String log) {
        byte[] all = log.getBytes(StandardCharsets.UTF_8);
        if (all.length <= HEAD_BYTES + TAIL_BYTES) {
            return all;
        }
        int left = all.length - HEAD_BYTES - TAIL_BYTES;
        String text =
                new String(all, 0, HEAD_BYTES, StandardCharsets.UTF_8)
                        + "\n["
                        + left
                        + " bytes left out]\n"
                        + new String(
                                all, all.length - TAIL_BYTES, TAIL_BYTES, StandardCharsets.UTF_8);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static void write(Connection connection, String intent, byte[] text) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT OR REPLACE INTO logs (intent, text) VALUES (?, ?)")) {
            insert.setString(1, intent);
            insert.setBytes(2, text);
            insert.executeUpdate();
        }
    }

    static void dropOldest(Connection connection, long totalBytes) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement(
                        """
                        DELETE FROM logs WHERE number IN (
                          SELECT number FROM (
                            SELECT number, sum(length(text)) OVER (ORDER BY number DESC) AS size
                            FROM logs)
                          WHERE size > ?)
                        """)) {
            delete.setLong(1, totalBytes);
            delete.executeUpdate();
        }
    }

    static long totalBytes(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT coalesce(sum(length(text)), 0) FROM logs")) {
            row.next();
            return row.getLong(1);
        }
    }

    static Optional<String> read(Connection connection, String intent) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT text FROM logs WHERE intent = ?")) {
            select.setString(1, intent);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new String(row.getBytes(1), StandardCharsets.UTF_8))
                        : Optional.empty();
            }
        }
    }
}
