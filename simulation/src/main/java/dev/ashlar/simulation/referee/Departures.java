package dev.ashlar.simulation.referee;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Await;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What was there when the run began and is not wanted by it, and who may have to wait for it to
/// go.
final class Departures {
    private final Graph graph;
    private final Books books;
    private final Needs needs;
    private final Set<String> whole;
    private final Set<InstanceKey> all = new LinkedHashSet<>();
    private final Set<InstanceKey> still = new LinkedHashSet<>();
    private final Map<InstanceKey, Optional<String>> places = new LinkedHashMap<>();
    private final Set<InstanceKey> stood = new LinkedHashSet<>();
    private final Set<String> behind;
    private final Set<String> withFellows;

    /// @param whole machines that are given back with everything on them
    Departures(Graph graph, Books books, Needs needs, Set<String> whole) {
        this.whole = new LinkedHashSet<>(whole);
        this.graph = graph;
        this.books = books;
        this.needs = needs;
        Set<InstanceKey> there = books.everything();
        there.stream().filter(books::hasSucceeded).forEach(stood::add);
        there.stream().filter(key -> !key.isLeave()).filter(this::departs).forEach(all::add);
        all.forEach(key -> places.put(key, books.place(key)));
        still.addAll(all);
        behind = all.isEmpty() ? Set.of() : behind();
        withFellows =
                graph.composition().uses().keySet().stream()
                        .filter(use ->
                                graph.members(use).stream()
                                        .anyMatch(node ->
                                                books.isFounded(use, node)
                                                        || books.isReduced(node)))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private boolean departs(InstanceKey key) {
        return !isWanted(key)
                || books.isRemnant(key)
                || books.place(key)
                        .map(InstanceKey::acquire)
                        .filter(machine -> !isWanted(machine))
                        .isPresent();
    }

    private boolean isWanted(InstanceKey key) {
        Instance wanted = graph.instances().get(key);
        String maker = books.maker(key);
        return wanted != null && (maker.isEmpty() || maker.equals(wanted.maker()));
    }

    boolean contains(InstanceKey key) {
        return all.contains(key);
    }

    Set<InstanceKey> all() {
        return all;
    }

    /// True of what is not taken back by itself, for its machine is given back with everything.
    boolean goesWithItsMachine(InstanceKey key) {
        return contains(key)
                && books.place(key)
                        .filter(whole::contains)
                        .map(InstanceKey::acquire)
                        .filter(this::contains)
                        .isPresent();
    }

    /// True of what was not there and what comes in the place of another.
    boolean isNew(InstanceKey key) {
        return all.contains(key) || !stood.contains(key);
    }

    /// What goes of a node, is still there, and makes room for `next`: something of the same use,
    /// or of one that goes altogether. What was done on another machine may go with that.
    Optional<InstanceKey> inTheWay(InstanceKey next, String node) {
        return still.stream()
                .filter(key -> isAt(key, node))
                .filter(key -> whole.stream().noneMatch(machine -> isOnAnother(key, machine, node)))
                .filter(key -> key.use().equals(next.use()) || !isUse(key.use()))
                .findFirst();
    }

    private boolean isOnAnother(InstanceKey key, String machine, String node) {
        return wasDoneAt(key, machine)
                && !machine.equals(node)
                && all.contains(InstanceKey.acquire(machine));
    }

    private boolean isUse(String name) {
        return name.equals(InstanceKey.NODE_USE) || graph.composition().uses().containsKey(name);
    }

    private boolean isAt(InstanceKey key, String node) {
        return key.node().filter(node::equals).isPresent();
    }

    private boolean wasDoneAt(InstanceKey key, String node) {
        return places.getOrDefault(key, Optional.empty()).filter(node::equals).isPresent();
    }

    /// Something has been taken back; a machine with all that was on it.
    void went(InstanceKey key) {
        still.remove(key);
        key.node()
                .filter(node -> key.equals(InstanceKey.acquire(node)))
                .ifPresent(node -> still.removeIf(other -> wasDoneAt(other, node)));
    }

    /// What came after something that goes is gone before it, or it stays and has been seen to, or
    /// is itself behind something that goes. A member that goes need not wait for others of its
    /// use, nor what is replaced for one that leaves others behind.
    ///
    /// @param isTurned whether `key` goes in its node's turn
    /// @param isOver whether the run has nothing more to do for `later`
    boolean isOutOfTheWay(InstanceKey later, InstanceKey key, boolean isTurned, boolean isOver) {
        if (books.place(later).filter(whole::contains).isPresent()) {
            return true;
        }
        boolean isOfOneUse = later.use().equals(key.use());
        boolean isOwn = isOfOneUse && (later.node().isEmpty() || later.node().equals(key.node()));
        boolean haveNoTurn = later.node().isEmpty() && key.node().isEmpty();
        if (contains(later) && (isOwn || haveNoTurn || !isReplaced(later))) {
            return isOfOneUse
                    ? !isOwn && (isTurned || changesUnderFellows(key))
                    : isComingBack(key) && leavesOthers(later);
        }
        return isOver || isBehind(later);
    }

    /// True of what is done for all together and done anew, where members of its use stay.
    private boolean changesUnderFellows(InstanceKey key) {
        return key.node().isEmpty() && isComingBack(key) && withFellows.contains(key.use());
    }

    /// True where something comes in its place, be it only to its node.
    private boolean isComingBack(InstanceKey key) {
        return isReplaced(key) && (key.node().isPresent() || graph.instances().containsKey(key));
    }

    /// True where the name stays, on a node that stays, or where something else is new there.
    boolean isReplaced(InstanceKey key) {
        return key.node().map(graph::hasNode).orElse(true)
                && (isUse(key.use()) || key.node().filter(this::hasNewUse).isPresent());
    }

    /// True of what goes with its node while its use stays elsewhere.
    boolean leavesOthers(InstanceKey key) {
        return isUse(key.use()) && !isReplaced(key);
    }

    private boolean hasNewUse(String node) {
        return newAt(node).findAny().isPresent();
    }

    private Stream<InstanceKey> newAt(String node) {
        return graph.instances().keySet().stream()
                .filter(key -> isAt(key, node) && !key.use().equals(InstanceKey.NODE_USE))
                .filter(key -> isNew(key) && !all.contains(key));
    }

    /// True of what may have to wait for something to go, so that it cannot hold that up.
    boolean isBehind(InstanceKey key) {
        return behind.contains(key.use())
                || (!isUse(key.use()) && key.node().filter(this::hasNewUseBehind).isPresent());
    }

    /// What comes in the place of a use that goes may have to wait as well.
    private boolean hasNewUseBehind(String node) {
        return newAt(node).anyMatch(key -> behind.contains(key.use()));
    }

    /// The uses that something new, on a node where something goes, is part of, or of which a part
    /// goes from a member that stays, or from all of them together; and those that need these.
    private Set<String> behind() {
        Set<String> uses = new LinkedHashSet<>();
        for (InstanceKey key : graph.instances().keySet()) {
            boolean loses =
                    key.node().filter(node -> loses(node, key.use())).isPresent() && isNew(key);
            boolean isReduced =
                    all.stream()
                            .anyMatch(gone ->
                                    gone.use().equals(key.use())
                                            && (gone.node().isEmpty()
                                                    || gone.node().equals(key.node())));
            if (loses || isReduced || all.contains(key)) {
                uses.add(key.use());
            }
        }
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Instance instance : graph.instances().values()) {
                if (instance instanceof Instance.Step step
                        && !uses.contains(step.key().use())
                        && needsAny(step, uses)) {
                    grows |= uses.add(step.key().use());
                }
            }
        }
        return uses;
    }

    private boolean loses(String node, String use) {
        return all.stream()
                .filter(gone -> isAt(gone, node))
                .anyMatch(gone -> gone.use().equals(use) || !isUse(gone.use()));
    }

    private boolean needsAny(Instance.Step step, Set<String> uses) {
        return needs.possible(step).stream()
                .map(Departures::use)
                .anyMatch(use -> uses.contains(use));
    }

    private static String use(Await await) {
        return switch (await) {
            case Await.Success(InstanceKey of) -> of.use();
            case Await.Healthy(String use, _) -> use;
            case Await.Gathered(String use, _) -> use;
            case Await.Sponsor(InstanceKey of) -> of.use();
            case Await.Elsewhere(String cluster, _, _) -> cluster;
            case Await.Unlocked _ -> "";
        };
    }
}
