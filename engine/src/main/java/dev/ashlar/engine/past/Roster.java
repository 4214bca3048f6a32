package dev.ashlar.engine.past;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Checkpoint;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who is a member of which use. *Reduced* is a node on which something founded has been taken back
/// since the last run that did everything, a *remnant* what is left of a member that has left.
final class Roster {
    private final Map<String, Set<String>> founded = new LinkedHashMap<>();
    private final Map<String, Set<String>> remnants = new LinkedHashMap<>();
    private final Set<String> reduced = new LinkedHashSet<>();
    private final Map<InstanceKey, String> sponsors = new LinkedHashMap<>();

    void founded(String use, Collection<String> nodes) {
        founded.computeIfAbsent(use, _ -> new LinkedHashSet<>()).addAll(nodes);
        nodes.forEach(node -> joined(use, node));
    }

    /// A member has come: what is there of it is no remnant.
    void joined(String use, String node) {
        remove(remnants, use, node);
    }

    /// The nodes on which a use was founded.
    Set<String> of(String use) {
        return Collections.unmodifiableSet(founded.getOrDefault(use, Set.of()));
    }

    /// The uses that were founded on a node.
    List<String> at(String node) {
        return founded.keySet().stream().filter(use -> of(use).contains(node)).toList();
    }

    boolean isReduced(String node) {
        return reduced.contains(node);
    }

    boolean isRemnant(String use, String node) {
        return remnants.getOrDefault(use, Set.of()).contains(node);
    }

    /// @param isWhole whether it has done everything
    void runEnded(boolean isWhole) {
        if (isWhole) {
            reduced.clear();
        }
    }

    /// A join or leave step is begun on another member.
    void sponsored(InstanceKey membership, String sponsor) {
        sponsors.put(membership, sponsor);
    }

    /// The member that was last to carry out a join or leave step, for each that was begun.
    Map<InstanceKey, String> sponsors() {
        return Collections.unmodifiableMap(sponsors);
    }

    /// A join or leave step is no longer on record.
    void forget(InstanceKey membership) {
        sponsors.remove(membership);
    }

    /// What a member was asked for its health by is gone, or all of it.
    void lost(String use, String node, boolean all) {
        if (remove(founded, use, node)) {
            reduced.add(node);
        }
        if (all) {
            remove(remnants, use, node);
        }
    }

    /// A member has left the others.
    void left(String use, String node, boolean leavesSomething) {
        remove(founded, use, node);
        if (leavesSomething) {
            remnants.computeIfAbsent(use, _ -> new LinkedHashSet<>()).add(node);
        }
    }

    /// A machine has been given back.
    void gone(String node) {
        List.copyOf(founded.keySet()).forEach(use -> remove(founded, use, node));
        List.copyOf(remnants.keySet()).forEach(use -> remove(remnants, use, node));
        reduced.remove(node);
    }

    Checkpoint.Members noted() {
        return new Checkpoint.Members(founded, remnants, reduced, sponsors);
    }

    void restore(Checkpoint.Members members) {
        members.founded().forEach((use, nodes) -> founded.put(use, new LinkedHashSet<>(nodes)));
        members.remnants().forEach((use, nodes) -> remnants.put(use, new LinkedHashSet<>(nodes)));
        reduced.addAll(members.reduced());
        sponsors.putAll(members.sponsors());
    }

    private static boolean remove(Map<String, Set<String>> from, String use, String node) {
        return from.getOrDefault(use, new LinkedHashSet<>()).remove(node);
    }
}
