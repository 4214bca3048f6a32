package dev.ashlar.bench;

import java.util.Locale;
import java.util.Optional;

/// What was aimed at, beside what was measured. Confined to one thread.
final class Targets {
    private static final String HEAD =
            """
            | target | aimed at | measured | |
            | --- | ---: | ---: | --- |
            """;

    private final StringBuilder text = new StringBuilder(HEAD);

    /// @param measured absent where it was not
    void atMost(String what, double most, Optional<Double> measured) {
        row(what, "at most " + number(most), measured, measured.filter(m -> m <= most).isPresent());
    }

    /// @param measured absent where it was not
    void atLeast(String what, double least, Optional<Double> measured) {
        row(
                what,
                "at least " + number(least),
                measured,
                measured.filter(m -> m >= least).isPresent());
    }

    private void row(String what, String aim, Optional<Double> measured, boolean isHeld) {
        text.append(
                "| %s | %s | %s | %s |\n"
                        .formatted(
                                what,
                                aim,
                                measured.map(Targets::number).orElse(""),
                                measured.isEmpty()
                                        ? "not measured"
                                        : isHeld ? "held" : "not held"));
    }

    private static String number(double number) {
        boolean isWhole = number == Math.rint(number) || number >= 100;
        return String.format(Locale.ROOT, isWhole ? "%,.0f" : "%.2f", number);
    }

    String table() {
        return text.toString();
    }
}
