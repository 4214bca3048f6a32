package dev.ashlar.engine.run;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Makers;
import dev.ashlar.engine.resolve.Resolution;
import dev.ashlar.engine.resolve.Resolver;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Report;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What has lapsed is made anew when somebody who reads it is about to run, and only then: once for
/// all who wait for it. A step does so outside its node's turn, for nothing there is changed by it.
/// Who has succeeded with an older value is not disturbed.
final class Renewals {
    /// How often one reader has one value made anew: several may never be good together.
    private static final int MOST_TIMES = 10;

    private final Desk desk;
    private final Graph graph;
    private final Past past;
    private final Selection selection;
    private final Resolver resolver;
    private final Outcomes outcomes;
    private final Lobby lobby;
    private final Map<Cell, Map<InstanceKey, Integer>> begun = new LinkedHashMap<>();
    private final Map<InstanceKey, Cell> last = new LinkedHashMap<>();
    private final Map<Cell, Set<InstanceKey>> awaited = new LinkedHashMap<>();

    Renewals(
            Desk desk,
            Graph graph,
            Past past,
            Selection selection,
            Resolver resolver,
            Outcomes outcomes,
            Lobby lobby) {
        this.desk = desk;
        this.graph = graph;
        this.past = past;
        this.selection = selection;
        this.resolver = resolver;
        this.outcomes = outcomes;
        this.lobby = lobby;
    }

    /// What a cell that would run reads, has lapsed, and is not for this run to make anew; or what
    /// whoever would make that anew reads, and so on.
    Optional<InstanceKey> leftOut(Cell cell) {
        return leftOut(makers(lapsed(cell)));
    }

    private Optional<InstanceKey> leftOut(List<InstanceKey> makers) {
        return Makers.leftOut(
                makers, this::lapsedFor, by -> selection.leavesOut(by, past.place(by)));
    }

    /// Who has made what a maker reads, and has lapsed for it.
    private List<InstanceKey> lapsedFor(InstanceKey maker) {
        return graph.instances().get(maker) instanceof Instance.Step step
                        && resolver.resolve(step) instanceof Resolution.Known known
                ? makers(lapsed(known, step.step()))
                : List.of();
    }

    private static List<InstanceKey> makers(Stream<Origin.Lapsing> lapsed) {
        return lapsed.map(Origin.Lapsing::by).distinct().toList();
    }

    /// `cell` is about to run: what it reads and has lapsed is made anew first.
    ///
    /// @return true when it cannot start now
    boolean await(Cell cell) {
        if (isOne(cell) && !isNeeded(cell)) {
            last.remove(cell.key);
            cell.phase = Phase.CANCELLED;
            return true;
        }
        if (lapsed(cell).findAny().isEmpty()) {
            return false;
        }
        // Others may have had it made anew since this was looked at.
        if (resolves(cell).isEmpty()) {
            return true;
        }
        List<InstanceKey> lapsed = makers(lapsed(cell));
        Optional<InstanceKey> leftOut = leftOut(lapsed);
        if (leftOut.isPresent()) {
            isNotForThisRun(cell, leftOut.get());
            return true;
        }
        for (InstanceKey by : lapsed) {
            await(cell, by);
        }
        return !lapsed.isEmpty();
    }

    /// What has been tried in this run and is not done has failed, for whatever reason it cannot be
    /// tried again; so has making anew what somebody waits for.
    private void isNotForThisRun(Cell cell, InstanceKey by) {
        Optional<Failure> last =
                cell.attempt > 0
                        ? past.failure(cell.key).map(JournalRecord.Failed::failure)
                        : Optional.empty();
        if (cell.attempt > 0 || isOne(cell)) {
            outcomes.refused(cell, Mishap.lapsedMeanwhile(by, last));
        } else {
            outcomes.leftOut(cell, by);
        }
    }

    /// An attempt that has failed is made up for, whoever has given up meanwhile.
    private boolean isNeeded(Cell renewal) {
        return renewal.attempt > 0
                || renewal.dependents.stream()
                        .filter(reader -> reader.phase == Phase.READY)
                        .anyMatch(reader -> !isOne(reader) || isNeeded(reader));
    }

