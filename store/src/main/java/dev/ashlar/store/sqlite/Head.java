package dev.ashlar.store.sqlite;

import dev.ashlar.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/// How many records there are and the checksum of the last one: what shows that the end of the
/// journal has not been cut off.
record Head(long count, byte[] chain) {

    /// Reads it and holds it against the last record.
    static Head read(Path file, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                """
                                SELECT head.count, head.chain, records.chain,
                                       (SELECT max(number) FROM records)
                                FROM head LEFT JOIN records ON records.number = head.count
                                """)) {
            if (!row.next()) {
                throw StoreException.damaged(file, "it does not say how many records it has");
            }
            Head head = new Head(row.getLong(1), row.getBytes(2));
            byte[] last = row.getBytes(3);
            long highest = row.getLong(4);
            if (highest != head.count) {
                throw StoreException.damaged(
                        file,
                        "it should have %d records and ends at number %d"
                                .formatted(head.count, highest));
            }
            if (head.count > 0 && !Arrays.equals(last, head.chain)) {
                throw StoreException.damaged(
                        file, "the checksum of its last record, %d, differs".formatted(head.count));
            }
            return head;
        }
    }

    /// Replaces this head by the next, unless the file's is another one.
    ///
    /// @return false when another process has written meanwhile
    boolean replaceBy(Head next, Connection connection) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        "UPDATE head SET count = ?, chain = ? WHERE count = ? AND chain = ?")) {
            update.setLong(1, next.count);
            update.setBytes(2, next.chain);
            update.setLong(3, count);
            update.setBytes(4, chain);
            return update.executeUpdate() == 1;
        }
    }
}
