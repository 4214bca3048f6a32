package dev.ashlar.app.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Whether what was printed has arrived: Java's own stream only remembers that something went
/// wrong.
public final class StandardOutput {
    private StandardOutput() {}

    /// Why standard output did not take everything; empty when it did, and when a reader went away
    /// before the end, as `head` does: nobody is owed the rest.
    public static Optional<String> trouble() {
        if (!System.out.checkError() || isRead()) {
            return Optional.empty();
        }
        try (FileOutputStream again = new FileOutputStream(FileDescriptor.out)) {
            again.write('\n');
            return Optional.of("some of it is lost");
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /// True for a pipe or a socket: what goes wrong there is that its reader has gone. (What the
    /// system says of it is in the person's language.)
    private static boolean isRead() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("pipe:") || target.startsWith("socket:");
        } catch (IOException | UnsupportedOperationException _) {
            return false;
        }
    }
}
