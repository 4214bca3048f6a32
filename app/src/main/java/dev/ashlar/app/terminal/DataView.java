package dev.ashlar.app.terminal;

import dev.ashlar.engine.removal.DataFate;
import dev.ashlar.engine.removal.DataLeft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What becomes of data, for people: the same of a use on many nodes in one row.
public final class DataView {
    private static final int MAX_NODES_NAMED = 8;

    private final Terminal terminal;

    public DataView(Terminal terminal) {
        this.terminal = terminal;
    }

    /// What a run would do to data, for whoever is to agree to it.
    public List<String> planned(DataFate data) {
        return lines(data, "Destroys data:", "Leaves data in place (--yes-wipe NAME destroys it):");
    }

    /// What a run has done to data.
    public List<String> became(DataFate data) {
        return lines(data, "Destroyed data:", "Left data in place:");
    }

    private List<String> lines(DataFate data, String destroyed, String kept) {
        List<String> lines = new ArrayList<>();
        if (!data.destroyed().isEmpty()) {
            lines.add(terminal.paint(Paint.BAD, destroyed));
            rows(data.destroyed())
                    .forEach(row -> lines.add(terminal.paint(Paint.BAD, "  - " + row)));
        }
        if (!data.kept().isEmpty()) {
            lines.add(kept);
            rows(data.kept()).forEach(row -> lines.add("    " + row));
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
                .map(row -> row.getKey() + " @ " + PlanView.some(row.getValue(), MAX_NODES_NAMED))
                .toList();
    }
}
