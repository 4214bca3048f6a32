package dev.ashlar.language.expression;

import java.util.List;
import java.util.Set;

/// What an expression reads, as far as can be told without running it. Every expression made by
/// this package and by templates has it.
public interface Reads {

    /// An element of a list, or an entry of a map under a key that is not a literal.
    String ELEMENT = "[]";

    /// Only how many elements there are, or whether there are any.
    String COUNT = "#";

    /// The paths read, each from a root variable downwards: `[inputs, address]`, `[members, [],
    /// outputs, peer]`, `[certificate, key]`. A path stands for all that is below it; one that ends
    /// with [#COUNT] stands for the number of elements only.
    Set<List<String>> paths();
}
