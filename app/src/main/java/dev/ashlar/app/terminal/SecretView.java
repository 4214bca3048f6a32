package dev.ashlar.app.terminal;

import dev.ashlar.app.cluster.SecretRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// Secrets for people: all about them but what they are.
public final class SecretView {
    private SecretView() {}

    public static List<String> table(Collection<SecretRow> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of("secret", "version", "since", "by", "nodes that have it"));
        rows.forEach(row -> cells.add(cells(row)));
        return Table.aligned(cells);
    }

    private static List<String> cells(SecretRow row) {
        String version = row.version() == 0 ? missing(row) : Integer.toString(row.version());
        return List.of(
                row.name(),
                version,
                row.last().map(last -> Times.at(last.atMs())).orElse("-"),
                row.last()
                        .map(last ->
                                last.who() + ", " + last.change().name().toLowerCase(Locale.ROOT))
                        .orElse("-"),
                nodes(row));
    }

    private static String missing(SecretRow row) {
        return row.spec().filter(spec -> spec.recipe().isPresent()).isPresent()
                ? "made by the next up"
                : "missing";
    }

    private static String nodes(SecretRow row) {
        String now = row.holders().isEmpty() ? "-" : String.join(" ", row.holders());
        return row.outdated().isEmpty()
                ? now
                : now + " (an earlier version: " + String.join(" ", row.outdated()) + ")";
    }
}
