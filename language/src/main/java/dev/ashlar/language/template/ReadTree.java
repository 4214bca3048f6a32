package dev.ashlar.language.template;

import dev.ashlar.language.expression.Reads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The paths that a template reads, merged: what of its variables has to be made plain, and nothing
/// else.
final class ReadTree {
    private boolean whole;
    private boolean counted;
    private final Map<String, ReadTree> children = new LinkedHashMap<>();

    static ReadTree of(Set<List<String>> paths) {
        ReadTree root = new ReadTree();
        paths.forEach(root::add);
        return root;
    }

    private void add(List<String> path) {
        ReadTree at = this;
        for (String segment : path) {
            if (segment.equals(Reads.COUNT)) {
                at.counted = true;
                return;
            }
            at = at.children.computeIfAbsent(segment, _ -> new ReadTree());
        }
        at.whole = true;
    }

    /// Everything below is read.
    boolean whole() {
        return whole;
    }

    /// The number of elements, or the keys, are read.
    boolean counted() {
        return counted;
    }

    /// The variables, fields, entries or elements read.
    Map<String, ReadTree> children() {
        return children;
    }
}
