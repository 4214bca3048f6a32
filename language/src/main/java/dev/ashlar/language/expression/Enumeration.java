package dev.ashlar.language.expression;

import dev.ashlar.model.diagnostic.Span;
import java.util.List;

/// The texts of which something always is one.
///
/// @param declared where that is said
public record Enumeration(List<String> values, Span declared) {
    public Enumeration {
        values = List.copyOf(values);
    }
}
