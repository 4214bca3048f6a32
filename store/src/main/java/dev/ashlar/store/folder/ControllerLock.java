package dev.ashlar.store.folder;

import dev.ashlar.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The right to change a cluster, held by one process of this host at a time. The kernel gives it
/// back when the process ends, however it ends.
///
/// Who holds it is written in a file of its own: a process that closes any handle of the locked
/// file loses its lock on it, so the locked file is opened for nothing else.
public final class ControllerLock implements AutoCloseable {
    /// A look by another process takes the lock for less than a millisecond; a taker waits for it.
    private static final int TRIES = 5;

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final Path holderFile;
    private final FileChannel channel;

    private ControllerLock(Path file, Path holderFile, FileChannel channel) {
        this.file = file;
        this.holderFile = holderFile;
        this.channel = channel;
    }

    /// Who holds a lock.
    ///
    /// @param since to the second, rounded down
    public record Holder(long pid, String host, Instant since) {
        @Override
        public String toString() {
            return "process %d on %s since %s".formatted(pid, host, since);
        }
    }

    /// What came of trying.
    public sealed interface Attempt {
        record Taken(ControllerLock lock) implements Attempt {}

        /// @param holder unknown in the moment between taking the lock and signing it
        record Refused(Optional<Holder> holder) implements Attempt {}
    }

    /// Tries to take the lock; waits for nobody.
    public static synchronized Attempt take(StateFolder folder) {
        Path file = folder.lockFile().toAbsolutePath().normalize();
        if (!HELD_HERE.add(file)) {
            return new Attempt.Refused(read(folder.holderFile()));
        }
        boolean taken = false;
        FileChannel channel = null;
        try {
            channel = open(file);
            boolean free = false;
            for (int i = 0; i < TRIES && !free; i++) {
                free = channel.tryLock() != null;
                if (!free) {
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
            if (!free) {
                return new Attempt.Refused(read(folder.holderFile()));
            }
            sign(folder.holderFile());
            taken = true;
            return new Attempt.Taken(new ControllerLock(file, folder.holderFile(), channel));
        } catch (IOException e) {
            throw unusable(file, e);
        } finally {
            if (!taken) {
                letGo(file, channel);
            }
        }
    }

    private static void letGo(Path file, @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException _) {
            // Nothing was written to it.
        } finally {
            HELD_HERE.remove(file);
        }
    }

    /// Who holds the lock now; empty when nobody does. Needs no right to write.
    public static synchronized Optional<Holder> holder(StateFolder folder) {
        Path file = folder.lockFile().toAbsolutePath().normalize();
        if (HELD_HERE.contains(file)) {
            return read(folder.holderFile());
        }
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        // Shared: lookers do not meet each other, and the file need not be written to.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                FileLock lock = channel.tryLock(0, 1, true)) {
            return lock != null ? Optional.empty() : read(folder.holderFile());
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /// Gives the lock back.
    @Override
    public void close() {
        try {
            Files.deleteIfExists(holderFile);
            channel.close();
        } catch (IOException e) {
            throw unusable(file, e);
        } finally {
            HELD_HERE.remove(file);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static void sign(Path holderFile) throws IOException {
        Path fresh = Files.createTempFile(holderFile.getParent(), "holder", ".new");
        try {
            Files.write(
                    fresh,
                    List.of(
                            Long.toString(ProcessHandle.current().pid()),
                            hostName(),
                            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
            Files.move(fresh, holderFile, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static Optional<Holder> read(Path holderFile) {
        try {
            List<String> lines = Files.readAllLines(holderFile);
            return lines.size() < 3
                    ? Optional.empty()
                    : Optional.of(
                            new Holder(
                                    Long.parseLong(lines.get(0)),
                                    lines.get(1),
                                    Instant.parse(lines.get(2))));
        } catch (IOException | NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /// What this machine is called, without asking anybody else.
    public static String hostName() {
        // Not InetAddress: that may ask a name server and wait for it.
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "this host";
        }
    }

    private static StoreException unusable(Path file, IOException e) {
        return StoreException.refused(file, "cannot be used", e);
    }
}
