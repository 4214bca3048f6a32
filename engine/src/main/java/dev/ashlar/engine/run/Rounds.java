package dev.ashlar.engine.run;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.resolve.Resolution;
import dev.ashlar.engine.resolve.Resolver;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Asks all members of a founded group for their health before the first of them is touched, and
/// those that were ill with others once more: what died since the last run is on no record. They
/// are asked as they stand, with the probe that is on record, for the files may say something else
/// by now. A look is no effect: nothing is intended and nothing recorded.
final class Rounds {
    private static final int TRIES = 3;
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private record Asked(Rotation rotation, Seat seat, Cell of) {}

    private final Desk desk;
    private final Graph graph;
    private final Past past;
    private final Turns turns;
    private final Places places;
    private final Lobby lobby;
    private final Timers timers;
    private final Map<Cell, Asked> looks = new LinkedHashMap<>();
    private final Map<Rotation, Integer> open = new HashMap<>();
    private boolean cancelled;
    private Optional<Resolver> standing = Optional.empty();

    Rounds(
            Desk desk,
            Graph graph,
            Past past,
            Turns turns,
            Places places,
            Lobby lobby,
            Timers timers) {
        this.desk = desk;
        this.graph = graph;
        this.past = past;
        this.turns = turns;
        this.places = places;
        this.lobby = lobby;
        this.timers = timers;
    }

    /// Goes to the groups that want it.
    void begin() {
        for (Rotation rotation : turns.toVisit()) {
            rotation.visitBegins();
            int count = cancelled ? 0 : setOut(rotation);
            if (count > 0) {
                desk.add(new Command.Visit(rotation.group(), count));
            }
            if (open.merge(rotation, count, Integer::sum) == 0) {
                rotation.visitEnds();
            }
        }
    }

    /// Sets out to ask whoever is to be asked and is not being asked already.
    private int setOut(Rotation rotation) {
        Set<Cell> asked = looks.values().stream().map(Asked::of).collect(Collectors.toSet());
        int count = 0;
        for (Seat seat : rotation.seats()) {
            for (Cell cell : seat.toAsk()) {
                Optional<Cell> look = asked.contains(cell) ? Optional.empty() : look(cell);
                look.ifPresent(l -> looks.put(l, new Asked(rotation, seat, cell)));
                look.ifPresent(this::due);
                count += look.isPresent() ? 1 : 0;
            }
        }
        return count;
    }

    /// Goes by the intent of the success that it asks about: what is answered is the newest that is
    /// known of its health.
    private Optional<Cell> look(Cell cell) {
        return past.success(cell.answering())
                .flatMap(success ->
                        recorded(cell, success)
                                .or(() -> asItStands(cell, success))
                                .map(probe -> look(cell, success, probe)));
    }

    private Cell look(Cell cell, Success success, Function<String, Work> probe) {
        Cell look = new Cell(success.key(), new Cell.Task.Look(node(cell), probe));
        look.intent = success.intent();
        return look;
    }

    private Optional<Function<String, Work>> recorded(Cell cell, Success success) {
        return success.health()
                .map(health ->
                        intent ->
                                new Work.Probe(
                                        success.key(),
                                        intent,
                                        node(cell),
                                        health.script(),
                                        health.inputs(),
                                        within(cell)));
    }

    /// Of an older record, or where the probe was too long for one: the files' own, while they say
    /// the same as what was done.
    private Optional<Function<String, Work>> asItStands(Cell cell, Success success) {
        if (!(cell.task instanceof Cell.Task.Bring(var instance))) {
            return Optional.empty();
        }
        Resolver resolver = standing.orElseGet(() -> Resolver.standing(graph, past));
        standing = Optional.of(resolver);
        return resolver.resolve(instance) instanceof Resolution.Known known
                        && known.fingerprint().equals(success.fingerprint())
                ? known.probe().map(probe -> probe::apply)
                : Optional.empty();
    }

    private String node(Cell cell) {
        return past.place(cell.key).orElseThrow();
    }

    private static Duration within(Cell cell) {
        Duration declared = cell.health().map(StepSpec.Health::within).orElse(LONGEST);
        return declared.compareTo(LONGEST) < 0 ? declared : LONGEST;
    }

    /// It is to be asked as soon as there is room.
    void due(Cell look) {
        look.phase = Phase.READY;
        lobby.add(look);
    }

    /// There is room at its node.
    Command.Start ask(Cell look) {
        look.phase = Phase.PROBING;
        look.attempt++;
        places.take(look);
        return new Command.Start(Works.of(look, past, _ -> false), false);
    }

    /// Asked in vain once may be chance.
    void answered(Cell look, Report report) {
        Asked asked = looks.get(look);
        if (asked == null) {
            return;
        }
        if (report instanceof Report.NotDone(var failure, _, _)) {
            if (!failure.lasting() && look.attempt < TRIES) {
                Duration every = asked.of().health().map(StepSpec.Health::every).orElse(PAUSE);
                look.phase = Phase.PAUSED;
                desk.add(timers.set(look, desk.nowMs() + every.toMillis()));
                return;
            }
            asked.seat().answered(asked.of(), Optional.of(failure));
        } else if (report instanceof Report.Done) {
            asked.seat().answered(asked.of(), Optional.empty());
        }
        end(look);
    }

    private void end(Cell look) {
        Asked asked = looks.remove(look);
        look.phase = Phase.CANCELLED;
        if (asked != null && open.merge(asked.rotation(), -1, Integer::sum) == 0) {
            asked.rotation().visitEnds();
        }
    }

    /// The run was cancelled: nobody else is asked.
    void cancel() {
        cancelled = true;
        for (Cell look : List.copyOf(looks.keySet())) {
            if (look.phase == Phase.PROBING) {
                look.attempt = TRIES;
            } else {
                end(look);
            }
        }
    }
}
