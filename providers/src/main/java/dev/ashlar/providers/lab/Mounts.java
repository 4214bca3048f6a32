package dev.ashlar.providers.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// What is mounted on this host, as the kernel says.
final class Mounts {
    private static final Duration BUSY = Duration.ofSeconds(5);

    private Mounts() {}

    /// The mount points of a `mountinfo` text, in the order they were mounted.
    static List<Path> parse(String mountinfo) {
        return mountinfo
                .lines()
                .map(line -> line.split(" "))
                .filter(fields -> fields.length > 4)
                .map(fields -> Path.of(unescape(fields[4])))
                .toList();
    }

    private static String unescape(String text) {
        return text.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
    }

    static List<Path> all() throws LabFault {
        try {
            return parse(Files.readString(Path.of("/proc/self/mountinfo")));
        } catch (IOException e) {
            throw LabFault.site("mounts", "cannot read the mount table: " + e.getMessage());
        }
    }

    static boolean isMounted(Path point) throws LabFault {
        return all().contains(point);
    }

    /// What is mounted at `folder` or below it, the innermost first.
    static List<Path> below(Path folder) throws LabFault {
        return all().stream().filter(point -> point.startsWith(folder)).toList().reversed();
    }

    /// Unmounts `folder` and all below it; waits a little for what is still being let go.
    static void unmountBelow(Path folder) throws LabFault {
        long deadline = System.nanoTime() + BUSY.toNanos();
        for (Path point : below(folder)) {
            Command umount = Command.of("umount", point.toString());
            while (!umount.attempt().succeeded() && isMounted(point)) {
                if (System.nanoTime() > deadline) {
                    umount.run();
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    /// Deletes a tree. It is renamed first, so that a deletion that goes on after its caller died
    /// never meets what is made anew under the old name.
    static void delete(Path tree) throws LabFault {
        if (!Files.exists(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!below(tree).isEmpty()) {
            throw LabFault.site(
                    "mounts", "will not delete " + tree + ": something is mounted in it");
        }
        Path doomed = tree.resolveSibling(".doomed-" + java.util.UUID.randomUUID());
        try {
            Files.move(tree, doomed);
        } catch (IOException e) {
            throw LabFault.site("state", "cannot delete " + tree + ": " + e.getMessage());
        }
        Command.of("rm", "-rf", "--one-file-system", doomed.toString())
                .within(Duration.ofMinutes(2))
                .run();
    }
}
