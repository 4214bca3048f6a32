package dev.ashlar.model.composition;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A checked, side-effect-free function from variables to a value of a known type: a literal, a CEL
/// expression, a text with expressions in it, or a template. Immutable and safe for use by several
/// threads.
public interface Expression {
    /// In a path: an element of a list, or an entry of a map under a key that is not a literal.
    String ELEMENT = "[]";

    /// How expressions write the name of a group or a use, which may have dashes.
    static String identifier(String name) {
        return name.replace('-', '_');
    }

    Type type();

    Span span();

    /// As the user wrote it, for plans and `why`; of a template, its file name.
    String source();

    /// The root variables it reads. An expression that reads none of a node's own is evaluated once
    /// for a whole group.
    Set<String> variables();

    /// The paths it reads, as far as can be told without running it, each from a root variable
    /// downwards: `[inputs, address]`, `[members, [], outputs, peer]`, and of what is [Collected]
    /// `[collect(), lb.Member, [], name]`. A path stands for all that is below it. A segment that
    /// is no name stands for an element ([#ELEMENT]) or a count (`#`).
    Set<List<String>> reads();

    /// The names of the inputs that it reads one by one: those of its component, and of its step
    /// where it stands in one.
    default Set<String> inputs() {
        return reads().stream()
                .filter(path -> path.size() > 1 && path.getFirst().equals("inputs"))
                .map(path -> path.get(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// The value. Never throws for anything a user wrote: what has no value comes back as
    /// [dev.ashlar.model.value.Data.Invalid], what is not known as
    /// [dev.ashlar.model.value.Data.Unknown], labelled with what it waits for. The result's label
    /// includes [dev.ashlar.model.value.Origin.Written] with this span where the value was written
    /// here, and otherwise the labels of what was read.
    Value evaluate(Scope scope);
}
