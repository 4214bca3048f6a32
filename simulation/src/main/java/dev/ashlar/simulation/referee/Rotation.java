package dev.ashlar.simulation.referee;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How many members of a founded group are out at once: those in a turn, those that are on record
/// as sick and are not well yet, and those that do not serve, on record or not. A turn lasts until
/// every instance of its node in the group has ended.
///
/// Who was found not to serve counts as out whatever is done to it, until the step that was asked
/// has been seen to succeed anywhere in the group: from then on the core must ask again, and a turn
/// that was begun without room rests while nothing is under way there and the member serves.
final class Rotation {
    /// Three tries before the first turn, and three when the first that was ill is well.
    private static final int MOST_LOOKS = 6;

    private record Seat(String group, String node) {}

    private record Part(InstanceKey key, Effect effect) {}

    private final Graph graph;
    private final Books books;
    private final Predicate<InstanceKey> healthy;
    private final Departures departures;
    private final Set<String> whole;
    private final Map<InstanceKey, Seat> seats = new LinkedHashMap<>();
    private final Map<InstanceKey, Seat> machines = new LinkedHashMap<>();
    private final Set<InstanceKey> serving = new LinkedHashSet<>();
    private final Set<InstanceKey> memberBefore = new HashSet<>();
    private final Set<String> foundedBefore = new HashSet<>();
    private final Set<InstanceKey> missing = new LinkedHashSet<>();
    private final Map<Seat, Set<Part>> open = new HashMap<>();
    private final Map<String, Set<String>> turning = new HashMap<>();
    private final Map<String, Set<String>> waiting = new HashMap<>();
    private final Map<String, Set<String>> sick = new HashMap<>();
    private final Map<String, Set<String>> leftSick = new HashMap<>();
    private final Set<Seat> bad = new HashSet<>();
    private final Set<Seat> wasDown = new HashSet<>();
    private final Map<Seat, Set<String>> lost = new HashMap<>();
    private final Set<InstanceKey> gone = new HashSet<>();
    private final Map<Seat, Set<InstanceKey>> underWay = new HashMap<>();
    private final Map<InstanceKey, Integer> looks = new HashMap<>();
    private final Set<InstanceKey> doubted = new HashSet<>();
    private final Set<InstanceKey> foundDown = new HashSet<>();

    Rotation(
            Graph graph,
            Books books,
            Departures departures,
            Selection selection,
            Set<String> whole,
            Predicate<InstanceKey> healthy) {
        this.graph = graph;
        this.books = books;
        this.departures = departures;
        this.healthy = healthy;
        this.whole = Set.copyOf(whole);
        graph.composition().uses().keySet().stream()
                .filter(books::isFounded)
                .forEach(foundedBefore::add);
        Set<InstanceKey> all = new LinkedHashSet<>(graph.instances().keySet());
        all.addAll(departures.all());
        all.forEach(this::take);
        for (InstanceKey key : graph.instances().keySet()) {
            boolean isNewUse = !seats.containsKey(key) && comesByItself(key.use());
            key.node()
                    .filter(_ -> isNewUse)
                    .filter(node -> isLosing(node) || books.isReduced(node))
                    .flatMap(node -> graph.groupOfNode(node).map(group -> new Seat(group, node)))
                    .ifPresent(seat -> seats.put(key, seat));
        }
        seats.forEach((key, seat) -> open(key, seat, selection));
        seats.putAll(machines);
        seats.forEach((key, seat) -> {
            boolean isEmpty = books.isReduced(seat.node()) && departures.isNew(key);
            if (isEmpty
                    && isTurned(key, Effect.DO)
                    && !books.isFounded(key.use(), seat.node())
                    && graph.instances().get(key) instanceof Instance.Step step
                    && step.step().health().isPresent()) {
                missing.add(key);
            }
        });
    }

