package dev.ashlar.model.value;

import java.util.LinkedHashSet;
import java.util.Set;

/// What travels with a value: secrecy, provenance, and what it waits for. One lattice; [#join] is
/// its least upper bound.
public record Label(Secrecy secrecy, Set<Origin> origins, Set<Await> awaits) {

    /// Public, from nowhere, waits for nothing.
    public static final Label NONE = new Label(Secrecy.PUBLIC, Set.of(), Set.of());

    public Label {
        origins = unmodifiable(origins);
        awaits = unmodifiable(awaits);
    }

    public static Label from(Origin origin) {
        return new Label(Secrecy.PUBLIC, Set.of(origin), Set.of());
    }

    public static Label awaiting(Await await) {
        return new Label(Secrecy.PUBLIC, Set.of(), Set.of(await));
    }

    public Label join(Label other) {
        if (other.isNone()) {
            return this;
        }
        if (isNone()) {
            return other;
        }
        return new Label(
                secrecy.join(other.secrecy),
                union(origins, other.origins),
                union(awaits, other.awaits));
    }

    private boolean isNone() {
        return secrecy == Secrecy.PUBLIC && origins.isEmpty() && awaits.isEmpty();
    }

    /// The same label that waits for something else.
    public Label withAwaits(Set<Await> others) {
        return new Label(secrecy, origins, others);
    }

    private static <T> Set<T> union(Set<T> left, Set<T> right) {
        if (left.containsAll(right)) {
            return left;
        }
        if (right.containsAll(left)) {
            return right;
        }
        Set<T> all = new LinkedHashSet<>(left);
        all.addAll(right);
        return all;
    }

    /// Keeps the order of insertion, so that what is printed does not depend on hashes.
    private static <T> Set<T> unmodifiable(Set<T> set) {
        return set.isEmpty()
                ? Set.of()
                : java.util.Collections.unmodifiableSet(new LinkedHashSet<>(set));
    }
}
