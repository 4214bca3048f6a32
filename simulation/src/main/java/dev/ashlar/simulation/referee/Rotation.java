package dev.ashlar.simulation.referee;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

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

    private final Graph graph;
    private final Books books;
    private final Predicate<InstanceKey> healthy;
    private final Map<Seat, Set<InstanceKey>> open = new HashMap<>();
    private final Map<String, Set<String>> turning = new HashMap<>();
    private final Map<String, Set<String>> sick = new HashMap<>();
    private final Map<String, Set<String>> leftSick = new HashMap<>();
    private final Set<Seat> bad = new HashSet<>();
    private final Set<Seat> wasDown = new HashSet<>();
    private final Map<Seat, Set<InstanceKey>> underWay = new HashMap<>();
    private final Map<InstanceKey, Integer> looks = new HashMap<>();
    private final Set<InstanceKey> doubted = new HashSet<>();
    private final Set<InstanceKey> foundDown = new HashSet<>();

    Rotation(Graph graph, Books books, Selection selection, Predicate<InstanceKey> healthy) {
        this.graph = graph;
        this.books = books;
        this.healthy = healthy;
        for (InstanceKey key : graph.instances().keySet()) {
            seat(key)
                    .ifPresent(seat -> {
                        open.computeIfAbsent(seat, _ -> new HashSet<>()).add(key);
                        if (books.isSick(key)) {
                            sick.computeIfAbsent(seat.group(), _ -> new HashSet<>())
                                    .add(seat.node());
                            if (selection.leavesOut(key, Optional.empty())) {
                                leftSick.computeIfAbsent(seat.group(), _ -> new HashSet<>())
                                        .add(seat.node());
                            }
                        }
                    });
        }
    }

    private Optional<Seat> seat(InstanceKey key) {
        UseSpec use = graph.composition().uses().get(key.use());
        return use == null
                ? Optional.empty()
                : key.node()
                        .filter(node -> books.isFounded(key.use(), node))
                        .map(node -> new Seat(use.group(), node));
    }

    /// An instance is started; the answer is what is wrong with that.
    Optional<String> start(InstanceKey key, boolean idle) {
        Optional<Seat> where = seat(key);
        if (where.isEmpty()) {
            return Optional.empty();
        }
        Seat seat = where.get();
        Set<String> now = turning.computeIfAbsent(seat.group(), _ -> new HashSet<>());
        now.removeIf(node -> rests(new Seat(seat.group(), node)));
        underWay.computeIfAbsent(seat, _ -> new HashSet<>()).add(key);
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
        Set<String> out = new HashSet<>(idle ? Set.of(seat.node()) : now);
        out.addAll(down);
        if (!ill.contains(seat.node())) {
            out.addAll(idle ? left : ill);
        }
        return out.size() <= budget(seat.group())
                ? Optional.empty()
                : Optional.of(key + " is started while out of its group are " + out);
    }

    private boolean rests(Seat seat) {
        return wasDown.contains(seat)
                && !down(seat.group()).contains(seat.node())
                && !isFoundDown(seat)
                && underWay.getOrDefault(seat, Set.of()).isEmpty();
    }

    private boolean isFoundDown(Seat seat) {
        return foundDown.stream().anyMatch(found -> seat(found).filter(seat::equals).isPresent());
    }

    /// The members that do not serve, in truth.
    private Set<String> down(String group) {
        Set<String> down = new HashSet<>();
        for (InstanceKey key : graph.instances().keySet()) {
            boolean declares =
                    graph.instances().get(key) instanceof Instance.Step step
                            && step.step().health().isPresent();
            seat(key)
                    .filter(seat -> declares && seat.group().equals(group))
                    .filter(_ -> !healthy.test(key))
                    .ifPresent(seat -> down.add(seat.node()));
        }
        return down;
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
        boolean wasDown = foundDown.remove(well);
        foundDown.removeIf(other -> {
            boolean alike = other.use().equals(well.use()) && other.step().equals(well.step());
            if (alike && wasDown) {
                doubted.add(other);
            }
            return alike && wasDown;
        });
    }

    void end(InstanceKey key, Phase phase) {
        if (phase == Phase.SUCCEEDED) {
            seen(key);
        }
        seat(key)
                .ifPresent(seat -> {
                    underWay.getOrDefault(seat, new HashSet<>()).remove(key);
                    Set<InstanceKey> left = open.getOrDefault(seat, new HashSet<>());
                    if (!left.remove(key)) {
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
                            ill.remove(seat.node());
                        } else if (turned) {
                            // What was blocked before anything was done to it is as it was.
                            ill.add(seat.node());
                        }
                    }
                });
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
