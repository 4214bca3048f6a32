package dev.ashlar.simulation.fleet;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Whom the members of each use count on, where its component says how members come and go: those
/// that were started first, and those that were let in since and not out again, alive or not.
final class Memberships {
    private final Map<String, Set<String>> listed = new LinkedHashMap<>();

    /// @param started who has been started, for when nobody has come or gone yet
    Set<String> of(String use, Supplier<Set<String>> started) {
        return listed.getOrDefault(use, started.get());
    }

    void join(String use, String node, Supplier<Set<String>> started) {
        listed.computeIfAbsent(use, _ -> new TreeSet<>(started.get())).add(node);
    }

    void leave(String use, String node, Supplier<Set<String>> started) {
        listed.computeIfAbsent(use, _ -> new TreeSet<>(started.get())).remove(node);
    }

    /// Nothing is left of any other use.
    void retain(Predicate<String> isThere) {
        listed.keySet().removeIf(isThere.negate());
    }
}
