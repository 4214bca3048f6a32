package dev.ashlar.engine.run;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Joiners;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Resolver;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Await;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// When a member is let in. From its join on it is out until all of it is done, and nobody else of
/// its group has a turn meanwhile; so it is kept outside while anything that follows waits for what
/// comes about elsewhere, which may take others' turns. Where nothing else can be done any more it
/// is let in all the same, for what it waits for may wait for its join; unless that is another that
/// is kept outside and waits for this one: then neither can ever be whole, and that is told before
/// anybody counts on them.
final class Entrances {
    private final Graph graph;
    private final Past past;
    private final Resolver resolver;
    private final Outcomes outcomes;
    private final Map<Cell, Set<Await>> outside = new LinkedHashMap<>();
    private final Set<Cell> opened = new LinkedHashSet<>();

    Entrances(Graph graph, Past past, Resolver resolver, Outcomes outcomes) {
        this.graph = graph;
        this.past = past;
        this.resolver = resolver;
        this.outcomes = outcomes;
    }

    /// True when `cell` is a join step that waits for the sake of what follows. One that may have
    /// been done already does not: the others may count on its member by now.
    boolean keeps(Cell cell) {
        if (!cell.key.isJoin()
                || opened.contains(cell)
                || Joiners.isAnnounced(past, cell.key.use(), node(cell))) {
            return false;
        }
        Set<Await> awaits = awaitedElsewhere(cell);
        outside.remove(cell);
        if (!awaits.isEmpty()) {
            outside.put(cell, awaits);
            outcomes.await(cell, awaits);
        }
        return !awaits.isEmpty();
    }

    private Set<Await> awaitedElsewhere(Cell join) {
        UseSpec use = graph.composition().uses().get(join.key.use());
        Set<Await> awaits = new LinkedHashSet<>();
        if (use != null) {
            Set<String> later = use.component().stepsAfterJoin();
            use.component().steps().stream()
                    .filter(step -> step.subject() == StepSpec.Subject.NODE)
                    .filter(step -> later.contains(step.name()))
                    .flatMap(step -> graph.keys(use, step, join.key.node()).stream())
                    .map(graph.instances()::get)
                    .forEach(instance -> {
                        if (instance instanceof Instance.Step step) {
                            awaits.addAll(resolver.awaited(step));
                        }
                    });
        }
        awaits.removeIf(await -> !isElsewhere(await, node(join)));
        return awaits;
    }

    /// False of what is part of the same turn, and of what is told by the step that waits for it.
    private static boolean isElsewhere(Await await, String node) {
        return switch (await) {
            case Await.Success(InstanceKey of) -> !of.node().equals(Optional.of(node));
            case Await.Healthy(_, String at) -> !at.equals(node);
            case Await.Gathered _ -> true;
            case Await.Sponsor _, Await.Elsewhere _, Await.Unlocked _ -> false;
        };
    }

    private static String node(Cell join) {
        return join.key.node().orElseThrow();
    }

    /// Nothing runs anywhere: the first that is outside is let in, or hears that it cannot be.
    ///
    /// @return true when anybody is
    boolean open() {
        outside.keySet().removeIf(cell -> cell.phase != Phase.PENDING);
        Optional<Cell> first = outside.keySet().stream().findFirst();
        first.ifPresent(cell -> {
            Optional<Cell> other = needing(cell);
            if (other.isPresent()) {
                outcomes.refused(cell, Mishap.needEachOther(cell.key, other.get().key));
            } else {
                outside.remove(cell);
                opened.add(cell);
                outcomes.goOn(cell);
            }
        });
        return first.isPresent();
    }

    /// One that waits for `cell`, be it by way of others, and that `cell` waits for.
    private Optional<Cell> needing(Cell cell) {
        Set<Cell> reached = new LinkedHashSet<>();
        Deque<Cell> open = new ArrayDeque<>(Set.of(cell));
        while (!open.isEmpty()) {
            Cell next = open.poll();
            if (isWaitedFor(cell, next)) {
                return Optional.of(next);
            }
            outside.keySet().stream()
                    .filter(other -> isWaitedFor(other, next))
                    .filter(reached::add)
                    .forEach(open::add);
        }
        return Optional.empty();
    }

    /// Whether `by` waits for what is there of a member only once it has been let in.
    private boolean isWaitedFor(Cell join, Cell by) {
        return outside.getOrDefault(by, Set.of()).stream()
                .anyMatch(await -> follows(await, join.key));
    }

    private boolean follows(Await await, InstanceKey join) {
        return switch (await) {
            case Await.Success(InstanceKey of) ->
                    of.use().equals(join.use())
                            && of.node().equals(join.node())
                            && (of.isJoin() || isAfterJoin(of));
            case Await.Healthy(String use, String node) ->
                    use.equals(join.use()) && join.node().equals(Optional.of(node));
            case Await.Gathered _, Await.Sponsor _, Await.Elsewhere _, Await.Unlocked _ -> false;
        };
    }

    private boolean isAfterJoin(InstanceKey of) {
        return Optional.ofNullable(graph.composition().uses().get(of.use()))
                .filter(use -> use.component().stepsAfterJoin().contains(of.step()))
                .isPresent();
    }
}
