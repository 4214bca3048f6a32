package dev.ashlar.simulation.referee;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.simulation.referee.Rotation.Seat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What is part of a member's turn, and what tells how a member is.
final class Seating {
    final Map<InstanceKey, Seat> seats = new LinkedHashMap<>();
    final Set<InstanceKey> serving = new LinkedHashSet<>();
    final Set<InstanceKey> memberBefore = new LinkedHashSet<>();
    private final Graph graph;
    private final Books books;
    private final Departures departures;
    private final Admissions admissions;
    private final Set<String> foundedBefore = new LinkedHashSet<>();
    private final Set<InstanceKey> remnants;

    Seating(Graph graph, Books books, Departures departures, Admissions admissions) {
        this.graph = graph;
        this.books = books;
        this.departures = departures;
        this.admissions = admissions;
        this.remnants =
                departures.all().stream()
                        .filter(books::isRemnant)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        graph.composition().uses().keySet().stream()
                .filter(books::isFounded)
                .forEach(foundedBefore::add);
        Set<InstanceKey> all = new LinkedHashSet<>(graph.instances().keySet());
        all.addAll(departures.all());
        all.forEach(this::take);
        admissions
                .all()
                .forEach((key, group) -> seats.put(key, new Seat(group, key.node().orElseThrow())));
        for (InstanceKey key : graph.instances().keySet()) {
            boolean isNewUse = !seats.containsKey(key) && comesByItself(key.use());
            key.node()
                    .filter(_ -> isNewUse)
                    .filter(node -> isLosing(node) || books.isReduced(node))
                    .flatMap(node -> graph.groupOfNode(node).map(group -> new Seat(group, node)))
                    .ifPresent(seat -> seats.put(key, seat));
        }
    }

    /// What comes that does not stand yet, or goes before it comes.
    Set<InstanceKey> fresh() {
        return graph.instances().keySet().stream()
                .filter(key -> !books.hasSucceeded(key) || departures.contains(key))
                .filter(key -> !graph.isUndecided(key))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// The steps at a node that tell how its members are.
    Set<InstanceKey> telling(Seat seat) {
        return seats.keySet().stream()
                .filter(key -> seat.equals(seats.get(key)) && tells(key))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    boolean tells(InstanceKey key) {
        return health(key).isPresent();
    }

    /// How often in a row it is to be healthy.
    int passes(InstanceKey key) {
        return health(key).map(StepSpec.Health::consecutive).orElse(1);
    }

    private Optional<StepSpec.Health> health(InstanceKey key) {
        return graph.instances().get(key) instanceof Instance.Step step
                ? step.step().health()
                : Optional.empty();
    }

    /// True of what tells how a member is that an earlier run left without it.
    boolean isMissing(InstanceKey key) {
        boolean isGone =
                Optional.ofNullable(seats.get(key))
                        .map(Seat::node)
                        .filter(books::isReduced)
                        .filter(node -> !books.isFounded(key.use(), node))
                        .isPresent();
        return isGone && departures.isNew(key) && isTurned(key, Effect.DO) && tells(key);
    }

    /// A member that leaves is one of those it leaves.
    private void take(InstanceKey key) {
        UseSpec use = graph.composition().uses().get(key.use());
        Optional<String> node =
                key.node()
                        .filter(n ->
                                books.isFounded(key.use(), n)
                                        || (departures.contains(key)
                                                && books.isReduced(n)
                                                && !books.isRemnant(key)));
        Optional<String> group =
                node.flatMap(graph::groupOfNode)
                        .or(() ->
                                node.isEmpty() || use == null
                                        ? Optional.empty()
                                        : Optional.of(use.group()));
        group.ifPresent(name -> {
            seats.put(key, new Seat(name, node.orElseThrow()));
            if (books.isFounded(key.use(), node.orElseThrow())) {
                memberBefore.add(key);
            }
            boolean isAsked = departures.contains(key) ? books.isAsked(key) : tells(key);
            if (isAsked) {
                serving.add(key);
            }
        });
    }

    /// True when a use goes altogether from a member.
    private boolean isLosing(String node) {
        return departures.all().stream()
                .filter(gone -> !graph.composition().uses().containsKey(gone.use()))
                .filter(seats::containsKey)
                .anyMatch(gone -> gone.node().filter(node::equals).isPresent());
    }

    /// What has gone everywhere is founded anew, by all together. What is left of one that has left
    /// needs no turn, also where something comes in its place.
    boolean isTurned(InstanceKey key, Effect effect) {
        if (admissions.all().containsKey(key)) {
            return effect == Effect.DO || key.isLeave();
        }
        if (effect == Effect.UNDO) {
            return !remnants.contains(key);
        }
        return memberBefore.contains(key) || comesByItself(key.use());
    }

    private boolean comesByItself(String name) {
        UseSpec use = graph.composition().uses().get(name);
        return use != null
                && (foundedBefore.contains(name) || !use.component().isFoundedTogether());
    }
}
