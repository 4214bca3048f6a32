package dev.ashlar.app.terminal;

import dev.ashlar.engine.picture.Picture;
import dev.ashlar.engine.picture.Picture.Width;
import java.util.ArrayList;
import java.util.List;

/// How much passes in and out of each step: a table for people.
public final class WidthView {
    private record Row(String step, Width width) {}

    private WidthView() {}

    public static List<String> lines(Picture picture) {
        List<Row> rows =
                picture.groups().stream()
                        .flatMap(group -> group.uses().stream())
                        .flatMap(use ->
                                use.steps().stream()
                                        .map(step ->
                                                new Row(
                                                        use.name() + "." + step.name(),
                                                        step.width())))
                        .toList();
        int widest = rows.stream().mapToInt(row -> row.step().length()).max().orElse(1);
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            lines.add(
                    ("%-" + widest + "s  in %2d  out %2d%s")
                            .formatted(
                                    row.step(),
                                    row.width().inputs().size(),
                                    row.width().outputs().size(),
                                    produced(row.width())));
            if (!row.width().inputs().isEmpty()) {
                lines.add("    reads " + String.join(", ", row.width().inputs()));
            }
        }
        return lines;
    }

    private static String produced(Width width) {
        return width.outputs().isEmpty()
                ? ""
                : ", " + width.read().size() + " read" + named(width.read());
    }

    private static String named(List<String> read) {
        return read.isEmpty() ? "" : ": " + String.join(", ", read);
    }
}
