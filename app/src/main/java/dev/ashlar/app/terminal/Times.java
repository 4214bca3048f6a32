package dev.ashlar.app.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// Times as people read them.
public final class Times {
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private Times() {}

    public static String at(long atMs) {
        return LOCAL.format(Instant.ofEpochMilli(atMs));
    }

    /// `3 h ago`, in the largest unit that fits.
    public static String ago(long atMs, long nowMs) {
        return lasting(Math.max(0, nowMs - atMs)) + " ago";
    }

    /// `1.2 s`, `3 min`, `5 h`, `2 d`.
    public static String lasting(long ms) {
        Duration duration = Duration.ofMillis(ms);
        if (ms < 60_000) {
            return String.format(java.util.Locale.ROOT, "%.1f s", ms / 1000.0);
        }
        if (duration.toHours() < 1) {
            return duration.toMinutes() + " min";
        }
        return duration.toDays() < 2 ? duration.toHours() + " h" : duration.toDays() + " d";
    }
}
