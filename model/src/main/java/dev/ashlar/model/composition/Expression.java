package dev.ashlar.model.composition;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Value;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A checked, side-effect-free function from variables to a value of a known type: a literal, a CEL
/// expression, a text with expressions in it, or a template. Immutable and safe for use by several
/// threads.
public interface Expression {

    Type type();

    Span span();

    /// As the user wrote it, for plans and `why`; of a template, its file name.
    String source();

    /// The root variables it reads. An expression that reads none of a node's own is evaluated once
    /// for a whole group.
    Set<String> variables();

    /// The paths it reads, each a root variable and the fields under it (`inputs`, `address`), for
    /// `why`.
    default Set<List<String>> reads() {
        return variables().stream().map(List::of).collect(Collectors.toUnmodifiableSet());
    }

    /// The value. Never throws for anything a user wrote: what has no value comes back as
    /// [dev.ashlar.model.value.Data.Invalid], what is not known as
    /// [dev.ashlar.model.value.Data.Unknown], labelled with what it waits for. The result's label
    /// includes [dev.ashlar.model.value.Origin.Written] with this span where the value was written
    /// here, and otherwise the labels of what was read.
    Value evaluate(Scope scope);
}
