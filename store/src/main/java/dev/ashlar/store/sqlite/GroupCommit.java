package dev.ashlar.store.sqlite;

import dev.ashlar.model.journal.Checkpoint;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.StoreException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The writing side. Whoever comes first commits for all who have come meanwhile: many threads
/// share one forced write. `commit` guards the connection, the head and the log size; `waiting` and
/// `logs` are guarded by `this`.
final class GroupCommit {
    private final Path file;
    private final Connection connection;
    private final Optional<Object> identity;
    private final ReentrantLock commit = new ReentrantLock();
    private List<Batch> waiting = new ArrayList<>();
    private SequencedMap<String, byte[]> logs = new LinkedHashMap<>();
    private Head head;
    private long logBytes;
    private @Nullable StoreException broken;

    GroupCommit(Path file, Connection connection, Head head) throws SQLException {
        this.file = file;
        this.connection = connection;
        this.head = head;
        this.logBytes = Logs.totalBytes(connection);
        this.identity = identity(file);
    }

    /// One caller's records; done or failed once `commit` was held after it was queued.
    private static final class Batch {
        final List<String> bodies;
        final List<byte[]> chains = new ArrayList<>();
        boolean durable;

        Batch(List<String> bodies) {
            this.bodies = bodies;
        }
    }

    void append(List<String> bodies) {
        Batch batch = new Batch(bodies);
        synchronized (this) {
            waiting.add(batch);
        }
        commit.lock();
        try {
            if (!batch.durable) {
                commitWaiting();
            }
        } finally {
            commit.unlock();
        }
    }

    synchronized void keepLog(String intent, String log) {
        logs.put(intent, Logs.bounded(log));
    }

    synchronized Optional<String> pendingLog(String intent) {
        return Optional.ofNullable(logs.get(intent))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    void close() {
        commit.lock();
        try (connection) {
            if (broken == null) {
                commitWaiting();
            }
        } catch (SQLException e) {
            throw Database.failure(file, e);
        } finally {
            commit.unlock();
        }
    }

    private void commitWaiting() {
        if (broken != null) {
            throw broken;
        }
        List<Batch> batches;
        Map<String, byte[]> newLogs;
        synchronized (this) {
            batches = waiting;
            newLogs = logs;
            waiting = new ArrayList<>();
            logs = new LinkedHashMap<>();
        }
        try {
            requireInPlace();
            head = write(batches, newLogs);
            batches.forEach(b -> b.durable = true);
        } catch (SQLException e) {
            broken = Database.failure(file, e);
            throw broken;
        } catch (StoreException e) {
            broken = e;
            throw e;
        }
    }

    /// What is written to a file that nobody will find is not on record.
    private void requireInPlace() {
        if (!identity.equals(identity(file))) {
            throw new StoreException(
                    Kind.OTHER_WRITER,
                    file
                            + " was moved away or removed while it was in use. Nothing more is written;"
                            + " put the folder back, then start again");
        }
    }

    private static Optional<Object> identity(Path file) {
        try {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.ofNullable(seen.fileKey());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private Head write(List<Batch> batches, Map<String, byte[]> newLogs) throws SQLException {
        Head next = link(batches);
        atOnce(() -> {
            if (!head.replaceBy(next, connection)) {
                throw new StoreException(
                        Kind.OTHER_WRITER,
                        file
                                + " was written to by another process. Nothing more is written"
                                + " by this one; look at `ashlar runs`, then start again");
            }
            insert(batches);
            writeLogs(newLogs);
        });
        return next;
    }

    /// Keeps what the records up to the last one come to, in the place of an earlier one.
    void keep(Checkpoint checkpoint) {
        commit.lock();
        try {
            if (broken == null && checkpoint.records() == head.count()) {
                requireInPlace();
                atOnce(() -> Checkpoints.write(connection, checkpoint, head.chain()));
            }
        } catch (SQLException e) {
            throw Database.failure(file, e);
        } finally {
            commit.unlock();
        }
    }

    private interface Change {
        void make() throws SQLException;
    }

    private void atOnce(Change change) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("BEGIN IMMEDIATE");
            try {
                change.make();
                statement.executeUpdate("COMMIT");
            } catch (SQLException | StoreException e) {
                rollBack(statement, e);
                throw e;
            }
        }
    }

    /// Gives every record its checksum.
    private Head link(List<Batch> batches) {
        long number = head.count();
        byte[] chain = head.chain();
        for (Batch batch : batches) {
            for (String body : batch.bodies) {
                chain = Chain.next(chain, ++number, body);
                batch.chains.add(chain);
            }
        }
        return new Head(number, chain);
    }

    private void insert(List<Batch> batches) throws SQLException {
        long number = head.count();
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO records VALUES (?, ?, ?)")) {
            for (Batch batch : batches) {
                for (int i = 0; i < batch.bodies.size(); i++) {
                    insert.setLong(1, ++number);
                    insert.setString(2, batch.bodies.get(i));
                    insert.setBytes(3, batch.chains.get(i));
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private void writeLogs(Map<String, byte[]> newLogs) throws SQLException {
        for (var log : newLogs.entrySet()) {
            Logs.write(connection, log.getKey(), log.getValue());
            logBytes += log.getValue().length;
        }
        if (logBytes > Logs.TOTAL_BYTES) {
            // Half as much again is dropped at once, so that this is rare.
            Logs.dropOldest(connection, Logs.TOTAL_BYTES / 2);
            logBytes = Logs.totalBytes(connection);
        }
    }

    private static void rollBack(Statement statement, Exception why) {
        try {
            statement.executeUpdate("ROLLBACK");
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }
}
