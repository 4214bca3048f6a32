package dev.ashlar.model.value;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/// What travels with a value: secrecy, provenance, and what it waits for. One lattice; [#join] is
/// its least upper bound.
public record Label(Secrecy secrecy, Set<Origin> origins, Set<Await> awaits) {

    /// Public, from nowhere, waits for nothing.
    public static final Label NONE = new Label(Secrecy.PUBLIC, Set.of(), Set.of());

    /// Secret, and nothing else.
    public static final Label SECRET = new Label(Secrecy.SECRET, Set.of(), Set.of());

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

    /// The join of all, in time linear in what they hold together.
    public static Label joinAll(Collection<Label> labels) {
        Label only = NONE;
        int some = 0;
        for (Label label : labels) {
            if (!label.isNone() && !isSame(label, only)) {
                only = label;
                some++;
            }
        }
        if (some <= 1) {
            return only;
        }
        Secrecy secrecy = Secrecy.PUBLIC;
        Set<Origin> origins = new LinkedHashSet<>();
        Set<Await> awaits = new LinkedHashSet<>();
        Label last = NONE;
        for (Label label : labels) {
            if (!isSame(label, last)) {
                secrecy = secrecy.join(label.secrecy);
                origins.addAll(label.origins);
                awaits.addAll(label.awaits);
                last = label;
            }
        }
        return new Label(secrecy, origins, awaits);
    }

    /// The elements of a list often share one label object; comparing what is in it would cost as
    /// much as joining it.
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Label one, Label other) {
        return one == other;
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
