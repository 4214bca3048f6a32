package dev.ashlar.app.kit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// This machine: the checkout, and commands of its own.
public final class Host {
    private static final Duration BOUND = Duration.ofSeconds(60);

    private Host() {}

    /// The checkout's root: the folder of the launcher.
    public static Path checkout() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isExecutable(folder.resolve("ashlar"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("not run inside a checkout");
        }
        return folder;
    }

    /// Runs a command to its end, whatever that is.
    public static Finished run(String... words) {
        return Running.start(Path.of("/"), Map.of(), new byte[0], List.of(words)).finish(BOUND);
    }
}
