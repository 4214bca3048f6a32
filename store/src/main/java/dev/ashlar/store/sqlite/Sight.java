package dev.ashlar.store.sqlite;

import dev.ashlar.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/// How a database's file and its write-ahead log look from outside.
///
/// @param logBytes what waits in the log; 0 when there is none
record Sight(long bytes, FileTime written, long logBytes) {

    static Sight of(Path file) {
        try {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
            return new Sight(seen.size(), seen.lastModifiedTime(), logBytes(file));
        } catch (IOException e) {
            throw StoreException.refused(file, "cannot be read", e);
        }
    }

    private static long logBytes(Path file) throws IOException {
        try {
            return Files.size(log(file));
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    static Path log(Path file) {
        return beside(file, "-wal");
    }

    static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    boolean isLogged() {
        return logBytes > 0;
    }

    /// True while what was read under this sight is of one moment. Through a log's index SQLite
    /// itself sees to that, as long as the log is there.
    boolean holds(Path file) {
        Sight now = of(file);
        return isLogged() ? now.isLogged() : equals(now);
    }
}
