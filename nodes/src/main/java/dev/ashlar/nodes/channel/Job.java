package dev.ashlar.nodes.channel;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A program that runs beside the shell in a session of its own, with a bound on its time and on
/// what is kept of its output.
///
/// @param intents what it carries out, of letters, digits, dots, dashes; carried by all its
///   processes
/// @param program shell text; finds its folder in `$T`
/// @param files by name (plain letters and digits), beside the program
public record Job(
        List<String> intents,
        Manner manner,
        Duration timeout,
        String program,
        SequencedMap<String, byte[]> files) {

    /// What becomes of it.
    public enum Manner {
        /// It ends with the line.
        KILL,
        /// It goes on after a lost line and leaves its answer on the node. It has one intent.
        FINISH,
        /// It ends with the line, starts nothing that could outlive it, and says little. No secret
        /// is in its program, at most the digest of one; one may be in its files.
        QUICK
    }

    public Job {
        intents = List.copyOf(intents);
        files = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(files));
        for (String intent : intents) {
            if (!intent.matches("[A-Za-z0-9._-]{1,200}")) {
                throw new IllegalArgumentException("an intent that can't name a folder: " + intent);
            }
        }
        if (intents.isEmpty() || (manner == Manner.FINISH && intents.size() > 1)) {
            throw new IllegalArgumentException("a job of " + intents.size() + " intents");
        }
    }

    /// A job with one intent that ends with the line.
    public static Job killed(
            String intent, Duration timeout, String program, SequencedMap<String, byte[]> files) {
        return new Job(List.of(intent), Manner.KILL, timeout, program, files);
    }

    public boolean finishes() {
        return manner == Manner.FINISH;
    }

    /// Its only intent, or the first.
    String intent() {
        return intents.getFirst();
    }

    /// Whole seconds on the node, at least one.
    long seconds() {
        return Math.max(1, timeout.plusMillis(999).toSeconds());
    }
}
