package dev.ashlar.app.terminal;

import dev.ashlar.engine.removal.DataFate;
import dev.ashlar.engine.removal.DataLeft;
import dev.ashlar.model.text.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What becomes of data, for people: the same of a use on many nodes in one row.
public final class DataView {
    private static final int MAX_NODES_NAMED = 8;

    private final Terminal terminal;

    public DataView(Terminal terminal) {
        this.terminal = terminal;
    }

    /// What a run would do to data, for whoever is to agree to it.
    public List<String> planned(DataFate data) {
        List<String> lines = destroyed(data, "Destroys data:");
        Map<Boolean, List<DataLeft>> kept =
                data.kept().stream().collect(Collectors.partitioningBy(DataLeft::mayBeDestroyed));
        lines.addAll(
                kept(
                        kept.getOrDefault(true, List.of()),
                        "Leaves data in place (--yes-wipe NAME destroys it):"));
        lines.addAll(
                kept(
                        kept.getOrDefault(false, List.of()),
                        "Leaves data in place (it was there before, or others have something in it):"));
        return lines;
    }

    /// What a run has done to data.
    public List<String> became(DataFate data) {
        List<String> lines = destroyed(data, "Destroyed data:");
        lines.addAll(kept(data.kept(), "Left data in place:"));
        return lines;
    }

    private List<String> destroyed(DataFate data, String heading) {
        List<String> lines = new ArrayList<>();
        if (!data.destroyed().isEmpty()) {
            lines.add(terminal.paint(Paint.BAD, heading));
            rows(data.destroyed())
                    .forEach(row -> lines.add(terminal.paint(Paint.BAD, "  - " + row)));
        }
        return lines;
    }

    private static List<String> kept(List<DataLeft> kept, String heading) {
        List<String> lines = new ArrayList<>();
        if (!kept.isEmpty()) {
            lines.add(heading);
            rows(kept).forEach(row -> lines.add("    " + row));
        }
        return lines;
    }

    private static List<String> rows(List<DataLeft> all) {
        Map<String, List<String>> nodes = new LinkedHashMap<>();
        for (DataLeft one : all) {
            nodes.computeIfAbsent(
                            one.key().use() + ": " + one.thing().title(), _ -> new ArrayList<>())
                    .add(one.node());
        }
        return nodes.entrySet().stream()
                .map(row -> row.getKey() + " @ " + Words.some(row.getValue(), MAX_NODES_NAMED))
                .toList();
    }
}
