package dev.ashlar.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.identity.InstanceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The turns of a group of which two may be out.
class RotationTest {
    private final Rotation rotation = new Rotation("store", 2);

    /// Nobody can go on: the first has lost something, and what is left of it waits for the others
    /// as the second does, who is whole.
    @Test
    void whoIsMidwayKeepsItsTurnWhereTurnsPassOn() {
        List<Seat> seats = new ArrayList<>();
        List<Cell> first = new ArrayList<>();
        for (String node : List.of("store-1", "store-2", "store-3", "store-4")) {
            first.add(taken("kv", "run", node));
            rotation.seat(node, taken("kv", "install", node), false, false, Arrival.NEW, Move.NONE);
            seats.add(rotation.seat(node, first.getLast(), false, false, Arrival.NEW, Move.NONE));
        }
        assertThat(rotation.admits(seats.get(0), first.get(0))).isFalse();
        rotation.visitBegins();
        rotation.visitEnds();
        assertThat(released()).containsExactly(first.get(0));
        seats.get(0).begun(first.get(0));
        rotation.ended(seats.get(0), first.get(0), Phase.SUCCEEDED);
        assertThat(rotation.admits(seats.get(1), first.get(1))).isTrue();
        assertThat(rotation.admits(seats.get(2), first.get(2))).isFalse();
        assertThat(rotation.admits(seats.get(3), first.get(3))).isFalse();

        assertThat(rotation.pass()).isTrue();

        assertThat(released()).containsExactly(first.get(2));
    }

    private List<Cell> released() {
        List<Cell> cells = new ArrayList<>();
        rotation.release(cells);
        return cells;
    }

    private static Cell taken(String use, String step, String node) {
        return new Cell(
                InstanceKey.onNode(use, step, node),
                new Cell.Task.TakeBack(List.of(), Optional.of(node)));
    }
}
