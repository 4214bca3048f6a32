package dev.ashlar.model.composition;

import java.util.List;

/// An input with its value's layers, weakest first; the last one holds.
public record Binding(InputSpec input, List<Layer> layers) {

    /// One layer's say.
    ///
    /// @param from who speaks: `default`, `cluster`, `site`, `group`, `--set`
    public record Layer(String from, Expression value) {}

    public Binding {
        layers = List.copyOf(layers);
    }

    /// The expression that holds.
    public Expression effective() {
        return layers.getLast().value();
    }
}
