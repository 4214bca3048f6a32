package dev.ashlar.engine.run;

/// What a cell does to who is a member of its use.
enum Move {
    NONE,
    /// A join that may have been done already, so that the others may count on the member by now.
    RESUMED,
    /// A member comes or goes by it.
    NEW
}