    private void await(Cell cell, InstanceKey by) {
        Cell before = last.get(by);
        if (before == null || before.phase == Phase.SUCCEEDED) {
            begin(cell, by);
        } else if (before.phase.isEnd()) {
            outcomes.blocked(cell, before.cause.orElse(by));
        } else {
            wait(cell, before);
        }
    }

    private void wait(Cell reader, Cell renewal) {
        if (awaited.computeIfAbsent(reader, _ -> new LinkedHashSet<>()).add(renewal.key)) {
            renewal.dependents.add(reader);
        }
    }

    private void begin(Cell reader, InstanceKey by) {
        int times =
                begun.computeIfAbsent(reader, _ -> new LinkedHashMap<>())
                        .merge(by, 1, Integer::sum);
        if (times > MOST_TIMES) {
            outcomes.refused(reader, Mishap.lapsedAtOnce(by));
            return;
        }
        Cell cell =
                new Cell(
                        by, new Cell.Task.Bring(Objects.requireNonNull(graph.instances().get(by))));
        wait(reader, cell);
        last.put(by, cell);
        if (resolves(cell).isPresent()) {
            cell.phase = Phase.READY;
            lobby.add(cell);
        }
    }

    /// Empty where it has no value any more, and has failed.
    private Optional<Resolution.Known> resolves(Cell cell) {
        Instance instance =
                switch (cell.task) {
                    case Cell.Task.Bring(Instance brought) -> brought;
                    case Cell.Task.Leave(Instance.Step leave, _) -> leave;
                    case Cell.Task.TakeBack _, Cell.Task.Gate _, Cell.Task.Look _ ->
                            throw new IllegalStateException(cell.key + " reads nothing");
                };
        switch (resolver.resolve(instance)) {
            case Resolution.Known known -> cell.known = Optional.of(known);
            case Resolution.Impossible(Failure failure) -> {
                outcomes.refused(cell, failure);
                return Optional.empty();
            }
            // Who is to do a join or leave step may have become ill: it was looked at before.
            case Resolution.Waiting _ -> {}
        }
        return cell.known;
    }

    /// A machine, which is no step, reads nothing that lapses.
    private Stream<Origin.Lapsing> lapsed(Cell cell) {
        return cell.known.stream()
                .flatMap(known -> cell.step().stream().flatMap(step -> lapsed(known, step)));
    }

    private Stream<Origin.Lapsing> lapsed(Resolution.Known known, StepSpec step) {
        Duration atMost = step.policy().timeout();
        return known.lapsing().stream().filter(one -> !one.serves(desk.nowMs(), atMost));
    }

    /// True of what makes a value anew.
    boolean isOne(Cell cell) {
        return last.get(cell.key) == cell;
    }

    /// A value has been made anew: who waited for it last goes on, unless it took too long to be of
    /// use.
    void renewed(Cell cell, Report.Done done) {
        outcomes.renewed(cell, done);
        for (Cell reader : cell.dependents) {
            Set<InstanceKey> others = Objects.requireNonNull(awaited.get(reader));
            others.remove(cell.key);
            if (reader.phase == Phase.READY && isTooLate(reader, cell.key)) {
                outcomes.refused(reader, Mishap.lapsedAtOnce(cell.key));
            } else if (others.isEmpty()) {
                lobby.add(reader);
            }
        }
    }

    private boolean isTooLate(Cell reader, InstanceKey by) {
        return resolves(reader).isPresent()
                && lapsed(reader).anyMatch(lapsing -> lapsing.by().equals(by));
    }

    /// What has not been begun is not heard of.
    ///
    /// @param stopped whether what runs is stopped as well
    void cancel(boolean stopped) {
        for (Cell cell : last.values()) {
            if (cell.endsByCancel(stopped, false) && cell.attempt == 0) {
                cell.phase = Phase.CANCELLED;
            } else if (cell.endsByCancel(stopped, false)) {
                desk.enter(cell, Phase.CANCELLED, "");
            }
        }
    }

    /// A step that has made its value anew, or could not, has not only stood unchanged.
    ///
    /// @param cells those of the run, by key
    void conclude(Map<InstanceKey, Cell> cells) {
        for (Cell cell : last.values()) {
            Cell of = cells.get(cell.key);
            if (of != null && (cell.phase == Phase.SUCCEEDED || cell.phase == Phase.FAILED)) {
                of.phase = cell.phase;
            }
        }
    }
}
