package dev.ashlar.simulation;

import dev.ashlar.engine.run.Command;
import dev.ashlar.model.journal.JournalRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/// What happened, a line each. Keeps the digest of all lines and the last of them.
final class Trace {
    private static final int KEPT_LINES = 5_000;

    private final MessageDigest digest;
    private final Deque<String> lines = new ArrayDeque<>();

    Trace() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    void add(long atMs, String what) {
        String line = atMs + " " + what;
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        lines.add(line);
        if (lines.size() > KEPT_LINES) {
            lines.removeFirst();
        }
    }

    void add(long atMs, Command command) {
        String what =
                switch (command) {
                    case Command.Append(JournalRecord entry) -> "record " + words(entry);
                    case Command.Start(var work, boolean again) ->
                            "start "
                                    + work.getClass().getSimpleName()
                                    + " "
                                    + work.key()
                                    + " "
                                    + work.intent()
                                    + (again ? " again" : "");
                    case Command.WakeAt(long token, long at) -> "wake " + token + " at " + at;
                    case Command.StopAll _ -> "stop all";
                    case Command.Tell(var key, _, var phase, var detail, _) ->
                            key + " " + phase + " " + detail;
                    case Command.Postpone(var key, var group) ->
                            key + " after the turns of " + group;
                    case Command.Visit(var group, var members) ->
                            "visit " + members.size() + " of " + group;
                    case Command.Answered(var member) -> "answered " + member;
                    case Command.Finish(var totals) -> "finish " + totals;
                };
        add(atMs, what);
    }

    private static String words(JournalRecord entry) {
        return entry.getClass().getSimpleName()
                + entry.instance().map(key -> " " + key).orElse("")
                + (entry instanceof JournalRecord.Failed failed
                        ? " " + failed.failure().kind()
                        : "");
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /// Of all lines so far. Ends the trace.
    String digest() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
