package dev.ashlar.nodes.channel;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A program that runs beside the shell in a session of its own, with a bound on its time and on
/// what is kept of its output.
///
/// @param intent letters, digits, dots, dashes; carried by all its processes
/// @param finishes true when it goes on after a lost line and leaves its answer on the node
/// @param program shell text; finds its folder in `$T`
/// @param files by name (plain letters and digits), beside the program
public record Job(
        String intent,
        boolean finishes,
        Duration timeout,
        String program,
        SequencedMap<String, byte[]> files) {
    public Job {
        files = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(files));
        if (!intent.matches("[A-Za-z0-9._-]{1,200}")) {
            throw new IllegalArgumentException("an intent that can't name a folder: " + intent);
        }
    }

    /// Whole seconds on the node, at least one.
    long seconds() {
        return Math.max(1, timeout.plusMillis(999).toSeconds());
    }
}
