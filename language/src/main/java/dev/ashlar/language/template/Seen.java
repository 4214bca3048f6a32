package dev.ashlar.language.template;

import dev.ashlar.model.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is known of a part of a template before it is rendered: its type, where that can be told,
/// and the paths that it is, where it is one.
record Seen(Optional<Type> type, List<List<String>> paths) {

    static final Seen ANYTHING = new Seen(Optional.empty(), List.of());

    static Seen of(Type type) {
        return new Seen(Optional.of(type), List.of());
    }

    /// What is under a name below this.
    Seen below(String segment, Optional<Type> declared) {
        List<List<String>> longer = new ArrayList<>();
        for (List<String> path : paths) {
            List<String> extended = new ArrayList<>(path);
            extended.add(segment);
            longer.add(List.copyOf(extended));
        }
        return new Seen(declared, List.copyOf(longer));
    }

    /// The type without the marks of what is secret or may be absent.
    Optional<Type> bare() {
        return type.map(Type::bare);
    }
}
