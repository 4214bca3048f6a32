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
    record Seat(String group, String node) {}

    record Part(InstanceKey key, Effect effect) {}

    private final Graph graph;
    private final Layout layout;
    private final Admissions admissions;
    private final Books books;
    private final Predicate<InstanceKey> healthy;
    private final Departures departures;
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
    private final Halfway halfway;
    private final Set<InstanceKey> gone = new HashSet<>();
    private final Checkups checkups = new Checkups();

    Rotation(
            Graph graph,
            Books books,
            Departures departures,
            Admissions admissions,
            Selection selection,
            Predicate<InstanceKey> healthy) {
        this.graph = graph;
        this.layout = new Layout(graph);
        this.admissions = admissions;
        this.halfway = new Halfway(graph, admissions, memberBefore);
        this.books = books;
        this.departures = departures;
        this.healthy = healthy;
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
        missing.addAll(admissions.announced());
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

    /// True when a use goes altogether from a member.
    private boolean isLosing(String node) {
        return departures.all().stream()
                .filter(gone -> !graph.composition().uses().containsKey(gone.use()))
                .filter(seats::containsKey)
                .anyMatch(gone -> gone.node().filter(node::equals).isPresent());
    }

    /// What has gone everywhere is founded anew, by all together.
    private boolean isTurned(InstanceKey key, Effect effect) {
        if (admissions.all().containsKey(key)) {
            return effect == Effect.DO || key.isLeave();
        }
        return effect == Effect.UNDO || memberBefore.contains(key) || comesByItself(key.use());
    }

    private boolean comesByItself(String name) {
        UseSpec use = graph.composition().uses().get(name);
        return use != null
                && (foundedBefore.contains(name) || !use.component().isFoundedTogether());
    }

    private void open(InstanceKey key, Seat seat, Selection selection) {
        Set<Part> parts = open.computeIfAbsent(seat, _ -> new HashSet<>());
        if (departures.goesWithItsMachine(key)) {
            // What is about another node has no part in this one's turn.
            InstanceKey machine = InstanceKey.acquire(seat.node());
            if (books.place(key).filter(seat.node()::equals).isPresent()) {
                machines.put(machine, seat);
                parts.add(new Part(machine, Effect.UNDO));
            }
        } else if (departures.contains(key) && isTurned(key, Effect.UNDO)) {
            parts.add(new Part(key, Effect.UNDO));
        } else if (key.isLeave()) {
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
        boolean passes = idle && passesTo(seat, now);
        halfway.begins(seat, key, effect);
        admissions.begun(key);
        Set<String> ill = sick.getOrDefault(seat.group(), Set.of());
        Set<String> down = down(seat.group());
        Set<String> left = leftSick.getOrDefault(seat.group(), Set.of());
        boolean isLastResort = idle && down.isEmpty() && left.isEmpty();
        if (!now.add(seat.node())) {
            return Optional.empty();
        }
        halfway.takes(seat, passes && !isFoundDown(seat));
        if (isLastResort || down.contains(seat.node()) || isFoundDown(seat)) {
            return Optional.empty();
        }
        if (!admissions.isAlone(now)) {
            return Optional.of(key + " is started while turns have " + now);
        }
        Set<String> out = new HashSet<>(now);
        out.addAll(down);
        if (!ill.contains(seat.node())) {
            out.addAll(idle ? left : ill);
        }
        return out.size() <= layout.budget(seat.group())
                ? Optional.empty()
                : Optional.of(key + " is started while out of its group are " + out);
    }

    /// Turns pass on: who waits rests, and is out only where it does not serve.
    ///
    /// @return true when somebody stands back for it, of who has a turn `now` or of the sick
    private boolean passesTo(Seat seat, Set<String> now) {
        Set<String> before = waiting.getOrDefault(seat.group(), Set.of());
        boolean waited =
                now.removeIf(node ->
                        before.contains(node)
                                && !node.equals(seat.node())
                                && !isHalfChanged(new Seat(seat.group(), node)));
        Set<String> ill = sick.getOrDefault(seat.group(), Set.of());
        return waited || !(ill.isEmpty() || ill.contains(seat.node()));
    }

    private boolean rests(Seat seat) {
        return isAt(checkups.everDown(), seat)
                && !halfway.keepsTurn(seat, open.getOrDefault(seat, Set.of()))
                && !down(seat.group()).contains(seat.node())
                && !isFoundDown(seat);
    }

    private boolean isHalfChanged(Seat seat) {
        return halfway.isHalfChanged(seat, open.getOrDefault(seat, Set.of()));
    }

    private boolean isFoundDown(Seat seat) {
        return isAt(checkups.down(), seat);
    }

    private boolean isAt(Set<InstanceKey> keys, Seat seat) {
        return keys.stream().anyMatch(key -> seat(key).filter(seat::equals).isPresent());
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
        if (!checkups.asked(key)) {
            return Optional.of(key + " is asked for its health again and again");
        }
        return seat(key)
                .filter(_ -> !checkups.isDoubted(key))
                .filter(seat -> !turning.getOrDefault(seat.group(), Set.of()).isEmpty())
                .map(seat -> key + " is looked at while a turn is under way in " + seat.group());
    }

    /// What a look has found; of several tries the last counts.
    void found(InstanceKey key, boolean serves) {
        checkups.found(key, serves);
    }

    private void seen(InstanceKey well) {
        checkups.seen(well, missing.remove(well));
    }

    void end(InstanceKey key, Effect effect, Phase phase) {
        if (phase == Phase.SUCCEEDED && effect == Effect.DO) {
            seen(key);
        }
        if (phase == Phase.SUCCEEDED && effect == Effect.UNDO) {
            went(key);
        }
        if (phase == Phase.SUCCEEDED && key.isLeave()) {
            missing.remove(key);
            left(key);
        }
        seat(key)
                .ifPresent(seat -> {
                    halfway.ends(seat, key);
                    Set<Part> left = open.getOrDefault(seat, new HashSet<>());
                    if (!left.remove(new Part(key, effect))) {
                        return;
                    }
                    if (!isWell(key, phase)) {
                        bad.add(seat);
                    }
                    if (!bad.contains(seat) && !isHalfChanged(seat)) {
                        gone.stream()
                                .filter(went -> seat.equals(seats.get(went)))
                                .forEach(this::forget);
                    }
                    if (left.isEmpty()) {
                        boolean turned =
                                turning.getOrDefault(seat.group(), new HashSet<>())
                                        .remove(seat.node());
                        Set<String> ill = sick.computeIfAbsent(seat.group(), _ -> new HashSet<>());
                        if (!bad.contains(seat)) {
                            ill.remove(seat.node());
                        } else if (turned) {
                            // What was blocked before anything was done to it is as it was.
                            ill.add(seat.node());
                        }
                    }
                });
    }

    /// An attempt has failed: nothing of it is under way until there is another.
    void failed(InstanceKey key) {
        seat(key).ifPresent(seat -> halfway.ends(seat, key));
    }

    /// A member has been well for the first time.
    void founded(String use, String node) {
        missing.stream()
                .filter(key -> key.equals(InstanceKey.onNode(use, key.step(), node)))
                .toList()
                .forEach(this::seen);
    }

    /// What goes of who has left needs no turn, nor does its machine.
    private void left(InstanceKey leave) {
        Set<InstanceKey> free =
                seats.keySet().stream()
                        .filter(key -> key.node().equals(leave.node()) && !key.equals(leave))
                        .filter(key ->
                                key.use().equals(leave.use())
                                        || key.use().equals(InstanceKey.NODE_USE))
                        .collect(Collectors.toSet());
        free.forEach(key -> {
            forget(key);
            Seat seat = seats.remove(key);
            open.getOrDefault(seat, new HashSet<>()).removeIf(part -> part.key().equals(key));
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
        if (layout.stays(key)
                && !layout.comesBack(key.use(), key.node().orElseThrow())
                && !hasNewcomers(key)) {
            forget(key);
        }
    }

    private boolean hasNewcomers(InstanceKey gone) {
        return seats.keySet().stream()
                .filter(key -> key.node().equals(gone.node()))
                .anyMatch(halfway::isNewcomer);
    }

    private void forget(InstanceKey key) {
        serving.remove(key);
        checkups.forget(key);
    }

    /// Who is not for the run to touch is as it was.
    private boolean isWell(InstanceKey key, Phase phase) {
        return phase == Phase.SUCCEEDED
                || phase == Phase.SKIPPED
                || (phase == Phase.LEFT_OUT && !books.isSick(key));
    }
}
