package dev.ashlar.model.work;

import dev.ashlar.model.resource.ThingKey;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Something a success brought about and what taking it back needs, so that undo works from the
/// record alone.
///
/// @param kind a resource kind's word, or a service's (`machine`, `certificate`)
/// @param identity what it is called there
/// @param data true when it is kept unless its loss is named
/// @param details what its remover needs: `made` (`true` when it was not there before), `kept`
///   (where the earlier state lies on the node), `sha256` of what was written …
public record Owned(String kind, String identity, boolean data, SortedMap<String, String> details) {
    /// The kind of what a script did.
    public static final String SCRIPT = "script";

    /// In the details: what tells it from others, where kind and identity do not.
    public static final String KEY = "key";

    public Owned {
        details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
    }

    /// What tells it from everything else at its place, whoever owns it; what a step's script did,
    /// from what else the step owns.
    public String key() {
        if (isByScript()) {
            return SCRIPT;
        }
        String recorded = details.getOrDefault(KEY, "");
        return ThingKey.isKey(recorded) ? recorded : ThingKey.of(kind, identity, "");
    }

    /// `file /etc/motd`: how it is named to people.
    public String title() {
        return kind + " " + identity;
    }

    /// True of what a script did, which another script takes back.
    public boolean isByScript() {
        return kind.equals(SCRIPT);
    }

    public static Owned of(
            String kind, String identity, boolean data, Map<String, String> details) {
        return new Owned(kind, identity, data, new TreeMap<>(details));
    }
}
