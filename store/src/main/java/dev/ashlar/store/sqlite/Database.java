package dev.ashlar.store.sqlite;

import dev.ashlar.store.StoreException;
import dev.ashlar.store.StoreException.Kind;
import dev.ashlar.store.folder.StateFolder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/// The file: how it is made, recognised and opened. It is made aside and linked into place, so a
/// file that is there has its tables; an empty one is damage.
final class Database {
    /// `ASHL`, in the file's header: tells our files from others.
    private static final int APPLICATION_ID = 0x4153484C;

    /// Raised when an older Ashlar would misread the tables.
    private static final int SCHEMA = 1;

    /// How long a writer waits for another process's transaction.
    private static final int BUSY_TIMEOUT_MS = 10_000;

    /// How often a file that nobody can lock is read before its last reading is taken as it is.
    private static final int READINGS = 3;

    private static final String TABLES =
            """
            CREATE TABLE records (number INTEGER PRIMARY KEY, body TEXT NOT NULL, chain BLOB NOT NULL) STRICT;
            CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), count INTEGER NOT NULL, chain BLOB NOT NULL, lineage TEXT NOT NULL) STRICT;
            CREATE TABLE logs (number INTEGER PRIMARY KEY AUTOINCREMENT, intent TEXT NOT NULL UNIQUE, text BLOB NOT NULL) STRICT;
            CREATE TABLE requests (number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, argument TEXT NOT NULL) STRICT;
            """;

    private Database() {}

    /// A connection to the state's file, which is made when it is not there.
    static Connection openOrMake(StateFolder folder) {
        if (!Files.exists(folder.database())) {
            make(folder);
        }
        return open(folder);
    }

    /// A connection to the state's file, which is there.
    static Connection open(StateFolder folder) {
        return open(folder, Database::connect);
    }

    /// What is read from the state's file, which is there. It may lie where this process cannot
    /// write: on a medium or mount that is read only or full, in another's folder. There nothing
    /// can be locked, so when the file turns out to have been written to meanwhile it is read once
    /// more.
    static <T> T read(StateFolder folder, Reading<T> reading) {
        return canLock(folder)
                ? read(folder, Database::connect, reading)
                : readUnlocked(folder, reading);
    }

    static boolean canLock(StateFolder folder) {
        return Files.isWritable(folder.path())
                && Files.isWritable(folder.database())
                && !StoreException.isFull(folder.database());
    }

    static <T> T readUnlocked(StateFolder folder, Reading<T> reading) {
        for (int left = READINGS; ; left--) {
            Sight sight = Sight.of(folder.database());
            try {
                T result = read(folder, file -> connectReadOnly(file, sight), reading);
                if (left == 1 || sight.holds(folder.database())) {
                    return result;
                }
            } catch (StoreException e) {
                if (left == 1 || sight.holds(folder.database())) {
                    throw e;
                }
            }
        }
    }

    /// Takes what it reads from one connection; may be called again when that was in vain.
    interface Reading<T> {
        T from(Connection connection) throws SQLException;
    }

    private static <T> T read(StateFolder folder, Connecting connecting, Reading<T> reading) {
        try (Connection connection = open(folder, connecting)) {
            return reading.from(connection);
        } catch (SQLException e) {
            throw failure(folder.database(), e);
        }
    }

    private interface Connecting {
        Connection connect(Path file) throws SQLException, IOException;
    }

    private static Connection open(StateFolder folder, Connecting connecting) {
        Path file = folder.database();
        Connection connection = null;
        try {
            if (Files.size(file) == 0) {
                throw StoreException.damaged(file, "it is empty");
            }
            connection = connecting.connect(file);
            check(folder, connection);
            return connection;
        } catch (SQLException e) {
            closeQuietly(connection);
            throw failure(file, e);
        } catch (IOException e) {
            throw StoreException.refused(file, "cannot be read", e);
        } catch (StoreException e) {
            closeQuietly(connection);
            throw e;
        }
    }

    private static void make(StateFolder folder) {
        try {
            Path fresh = Files.createTempFile(folder.path(), "state", ".new");
            try (Connection connection = connect(fresh);
                    Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                statement.executeUpdate("BEGIN");
                statement.executeUpdate("PRAGMA application_id = " + APPLICATION_ID);
                statement.executeUpdate("PRAGMA user_version = " + SCHEMA);
                for (String table : TABLES.split(";\n")) {
                    statement.executeUpdate(table);
                }
                statement.executeUpdate(
                        "INSERT INTO head VALUES (1, 0, x'%s', '%s')"
                                .formatted(
                                        HexFormat.of().formatHex(Chain.start(folder.lineage())),
                                        folder.lineage()));
                statement.executeUpdate("COMMIT");
            } catch (SQLException e) {
                Files.deleteIfExists(fresh);
                throw failure(folder.database(), e);
            }
            try {
                Files.createLink(folder.database(), fresh);
            } catch (FileAlreadyExistsException e) {
                // Another process was faster; its file is as good.
            } finally {
                Files.delete(fresh);
            }
        } catch (IOException e) {
            throw StoreException.refused(folder.database(), "cannot be made", e);
        }
    }

