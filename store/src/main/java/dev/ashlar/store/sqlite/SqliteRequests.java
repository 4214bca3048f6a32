package dev.ashlar.store.sqlite;

import dev.ashlar.store.Requests;
import dev.ashlar.store.folder.StateFolder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Requests in the state's database, so that a running `up` is reached without a server.
public final class SqliteRequests implements Requests {
    /// Older ones are deleted.
    private static final int KEPT = 1_000;

    private final Path file;
    private final Connection connection;
    private long version;

    private SqliteRequests(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /// Opens the requests of a cluster; makes the database when it is not there.
    public static SqliteRequests open(StateFolder folder) {
        return new SqliteRequests(folder.database(), Database.openOrMake(folder));
    }

    @Override
    public long append(String kind, String argument) {
        try (PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO requests (kind, argument) VALUES (?, ?) RETURNING number");
                Statement trim = connection.createStatement()) {
            insert.setString(1, kind);
            insert.setString(2, argument);
            long number;
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                number = row.getLong(1);
            }
            trim.executeUpdate("DELETE FROM requests WHERE number <= " + (number - KEPT));
            return number;
        } catch (SQLException e) {
            throw Database.failure(file, e);
        }
    }

    @Override
    public boolean turn(long number, String kind, String into) {
        try (PreparedStatement update =
                connection.prepareStatement(
                        "UPDATE requests SET kind = ? WHERE number = ? AND kind = ?")) {
            update.setString(1, into);
            update.setLong(2, number);
            update.setString(3, kind);
            return update.executeUpdate() == 1;
        } catch (SQLException e) {
            throw Database.failure(file, e);
        }
    }

    @Override
    public long last() {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT coalesce(max(number), 0) FROM requests")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw Database.failure(file, e);
        }
    }

    @Override
    public boolean stirred() {
        try {
            long now = Database.pragma(connection, "data_version");
            boolean moved = now != version;
            version = now;
            return moved;
        } catch (SQLException e) {
            throw Database.failure(file, e);
        }
    }

    @Override
    public List<Request> after(long number) {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "SELECT number, kind, argument FROM requests WHERE number > ? ORDER BY number")) {
            select.setLong(1, number);
            List<Request> all = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    all.add(new Request(rows.getLong(1), rows.getString(2), rows.getString(3)));
                }
            }
            return List.copyOf(all);
        } catch (SQLException e) {
            throw Database.failure(file, e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw Database.failure(file, e);
        }
    }
}
