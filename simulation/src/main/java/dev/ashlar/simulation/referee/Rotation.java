package dev.ashlar.simulation.referee;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
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
    private final Seating seating;
    private final Map<InstanceKey, Seat> seats;
    private final Set<InstanceKey> serving;
    private final Remaining remaining;
    private final Set<InstanceKey> missing = new LinkedHashSet<>();
    private final Map<String, Set<String>> turning = new LinkedHashMap<>();
    private final Sick sick;
    private final Set<Seat> bad = new LinkedHashSet<>();
    private final Halfway halfway;
    private final Standstill standstill = new Standstill();
    private final Set<InstanceKey> gone = new LinkedHashSet<>();
    private final Checkups checkups = new Checkups();
    private final Partings partings = new Partings();

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
        this.books = books;
        this.departures = departures;
        this.healthy = healthy;
        this.seating = new Seating(graph, books, departures, admissions);
        this.seats = seating.seats;
        this.serving = seating.serving;
        this.halfway = new Halfway(graph, admissions, seating.memberBefore, seating.fresh());
        this.remaining = new Remaining(graph, books, departures, seating);
        this.sick = new Sick(books, seats, selection);
        seats.putAll(remaining.machines());
        seats.keySet().stream().filter(seating::isMissing).forEach(missing::add);
        missing.addAll(admissions.announced());
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
    void answers(boolean idle) {
        standstill.answers(idle, turning);
    }

    void ready(InstanceKey key, Effect effect) {
        seat(key).ifPresent(at -> standstill.isReady(new Part(key, effect), at.group()));
    }

    /// The answer is what is wrong with that.
    Optional<String> start(InstanceKey key, Effect effect) {
        Optional<Seat> where = seat(key);
        if (where.isEmpty() || !seating.isTurned(key, effect)) {
            return Optional.empty();
        }
        Seat seat = where.get();
        Set<String> now = turning.computeIfAbsent(seat.group(), _ -> new LinkedHashSet<>());
        now.removeIf(node -> rests(new Seat(seat.group(), node)));
        partings.touched(seat, seating.telling(seat));
        boolean idle = standstill.begins(new Part(key, effect), seat.group());
        Set<String> ill = sick.of(seat.group());
        boolean passes = idle && passesTo(seat, now, ill);
        halfway.begins(seat, key, effect);
        admissions.begun(key);
        Set<String> down = down(seat.group());
        Set<String> left = sick.leftOf(seat.group());
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
        Set<String> out = new LinkedHashSet<>(now);
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
    private boolean passesTo(Seat seat, Set<String> now, Set<String> ill) {
        boolean waited =
                now.removeIf(node -> {
                    Seat other = new Seat(seat.group(), node);
                    return standstill.isWaiting(other) && !other.equals(seat) && !isBusy(other);
                });
        return waited || !(ill.isEmpty() || ill.contains(seat.node()));
    }

    private boolean rests(Seat seat) {
        return isAt(checkups.everDown(), seat)
                && !halfway.isLastResort(seat)
                && !isBusy(seat)
                && !down(seat.group()).contains(seat.node())
                && !isFoundDown(seat);
    }

    private boolean isBusy(Seat seat) {
        return partings.isOpen(seat) || halfway.isBusy(seat) || isHalfChanged(seat);
    }

    private boolean isHalfChanged(Seat seat) {
        return halfway.isHalfChanged(seat, remaining.at(seat));
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
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// A member is asked for its health: that is for before the first turn, for who was ill when
    /// the first of them is well, and for its own turn.
    Optional<String> looked(InstanceKey key, boolean inItsTurn) {
        seat(key).map(Seat::group).ifPresent(standstill::goesOn);
        if (inItsTurn) {
            boolean has = seat(key).filter(this::hasTurn).isPresent();
            return Optional.of(key + " is asked as in its turn, and has none").filter(_ -> !has);
        }
        if (!checkups.asked(key)) {
            return Optional.of(key + " is asked for its health again and again");
        }
        return seat(key)
                .filter(_ -> !checkups.isDoubted(key))
                .filter(seat -> !turning.getOrDefault(seat.group(), Set.of()).isEmpty())
                .map(seat -> key + " is looked at while a turn is under way in " + seat.group());
    }

    private boolean hasTurn(Seat seat) {
        return turning.getOrDefault(seat.group(), Set.of()).contains(seat.node());
    }

    /// True while all is done at its node and it has not been asked since.
    boolean isParting(InstanceKey key) {
        return seat(key).filter(partings::isOpen).isPresent();
    }

    /// What a look has found; of several tries the last counts.
    void found(InstanceKey key, boolean serves, boolean inItsTurn) {
        if (inItsTurn) {
            seat(key).ifPresent(seat -> foundInItsTurn(seat, key, serves));
        } else {
            checkups.found(key, serves);
            missing.removeIf(known -> serves && known.equals(key));
        }
    }

    private void foundInItsTurn(Seat seat, InstanceKey key, boolean serves) {
        if (partings.answered(seat, key, serves, seating.passes(key))) {
            seen(key);
        } else if (!serves && (isFoundDown(seat) || checkups.isDoubted(key))) {
            partings.excuse(seat);
        }
        if (partings.isOpen(seat) && partings.hasAnswered(seat)) {
            over(seat);
        }
    }

    private void seen(InstanceKey well) {
        checkups.seen(well, missing.remove(well));
    }

    void end(InstanceKey key, Effect effect, Phase phase) {
        if (phase == Phase.SUCCEEDED && effect == Effect.DO) {
            seen(key);
            seat(key).ifPresent(seat -> partings.seen(seat, key));
        }
        if (phase == Phase.FAILED && effect == Effect.DO && seating.isTurned(key, effect)) {
            seat(key).filter(partings::isOpen).filter(bad::add).ifPresent(this::over);
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
                    if (!remaining.ended(seat, new Part(key, effect))) {
                        return;
                    }
                    if (!isWell(key, phase)) {
                        bad.add(seat);
                    }
                    settle(seat);
                });
    }

    private void settle(Seat seat) {
        if (!bad.contains(seat) && !isHalfChanged(seat)) {
            gone.stream().filter(went -> seat.equals(seats.get(went))).forEach(this::forget);
        }
        if (remaining.at(seat).isEmpty() && !isParting(seat)) {
            over(seat);
        }
    }

    /// What is new at a node comes after its turn: where nothing runs, somebody of the group waits
    /// for a turn, and the node is out.
    ///
    /// @return what is wrong with that
    Optional<String> postponed(InstanceKey key) {
        Optional<Seat> where = seat(key).filter(_ -> halfway.isNewcomer(key));
        if (where.isEmpty() || admissions.all().containsKey(key)) {
            return Optional.of(key + " is postponed, and is not new or has to be let in");
        }
        Seat seat = where.get();
        boolean isOut = isHalfChanged(seat) || books.isReduced(seat.node());
        needsNoTurn(key);
        missing.remove(key);
        settle(seat);
        String wrong = key + " is postponed, and keeps nobody from a turn";
        return Optional.of(wrong).filter(_ -> !isOut || !standstill.isInTheWay(seat));
    }

    /// True when its turn goes on although all is done.
    private boolean isParting(Seat seat) {
        boolean parts = !bad.contains(seat) && partings.begin(seat, books::isAsked);
        if (parts) {
            turning.computeIfAbsent(seat.group(), _ -> new LinkedHashSet<>()).add(seat.node());
        }
        return parts;
    }

    private void over(Seat seat) {
        partings.end(seat);
        boolean turned =
                turning.getOrDefault(seat.group(), new LinkedHashSet<>()).remove(seat.node());
        if (!bad.contains(seat)) {
            sick.isWell(seat);
        } else if (turned) {
            // What was blocked before anything was done to it is as it was.
            sick.fell(seat);
        }
    }

    Set<Seat> notAsked() {
        return partings.open();
    }

    void asked(InstanceKey key) {
        seat(key).ifPresent(seat -> halfway.isAsked(seat, key));
    }

    /// Its work has ended. An attempt that has failed is over: nothing of it is under way until
    /// there is another.
    void done(InstanceKey key, boolean failed) {
        seat(key)
                .ifPresent(seat -> {
                    partings.touched(seat, seating.telling(seat));
                    if (failed) {
                        halfway.ends(seat, key);
                    }
                });
    }

    /// A member has been well for the first time.
    void founded(String use, String node) {
        missing.stream()
                .filter(key -> key.equals(InstanceKey.onNode(use, key.step(), node)))
                .toList()
                .forEach(this::seen);
    }

    /// What goes of who has left needs no turn, nor does its machine, and is not out if it is sick.
    private void left(InstanceKey leave) {
        Set<InstanceKey> free =
                seats.keySet().stream()
                        .filter(key -> key.node().equals(leave.node()) && !key.equals(leave))
                        .filter(key ->
                                key.use().equals(leave.use())
                                        || key.use().equals(InstanceKey.NODE_USE))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        free.forEach(this::needsNoTurn);
        leave.node().ifPresent(sick::left);
    }

    private void needsNoTurn(InstanceKey key) {
        forget(key);
        Seat seat = Objects.requireNonNull(seats.remove(key));
        partings.seen(seat, key);
        remaining.forget(seat, key);
    }

    private void went(InstanceKey key) {
        if (!graph.instances().containsKey(key)) {
            gone.add(key);
        }
        if (remaining.machines().containsKey(key)) {
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
