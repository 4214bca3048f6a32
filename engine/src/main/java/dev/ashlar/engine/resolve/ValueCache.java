package dev.ashlar.engine.resolve;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Values that are computed once for all their readers, and anew once all that they wait for has
/// happened. Who reads a part need not wait for the rest: where that part's time has come, the
/// whole is computed anew for it.
final class ValueCache {
    /// @param node where the value differs from node to node
    /// @param element of a repeated step, where the value differs from element to element
    record Key(
            String use, Optional<String> node, Optional<String> element, String kind, String name) {
        Key(String use, Optional<String> node, String kind, String name) {
            this(use, node, Optional.empty(), kind, name);
        }

        /// Spread as the hashes of instances are: there are as many, of the same names.
        @Override
        public int hashCode() {
            return new InstanceKey(use, name, element, node).hashCode() ^ kind.hashCode();
        }
    }

    private final View view;
    private final Lapses lapses;
    private final Map<Key, Kept> kept = new LinkedHashMap<>();

    /// Set while a value is computed of which a part was read too early.
    private boolean isAnew;

    ValueCache(View view, Lapses lapses) {
        this.view = view;
        this.lapses = lapses;
    }

    Kept get(Key key, Supplier<Value> compute) {
        Kept before = kept.get(key);
        if (before != null && !isOutdated(before)) {
            return before;
        }
        Kept now = computed(compute);
        kept.put(key, now);
        return now;
    }

    /// The value as of now. When it waits for nothing but what has happened, it is made of
    /// something that was kept from before, and waits for more.
    Kept computed(Supplier<Value> compute) {
        Kept now = new Kept(compute.get());
        if (isAnew || !now.isDue(view)) {
            return now;
        }
        isAnew = true;
        try {
            return new Kept(compute.get());
        } finally {
            isAnew = false;
        }
    }

    private boolean isOutdated(Kept before) {
        return before.isDue(view) || lapses.isStale(before) || (isAnew && before.isDueInPart(view));
    }
}
