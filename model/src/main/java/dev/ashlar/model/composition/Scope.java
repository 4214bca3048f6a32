package dev.ashlar.model.composition;

import dev.ashlar.model.value.Value;

/// The variables an expression may read, given by whoever evaluates it.
@FunctionalInterface
public interface Scope {

    /// The value of a root variable (`inputs`, `node`, `members`, a step's name …).
    ///
    /// @throws IllegalArgumentException for a variable the checker did not allow: a bug
    Value variable(String name);
}