    /// Loads the native library, by a database that is nowhere.
    static void preload() throws SQLException {
        new SQLiteConfig().createConnection("jdbc:sqlite::memory:").close();
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        return connect(file, config, "");
    }

    /// By address: a path may hold any sign, also those that begin options.
    private static Connection connect(Path file, SQLiteConfig config, String options)
            throws SQLException {
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.setOpenMode(SQLiteOpenMode.OPEN_URI);
        String address = file.toAbsolutePath().toUri().getRawPath();
        return config.createConnection("jdbc:sqlite:file:" + address + options);
    }

    /// Where nothing waits in the write-ahead log the file alone is the whole truth, and is read
    /// without any help beside it. Otherwise the log's index must be there, for nobody can make it.
    private static Connection connectReadOnly(Path file, Sight sight) throws SQLException {
        if (sight.isLogged() && !Files.exists(Sight.beside(file, "-shm"))) {
            throw new StoreException(
                    Kind.DISK,
                    ("%s was cut off in the middle of writing (%s holds the rest), and nothing can"
                                    + " be written where it lies. Copy the cluster's folder to"
                                    + " where you can write, and name the copy")
                            .formatted(file, Sight.log(file).getFileName()));
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return connect(file, config, sight.isLogged() ? "?mode=ro" : "?mode=ro&immutable=1");
    }

    private static void check(StateFolder folder, Connection connection) throws SQLException {
        Path file = folder.database();
        if (pragma(connection, "application_id") != APPLICATION_ID) {
            throw new StoreException(
                    Kind.FOREIGN,
                    file
                            + " is a database, but not one of Ashlar's. Nothing was changed. Move it"
                            + " away if it does not belong there");
        }
        long schema = pragma(connection, "user_version");
        if (schema > SCHEMA) {
            throw new StoreException(
                    Kind.NEWER,
                    "%s was written by a later version of Ashlar (form %d, this one knows %d). Use that version; nothing was changed"
                            .formatted(file, schema, SCHEMA));
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT lineage FROM head")) {
            String lineage = row.next() ? row.getString(1) : "none";
            if (!folder.lineage().equals(lineage)) {
                throw new StoreException(
                        Kind.FOREIGN,
                        "%s belongs to another cluster's state (lineage %s, the folder's is %s). Nothing was changed. Put the whole folder back, not single files of it"
                                .formatted(file, lineage, folder.lineage()));
            }
        }
    }

    static long pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            row.next();
            return row.getLong(1);
        }
    }

    /// What an error of SQLite means to a person.
    static StoreException failure(Path file, SQLException e) {
        SQLiteErrorCode code =
                e instanceof SQLiteException sqlite
                        ? sqlite.getResultCode()
                        : SQLiteErrorCode.UNKNOWN_ERROR;
        return switch (code.code & 0xff) {
            case 11, 26 -> StoreException.damaged(file, "SQLite says " + code.message);
            case 1 -> StoreException.damaged(file, "its tables are not as expected");
            case 13 -> StoreException.full(file, e);
            case 3, 8 -> unwritable(file, e);
            // Not every error of a full disk says so: the index of the write-ahead log cannot grow.
            default ->
                    StoreException.isFull(file)
                            ? StoreException.full(file, e)
                            : new StoreException(
                                    Kind.DISK,
                                    "%s cannot be used: %s (%s)"
                                            .formatted(file, code.message, code.name()),
                                    e);
        };
    }

    /// SQLite does not tell a disk that is read-only from a file that is another user's.
    private static StoreException unwritable(Path file, SQLException e) {
        String what = "cannot be written";
        try {
            boolean readOnly = Files.getFileStore(file).isReadOnly();
            return StoreException.refused(
                    file,
                    what,
                    readOnly
                            ? new IOException("the disk is read-only", e)
                            : new AccessDeniedException(file.toString()));
        } catch (IOException unknown) {
            return StoreException.refused(file, what, unknown);
        }
    }

    private static void closeQuietly(@org.jspecify.annotations.Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // The reason why it is closed is the one to tell.
            }
        }
    }
}
