package dev.ashlar.language.pack;

import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A pack as read.
///
/// @param types the structures it declares for all, by their names within the pack
/// @param components by name; those with errors too, as far as they could be read
/// @param unreadable components whose file is there but is no YAML mapping, which has been reported
public record Pack(
        String name,
        String version,
        String doc,
        SequencedMap<String, Interface> interfaces,
        SequencedMap<String, Type.Struct> types,
        SequencedMap<String, Component> components,
        java.util.Set<String> unreadable,
        Span span) {

    /// A named signature.
    public record Interface(String name, SequencedMap<String, Type> values, Span span) {
        public Interface {
            values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
        }
    }

    /// A component with the defaults of its inputs.
    ///
    /// @param sound false when it has errors: what it lacks is then no news
    /// @param perNode the inputs whose default differs from node to node; nothing about the cluster
    ///   as a whole may read them
    public record Component(
            ComponentSpec spec,
            SequencedMap<String, Expression> defaults,
            java.util.Set<String> perNode,
            boolean sound) {
        public Component {
            defaults = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(defaults));
            perNode = java.util.Set.copyOf(perNode);
        }
    }

    public Pack {
        interfaces = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(interfaces));
        types = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(types));
        unreadable = java.util.Set.copyOf(unreadable);
        components = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(components));
    }
}
