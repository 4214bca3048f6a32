package dev.ashlar.engine.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The moments cells wait for.
final class Timers {
    private final Map<Long, Cell> waiting = new LinkedHashMap<>();
    private long last;

    Command.WakeAt set(Cell cell, long atMs) {
        last++;
        waiting.put(last, cell);
        return new Command.WakeAt(last, atMs);
    }

    /// The cell whose moment has come; empty when it no longer waits.
    Optional<Cell> ring(long token) {
        return Optional.ofNullable(waiting.remove(token));
    }

    void forgetEnded() {
        waiting.values().removeIf(cell -> cell.phase.isEnd());
    }

    boolean isIdle() {
        return waiting.isEmpty();
    }
}
