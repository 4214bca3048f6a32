package dev.ashlar.engine.run;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.resolve.Resolution;
import dev.ashlar.engine.resolve.Resolver;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Looks at members as they stand: with the probe that is on record, for the files may say
/// something else by now. A look is no effect: nothing is intended and nothing recorded.
final class Looks {
    /// Asked in vain once may be chance.
    static final int TRIES = 3;

    /// Who wants to know.
    interface Asker {
        /// It is being asked.
        default void asked(Cell look) {}

        void answered(Cell look, Report report);
    }

    private final Graph graph;
    private final Past past;
    private final Places places;
    private final Lobby lobby;
    private final Set<String> underWay = new LinkedHashSet<>();
    private Optional<Resolver> standing = Optional.empty();

    Looks(Graph graph, Past past, Places places, Lobby lobby) {
        this.graph = graph;
        this.past = past;
        this.places = places;
        this.lobby = lobby;
    }

    /// What the files say is seen as it is from now on; once for all that are asked together.
    void renew() {
        standing = Optional.empty();
    }

    /// Goes by the intent of the success that it asks about: what is answered is the newest that is
    /// known of its health.
    ///
    /// @param longest how long one answer may take
    /// @return empty where nothing is on record to be asked by, and where it is being asked already
    Optional<Cell> at(Cell cell, Duration longest, Asker asker) {
        return past.success(cell.answering())
                .filter(success -> !isUnderWay(success))
                .flatMap(success ->
                        recorded(cell, success, longest)
                                .or(() -> asItStands(cell, success))
                                .map(probe -> look(cell, success, probe, asker)));
    }

    private boolean isUnderWay(Success about) {
        return underWay.contains(about.intent());
    }

    private Cell look(Cell cell, Success success, Function<String, Work> probe, Asker asker) {
        underWay.add(success.intent());
        Cell look = new Cell(success.key(), new Cell.Task.Look(node(cell), probe, asker));
        look.intent = success.intent();
        return look;
    }

    private Optional<Function<String, Work>> recorded(
            Cell cell, Success success, Duration longest) {
        return past.place(cell.key)
                .flatMap(node -> success.probe(node, longest))
                .map(probe -> probe::apply);
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

    /// It is to be asked as soon as there is room.
    void due(Cell look) {
        look.phase = Phase.READY;
        lobby.add(look);
    }

    /// It has answered for good, or need not answer any more.
    void over(Cell look) {
        underWay.remove(look.intent);
        look.phase = Phase.CANCELLED;
    }

    /// There is room at its node.
    Command.Start ask(Cell look) {
        if (!(look.task instanceof Cell.Task.Look(_, var probe, Asker asker))) {
            throw new IllegalStateException(look.key + " asks nobody");
        }
        asker.asked(look);
        look.phase = Phase.PROBING;
        look.attempt++;
        places.take(look);
        return new Command.Start(probe.apply(look.intent), false);
    }
}
