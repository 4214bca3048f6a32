package dev.ashlar.engine.removal;

import dev.ashlar.engine.past.Past;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Owned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Something marked `data` whose owner is taken back, on a node that is not given back with it: it
/// stays where it is, unless its loss is named.
///
/// @param key whose it is
/// @param node where it lies
public record DataLeft(InstanceKey key, String node, Owned thing) {

    /// The nodes of a group are counted up.
    static final Comparator<DataLeft> ORDER =
            Comparator.comparing((DataLeft one) -> one.key().use())
                    .thenComparing(one -> one.thing().title())
                    .thenComparingInt(one -> one.node().length())
                    .thenComparing(DataLeft::node);

    /// What a run would leave so, as far as nobody who stays owns it too; by use, thing and node.
    ///
    /// @param goes what the run takes back
    /// @param whole nodes that are given back with everything on them, where they go
    public static List<DataLeft> of(Past past, Set<InstanceKey> goes, Set<String> whole) {
        List<DataLeft> found = new ArrayList<>();
        if (goes.stream().flatMap(key -> past.owned(key).stream()).noneMatch(Owned::data)) {
            return found;
        }
        Past rest = past.without(goes);
        for (InstanceKey key : goes) {
            List<Owned> data = past.owned(key).stream().filter(Owned::data).toList();
            Optional<String> place =
                    past.place(key).filter(node -> !isGivenBack(node, goes, whole));
            if (place.isPresent()) {
                rest.ownedAlone(key, place, data, (_, _) -> false).stream()
                        .map(thing -> new DataLeft(key, place.get(), thing))
                        .forEach(found::add);
            }
        }
        found.sort(ORDER);
        return found;
    }

    private static boolean isGivenBack(String node, Set<InstanceKey> goes, Set<String> whole) {
        return whole.contains(node) && goes.contains(InstanceKey.acquire(node));
    }

    /// `kv@store-4`, by which its loss is named.
    public String name() {
        return key.use() + "@" + node;
    }

    /// True when the name is that of its use, everywhere or on its node.
    public boolean isNamedBy(String name) {
        return name.equals(key.use()) || name.equals(name());
    }

    /// True when it was made for its owner, and nobody else has anything in it: what was there
    /// before is not for a name to destroy.
    public boolean mayBeDestroyed() {
        return "true".equals(thing.details().get("made")) && !thing.named().staysInPlace();
    }
}
