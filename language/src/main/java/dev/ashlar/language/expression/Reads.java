package dev.ashlar.language.expression;

import dev.ashlar.model.composition.Expression;

/// The segments of a path of [dev.ashlar.model.composition.Expression#reads] that are no names.
public final class Reads {

    /// An element of a list, or an entry of a map under a key that is not a literal.
    public static final String ELEMENT = Expression.ELEMENT;

    /// Only how many elements there are, or whether there are any.
    public static final String COUNT = "#";

    private Reads() {}
}
