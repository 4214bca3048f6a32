package dev.ashlar.engine.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Cells whose work or probe could be handed out, first come, first served. Those whose node is
/// busy stand aside until it is free, so that no cell is looked at again and again while it waits.
final class Lobby {
    private final Places places;
    private final Deque<Cell> line = new ArrayDeque<>();
    private final Map<String, List<Cell>> aside = new HashMap<>();

    Lobby(Places places) {
        this.places = places;
    }

    void add(Cell cell) {
        line.add(cell);
    }

    void addAll(Collection<Cell> cells) {
        line.addAll(cells);
    }

    /// The next cell in line, while there is a place for any; the caller starts it, blocks it, or
    /// lets it stand aside.
    Optional<Cell> next() {
        while (places.isFree() && !line.isEmpty()) {
            Cell cell = line.poll();
            if (cell.isDue()) {
                return Optional.of(cell);
            }
        }
        return Optional.empty();
    }

    /// Its node is busy.
    void standAside(Cell cell) {
        cell.place().ifPresent(n -> aside.computeIfAbsent(n, _ -> new ArrayList<>()).add(cell));
    }

    /// The node where `cell` was is free again.
    void freed(Cell cell) {
        cell.place().map(aside::remove).ifPresent(line::addAll);
    }
}
