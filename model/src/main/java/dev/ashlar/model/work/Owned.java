package dev.ashlar.model.work;

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
    public Owned {
        details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
    }

    public static Owned of(
            String kind, String identity, boolean data, Map<String, String> details) {
        return new Owned(kind, identity, data, new TreeMap<>(details));
    }
}
