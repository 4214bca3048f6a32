package dev.ashlar.engine.resolve;

import dev.ashlar.model.identity.InstanceKey;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// Who would have to make anew what has lapsed for somebody; where what these read has lapsed for
/// them, who has made that as well, and so on.
public final class Makers {
    private Makers() {}

    /// The nearest of them that is not for a run to do.
    ///
    /// @param first of whom something has lapsed
    /// @param before who has made what a maker reads, and has lapsed for it
    public static Optional<InstanceKey> leftOut(
            Collection<InstanceKey> first,
            Function<InstanceKey, ? extends Collection<InstanceKey>> before,
            Predicate<InstanceKey> isLeftOut) {
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Set<InstanceKey> seen = new LinkedHashSet<>();
        Deque<InstanceKey> open = new ArrayDeque<>(first);
        while (!open.isEmpty()) {
            InstanceKey maker = open.poll();
            if (isLeftOut.test(maker)) {
                return Optional.of(maker);
            }
            if (seen.add(maker)) {
                open.addAll(before.apply(maker));
            }
        }
        return Optional.empty();
    }
}
