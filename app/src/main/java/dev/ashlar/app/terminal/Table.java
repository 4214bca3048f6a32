package dev.ashlar.app.terminal;

import java.util.List;
import java.util.stream.IntStream;

/// Rows of cells as lines whose columns stand below each other.
final class Table {
    private static final String GAP = "  ";

    private Table() {}

    /// @param rows all of one length, headings first
    static List<String> aligned(List<List<String>> rows) {
        List<Integer> widths =
                IntStream.range(0, rows.getFirst().size())
                        .mapToObj(at ->
                                rows.stream().mapToInt(r -> r.get(at).length()).max().orElse(0))
                        .toList();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int at = 0; at < row.size(); at++) {
            line.append(row.get(at)).repeat(' ', widths.get(at) - row.get(at).length()).append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
