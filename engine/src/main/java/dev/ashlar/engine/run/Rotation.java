package dev.ashlar.engine.run;

import dev.ashlar.model.identity.InstanceKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The turns of one group. Each change costs the same however many nodes wait.
final class Rotation {
    private final int budget;
    private final Map<String, Seat> seats = new HashMap<>();
    private final Set<Seat> turning = new HashSet<>();
    private final Deque<Seat> sickInLine = new ArrayDeque<>();
    private final Deque<Seat> wellInLine = new ArrayDeque<>();
    private final List<Cell> free = new ArrayList<>();
    private Optional<InstanceKey> halted = Optional.empty();
    private int sickAndIdle;

    Rotation(int budget) {
        this.budget = budget;
    }

    /// A node's place in the group.
    final class Seat {
        private final List<Cell> waiting = new ArrayList<>();
        private Optional<InstanceKey> bad = Optional.empty();
        private int open;
        private boolean sick;

        boolean admits(Cell cell) {
            if (turning.contains(this)) {
                return true;
            }
            if (waiting.isEmpty() && hasRoomFor(this)) {
                begin(this);
                return true;
            }
            if (waiting.isEmpty()) {
                (sick ? sickInLine : wellInLine).add(this);
            }
            waiting.add(cell);
            return false;
        }

        Optional<InstanceKey> haltedBy() {
            return turning.contains(this) ? Optional.empty() : halted;
        }

        void ended(Cell cell, Phase to) {
            open--;
            if (to == Phase.FAILED) {
                halt(cell.key);
            }
            if (to == Phase.FAILED || to == Phase.BLOCKED) {
                bad = bad.or(() -> cell.cause);
            }
            if (open == 0) {
                end(this);
            }
        }
    }

    /// One more cell of a node.
    Seat seat(String node, boolean sick) {
        Seat seat = seats.computeIfAbsent(node, _ -> new Seat());
        seat.open++;
        if (sick && !seat.sick) {
            seat.sick = true;
            sickAndIdle++;
        }
        return seat;
    }

    private boolean hasRoomFor(Seat seat) {
        return turning.size() + (seat.sick ? 0 : sickAndIdle) < budget;
    }

    private void begin(Seat seat) {
        turning.add(seat);
        if (seat.sick) {
            sickAndIdle--;
        }
    }

    private void end(Seat seat) {
        boolean turned = turning.remove(seat);
        if (seat.sick && !turned) {
            sickAndIdle--;
        }
        if (seat.bad.isPresent() && (turned || seat.sick)) {
            halt(seat.bad.get());
        }
        seat.sick = false;
    }

    private void halt(InstanceKey cause) {
        if (halted.isEmpty()) {
            halted = Optional.of(cause);
        }
    }

    /// Gives turns to those in line as far as there is room; when the group is halted, lets all of
    /// them go, to hear of it.
    void release(List<Cell> into) {
        into.addAll(free);
        free.clear();
        while (true) {
            Deque<Seat> line = sickInLine.isEmpty() ? wellInLine : sickInLine;
            Seat next = line.peek();
            if (next == null || (halted.isEmpty() && next.open > 0 && !hasRoomFor(next))) {
                return;
            }
            line.remove();
            if (halted.isEmpty() && next.open > 0) {
                begin(next);
            }
            into.addAll(next.waiting);
            next.waiting.clear();
        }
    }

    /// Takes the turns of nodes that cannot use them and gives one to the next in line.
    boolean pass() {
        Deque<Seat> line = sickInLine.isEmpty() ? wellInLine : sickInLine;
        Seat next = line.poll();
        if (next == null) {
            return false;
        }
        turning.stream().filter(seat -> seat.sick).forEach(_ -> sickAndIdle++);
        turning.clear();
        begin(next);
        free.addAll(next.waiting);
        next.waiting.clear();
        return true;
    }
}
