package dev.ashlar.language.grammar;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Numbers and durations as written.
public final class Literals {
    /// What a duration looks like, as a regular expression of the whole text.
    public static final String DURATION_SYNTAX = "^([0-9]{1,9})(ms|s|m|h)$";

    private static final Pattern DURATION = Pattern.compile(DURATION_SYNTAX);

    private Literals() {}

    /// A whole number as YAML's core schema writes it.
    ///
    /// @throws NumberFormatException when it is none, or beyond 64 bits
    public static long whole(String text) {
        if (text.startsWith("0x")) {
            return Long.parseLong(text.substring(2), 16);
        }
        if (text.startsWith("0o")) {
            return Long.parseLong(text.substring(2), 8);
        }
        return Long.parseLong(text);
    }

    /// The number, or empty when it is none or beyond 64 bits.
    public static Optional<Long> wholeIfAny(String text) {
        try {
            return Optional.of(whole(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// A double as YAML's core schema writes it.
    public static double real(String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
            case "-.inf" -> Double.NEGATIVE_INFINITY;
            case ".nan" -> Double.NaN;
            default -> Double.parseDouble(text);
        };
    }

    /// `500ms`, `30s`, `10m`, `1h`.
    public static Optional<Duration> duration(String text) {
        var matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofHours(number);
                });
    }
}
