package dev.ashlar.engine.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Cells whose work or probe could be handed out, first come, first served. Those whose node is
/// busy stand aside until it is free, so that no cell is looked at again and again while it waits.
/// What is light at a node comes up together.
final class Lobby {
    private final Places places;
    private final Deque<Cell> line = new ArrayDeque<>();
    private final Map<String, Deque<Cell>> light = new LinkedHashMap<>();
    private final Deque<Cell> next = new ArrayDeque<>();
    private final Map<String, List<Cell>> aside = new LinkedHashMap<>();

    Lobby(Places places) {
        this.places = places;
    }

    /// One of a node's light cells stands in line for all of them.
    void add(Cell cell) {
        Optional<String> node = cell.place().filter(_ -> cell.isLight());
        boolean standsForOthers =
                node.map(name -> light.computeIfAbsent(name, _ -> new ArrayDeque<>()))
                        .map(company -> company.add(cell) && company.size() == 1)
                        .orElse(true);
        if (standsForOthers) {
            line.add(cell);
        }
    }

    void addAll(Collection<Cell> cells) {
        cells.forEach(this::add);
    }

    /// The next cell in line, while there is a place for any; the caller starts it, blocks it, or
    /// lets it stand aside.
    Optional<Cell> next() {
        while (!next.isEmpty() || (places.isFree() && !line.isEmpty())) {
            if (next.isEmpty()) {
                Cell first = line.poll();
                next.addAll(
                        first.place()
                                .filter(_ -> first.isLight())
                                .map(light::remove)
                                .orElseGet(() -> new ArrayDeque<>(List.of(first))));
            }
            Cell cell = next.poll();
            if (cell.isDue()) {
                return Optional.of(cell);
            }
        }
        return Optional.empty();
    }

    /// There is no place for it now.
    void standAside(Cell cell) {
        if (places.isFree()) {
            cell.place().ifPresent(n -> aside.computeIfAbsent(n, _ -> new ArrayList<>()).add(cell));
        } else {
            add(cell);
        }
    }

    /// The node where `cell` was is free again.
    void freed(Cell cell) {
        cell.place().map(aside::remove).ifPresent(this::addAll);
    }
}