    /// A member that leaves is one of those it leaves.
    private void take(InstanceKey key) {
        UseSpec use = graph.composition().uses().get(key.use());
        Optional<String> node =
                key.node()
                        .filter(n ->
                                books.isFounded(key.use(), n)
                                        || (departures.contains(key) && books.isReduced(n)));
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
            boolean isAsked =
                    departures.contains(key)
                            ? books.isAsked(key)
                            : graph.instances().get(key) instanceof Instance.Step step
                                    && step.step().health().isPresent();
            if (isAsked) {
                serving.add(key);
            }
        });
    }

    private boolean goesWithItsMachine(InstanceKey key) {
        Optional<String> place = books.place(key).filter(whole::contains);
        return place.map(InstanceKey::acquire).filter(departures::contains).isPresent();
    }

    /// True when a use goes altogether from a member.
    private boolean isLosing(String node) {
        return departures.all().stream()
                .filter(gone -> !graph.composition().uses().containsKey(gone.use()))
                .filter(seats::containsKey)
                .anyMatch(gone -> gone.node().filter(node::equals).isPresent());
    }

    /// What has gone everywhere is founded anew, by all together.
    private boolean isTurned(InstanceKey key, Effect effect) {
        return effect == Effect.UNDO || memberBefore.contains(key) || comesByItself(key.use());
    }

    private boolean comesByItself(String name) {
        UseSpec use = graph.composition().uses().get(name);
        return use != null
                && (foundedBefore.contains(name) || !use.component().isFoundedTogether());
    }

    private void open(InstanceKey key, Seat seat, Selection selection) {
        Set<Part> parts = open.computeIfAbsent(seat, _ -> new HashSet<>());
        if (departures.contains(key) && goesWithItsMachine(key)) {
            // What is about another node has no part in this one's turn.
            InstanceKey machine = InstanceKey.acquire(seat.node());
            if (books.place(key).filter(seat.node()::equals).isPresent()) {
                machines.put(machine, seat);
                parts.add(new Part(machine, Effect.UNDO));
            }
        } else if (departures.contains(key)) {
            parts.add(new Part(key, Effect.UNDO));
        }
        if (graph.instances().containsKey(key) && isTurned(key, Effect.DO)) {
            parts.add(new Part(key, Effect.DO));
        }
        if (books.isSick(key)) {
            sick.computeIfAbsent(seat.group(), _ -> new HashSet<>()).add(seat.node());
            if (selection.leavesOut(key, Optional.empty())) {
                leftSick.computeIfAbsent(seat.group(), _ -> new HashSet<>()).add(seat.node());
            }
        }
    }

    /// True of what has to wait for its node's turn.
    boolean isMember(InstanceKey key) {
        return seats.containsKey(key);
    }

    /// True of a use whose members change one by one.
    boolean isByTurns(String use) {
        return seats.keySet().stream().anyMatch(key -> key.use().equals(use));
    }

    private Optional<Seat> seat(InstanceKey key) {
        return Optional.ofNullable(seats.get(key));
    }

    /// What is started from now on is started at once.
    void answers() {
        waiting.clear();
        turning.forEach((group, nodes) -> waiting.put(group, Set.copyOf(nodes)));
    }

    /// An instance is started; the answer is what is wrong with that.
    Optional<String> start(InstanceKey key, Effect effect, boolean idle) {
        Optional<Seat> where = seat(key);
        if (where.isEmpty() || !isTurned(key, effect)) {
            return Optional.empty();
        }
        Seat seat = where.get();
        Set<String> now = turning.computeIfAbsent(seat.group(), _ -> new HashSet<>());
        now.removeIf(node -> rests(new Seat(seat.group(), node)));
        if (idle) {
            // Turns pass on: who waits rests, and is out only where it does not serve.
            Set<String> before = waiting.getOrDefault(seat.group(), Set.of());
            now.removeIf(node ->
                    before.contains(node)
                            && !node.equals(seat.node())
                            && !isHalfChanged(new Seat(seat.group(), node)));
        }
        underWay.computeIfAbsent(seat, _ -> new HashSet<>()).add(key);
        if (effect == Effect.UNDO) {
            lost.computeIfAbsent(seat, _ -> new HashSet<>()).add(key.use());
        }
        Set<String> ill = sick.getOrDefault(seat.group(), Set.of());
        Set<String> down = down(seat.group());
        Set<String> left = leftSick.getOrDefault(seat.group(), Set.of());
        boolean isLastResort = idle && down.isEmpty() && left.isEmpty();
        if (!now.add(seat.node())
                || isLastResort
                || down.contains(seat.node())
                || isFoundDown(seat)) {
            return Optional.empty();
        }
        Set<String> out = new HashSet<>(now);
        out.addAll(down);
        if (!ill.contains(seat.node())) {
            out.addAll(idle ? left : ill);
        }
        return out.size() <= budget(seat.group())
                ? Optional.empty()
                : Optional.of(key + " is started while out of its group are " + out);
    }

    /// Who has lost something in its turn keeps it.
    private boolean rests(Seat seat) {
        return wasDown.contains(seat)
                && !isHalfChanged(seat)
                && !down(seat.group()).contains(seat.node())
                && !isFoundDown(seat)
                && underWay.getOrDefault(seat, Set.of()).isEmpty();
    }

    /// Something of a use has gone, and what is left of it there, or what is new where nothing is
    /// left of it, is not all done.
    private boolean isHalfChanged(Seat seat) {
        Set<Part> left = open.getOrDefault(seat, Set.of());
        return lost.getOrDefault(seat, Set.of()).stream().anyMatch(use -> isOpen(use, seat, left));
    }

    private boolean isOpen(String use, Seat seat, Set<Part> left) {
        boolean comesBack = comesBack(use, seat.node());
        return left.stream()
                .map(Part::key)
                .anyMatch(key -> key.use().equals(use) || (isNewcomer(key) && !comesBack));
    }

    private boolean isNewcomer(InstanceKey key) {
        return graph.instances().containsKey(key) && !memberBefore.contains(key);
    }

    private boolean comesBack(String use, String node) {
        return graph.instances().keySet().stream()
                .filter(key -> key.use().equals(use))
                .anyMatch(key -> key.node().filter(node::equals).isPresent());
    }

    private boolean isFoundDown(Seat seat) {
        return foundDown.stream().anyMatch(found -> seat(found).filter(seat::equals).isPresent());
    }

    /// The members that do not serve, in truth.
    private Set<String> down(String group) {
        return Stream.concat(serving.stream().filter(key -> !healthy.test(key)), missing.stream())
                .flatMap(key -> seat(key).stream())
                .filter(seat -> seat.group().equals(group))
                .map(Seat::node)
                .collect(Collectors.toSet());
    }

    /// A member is asked for its health: that is for before the first turn, and for who was ill
    /// when the first of them is well.
    Optional<String> looked(InstanceKey key) {
        if (looks.merge(key, 1, Integer::sum) > MOST_LOOKS) {
            return Optional.of(key + " is asked for its health again and again");
        }
        return seat(key)
                .filter(_ -> !doubted.contains(key))
                .filter(seat -> !turning.getOrDefault(seat.group(), Set.of()).isEmpty())
                .map(seat -> key + " is looked at while a turn is under way in " + seat.group());
    }

    /// What a look has found; of several tries the last counts.
    void found(InstanceKey key, boolean serves) {
        if (serves) {
            foundDown.remove(key);
        } else {
            foundDown.add(key);
            seat(key).ifPresent(wasDown::add);
        }
    }

    private void seen(InstanceKey well) {
        boolean wasMissing = missing.remove(well);
        boolean wasDown = foundDown.remove(well) || wasMissing;
        foundDown.removeIf(other -> {
            boolean alike = other.use().equals(well.use()) && other.step().equals(well.step());
            if (alike && wasDown) {
                doubted.add(other);
            }
            return alike && wasDown;
        });
    }

    void end(InstanceKey key, Effect effect, Phase phase) {
        if (phase == Phase.SUCCEEDED && effect == Effect.DO) {
            seen(key);
        }
        if (phase == Phase.SUCCEEDED && effect == Effect.UNDO) {
            went(key);
        }
        seat(key)
                .ifPresent(seat -> {
                    underWay.getOrDefault(seat, new HashSet<>()).remove(key);
                    Set<Part> left = open.getOrDefault(seat, new HashSet<>());
                    if (!left.remove(new Part(key, effect))) {
                        return;
                    }
                    if (!isWell(key, phase)) {
                        bad.add(seat);
                    }
                    if (left.isEmpty()) {
                        boolean turned =
                                turning.getOrDefault(seat.group(), new HashSet<>())
                                        .remove(seat.node());
                        Set<String> ill = sick.computeIfAbsent(seat.group(), _ -> new HashSet<>());
                        if (!bad.contains(seat)) {
                            forgetWhatWent(seat);
                            ill.remove(seat.node());
                        } else if (turned) {
                            // What was blocked before anything was done to it is as it was.
                            ill.add(seat.node());
                        }
                    }
                });
    }

    private void went(InstanceKey key) {
        if (!graph.instances().containsKey(key)) {
            gone.add(key);
        }
        if (machines.containsKey(key)) {
            departures.all().stream()
                    .filter(other -> other.node().equals(key.node()))
                    .forEach(gone::add);
        }
        if (stays(key) && !comesBack(key.use(), key.node().orElseThrow()) && !hasNewcomers(key)) {
            forget(key);
        }
    }

    private boolean hasNewcomers(InstanceKey gone) {
        return seats.keySet().stream()
                .filter(key -> key.node().equals(gone.node()))
                .anyMatch(this::isNewcomer);
    }

    private boolean stays(InstanceKey key) {
        return key.node().filter(graph::hasNode).isPresent();
    }

    private void forgetWhatWent(Seat seat) {
        gone.stream().filter(key -> seat.equals(seats.get(key))).forEach(this::forget);
    }

    private void forget(InstanceKey key) {
        serving.remove(key);
        foundDown.remove(key);
    }

    /// Who is not for the run to touch is as it was.
    private boolean isWell(InstanceKey key, Phase phase) {
        return phase == Phase.SUCCEEDED
                || phase == Phase.SKIPPED
                || (phase == Phase.LEFT_OUT && !books.isSick(key));
    }

    private int budget(String group) {
        return graph.composition().uses().values().stream()
                .filter(use -> use.group().equals(group))
                .mapToInt(use -> use.component().rollout().maxUnavailable())
                .min()
                .orElse(1);
    }
}
