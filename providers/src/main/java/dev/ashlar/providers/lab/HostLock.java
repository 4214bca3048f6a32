package dev.ashlar.providers.lab;

import dev.ashlar.model.node.Provider;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// Mutual exclusion between threads of this process and all processes of the host, by a lock file.
/// The kernel drops the lock when its holder dies. Not reentrant across different names held in
/// different orders: take a machine's lock before the lab's, the lab's before the host's.
///
/// Lock files are never deleted: a file that is deleted while someone waits on it locks nothing.
final class HostLock {
    /// Runtime state shared by all labs of the host, wherever each keeps its own.
    static final Path RUNTIME = Path.of("/run/ashlar-lab");

    private static final ConcurrentHashMap<Path, ReentrantLock> HERE = new ConcurrentHashMap<>();
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private HostLock() {}

    /// Work that is done under a lock.
    interface Guarded<T> {
        T run() throws LabFault;
    }

    /// Runs `work` while no one else on this host holds `name`.
    static <T> T holding(String name, Duration bound, Guarded<T> work) throws LabFault {
        Path file = RUNTIME.resolve(name + ".lock");
        ReentrantLock here = HERE.computeIfAbsent(file, _ -> new ReentrantLock());
        long deadline = System.nanoTime() + bound.toNanos();
        if (!acquired(here, bound)) {
            throw late(name, bound);
        }
        try {
            if (here.getHoldCount() > 1) {
                return work.run();
            }
            Files.createDirectories(RUNTIME);
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                FileLock lock = channel.tryLock();
                while (lock == null) {
                    if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                        throw late(name, bound);
                    }
                    LockSupport.parkNanos(POLL_NANOS);
                    lock = channel.tryLock();
                }
                return work.run();
            }
        } catch (IOException e) {
            throw LabFault.site("lock", "cannot use the lock " + file + ": " + e.getMessage());
        } finally {
            here.unlock();
        }
    }

    private static boolean acquired(ReentrantLock here, Duration bound) {
        try {
            return here.tryLock(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static LabFault late(String name, Duration bound) {
        if (Thread.currentThread().isInterrupted()) {
            return LabFault.site(Provider.INTERRUPTED, "interrupted while waiting for " + name);
        }
        return LabFault.site(
                "lock",
                "another process has held " + name + " for over " + bound.toSeconds() + " s");
    }
}
