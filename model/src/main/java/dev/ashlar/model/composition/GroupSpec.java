package dev.ashlar.model.composition;

import dev.ashlar.model.diagnostic.Span;
import java.util.List;

/// A named set of nodes that carry the same uses. `nodes` are its members' names in order,
/// `GROUP-1` … `GROUP-N` for a `count`. `provider` is what they come from: one of
/// [Composition#providers].
public record GroupSpec(String name, List<String> nodes, String provider, Span span) {
    public GroupSpec {
        nodes = List.copyOf(nodes);
    }
}
