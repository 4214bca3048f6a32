package dev.ashlar.app.execution;

import dev.ashlar.store.folder.ControllerLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A process that asks something of one that carries a run out, and whose it is.
///
/// @param began when it did, in ticks since its host did, which a clock that is set does not move;
///   0 where the host does not say
public record Asker(long pid, long began, String host, String user) {
    /// What the kernel says of one that only waits for its parent to look.
    private static final String ENDED = "ZX";

    private static final int BEGAN = 19;

    public static Asker ofThisProcess() {
        long pid = ProcessHandle.current().pid();
        return new Asker(
                pid, began(pid), ControllerLock.hostName(), System.getProperty("user.name", "?"));
    }

    /// True while the process is there, and always of one on another host. Whoever has the number
    /// of one that is gone is not taken for it.
    public boolean isThere() {
        return !host.equals(ControllerLock.hostName()) || began(pid) == began;
    }

    private static long began(long pid) {
        try {
            String status =
                    Files.readString(
                            Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            // A program's name stands in brackets, and may hold anything.
            String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ", -1);
            return ENDED.contains(fields[0]) ? 0 : Long.parseLong(fields[BEGAN]);
        } catch (IOException _) {
            return 0;
        }
    }

    @Override
    public String toString() {
        return "%s (process %d on %s)".formatted(user, pid, host);
    }
}
