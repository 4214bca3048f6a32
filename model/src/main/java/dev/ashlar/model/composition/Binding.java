package dev.ashlar.model.composition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/// An input with its value's layers.
///
/// @param layers those that speak for all members, weakest first; empty only where each member has
///   a value of its own
/// @param alone what is said of one member alone, by its node: [Speaker#NODE]
public record Binding(InputSpec input, List<Layer> layers, SequencedMap<String, Expression> alone) {

    /// Who says a value, weakest first.
    public enum Speaker {
        /// The component.
        DEFAULT,
        /// The cluster, wherever it uses the component.
        CLUSTER,
        /// The site, wherever a cluster uses the component there.
        SITE,
        /// The cluster, of one use in its group.
        GROUP,
        /// The cluster, of one use on one node.
        NODE,
        /// A person, beside the files.
        SET;

        /// As people read it.
        public String word() {
            return this == SET ? "--set" : name().toLowerCase(Locale.ROOT);
        }
    }

    /// One layer's say.
    public record Layer(Speaker from, Expression value) {}

    public Binding {
        layers = List.copyOf(layers);
        alone = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(alone));
    }

    /// Where no member has a value of its own.
    public Binding(InputSpec input, List<Layer> layers) {
        this(input, layers, new LinkedHashMap<>());
    }

    /// The layers that speak for a member, or for all of them where none is named, weakest first:
    /// the last one holds.
    public List<Layer> layers(Optional<String> node) {
        List<Layer> all = new ArrayList<>(layers);
        node.flatMap(name -> Optional.ofNullable(alone.get(name)))
                .ifPresent(value -> all.add(new Layer(Speaker.NODE, value)));
        all.sort(Comparator.comparing(Layer::from));
        return all;
    }

    private boolean isSet() {
        return !layers.isEmpty() && layers.getLast().from() == Speaker.SET;
    }

    /// What holds for a member, or for all that have no value of their own. Somebody says one, as
    /// has been checked.
    public Expression effective(Optional<String> node) {
        return ownOf(node).orElseGet(() -> layers.getLast().value());
    }

    /// What holds for that member and need not hold for another.
    public Optional<Expression> ownOf(Optional<String> node) {
        return node.filter(_ -> !isSet()).flatMap(name -> Optional.ofNullable(alone.get(name)));
    }

    /// True where some members have a value of their own that holds.
    public boolean differs() {
        return !isSet() && !alone.isEmpty();
    }

    /// All that hold for one member or another.
    public List<Expression> held() {
        List<Expression> held = new ArrayList<>(differs() ? alone.values() : List.of());
        if (!layers.isEmpty()) {
            held.addFirst(layers.getLast().value());
        }
        return held;
    }
}
