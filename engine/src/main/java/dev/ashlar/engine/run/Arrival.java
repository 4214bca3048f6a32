package dev.ashlar.engine.run;

/// Whether what is brought about on a member comes in the place of something.
enum Arrival {
    /// It stands already, under that name, and may change; or only the run decides whether it is
    /// wanted at all.
    STANDING,
    /// Nothing of that name was there before, or something else.
    NEW,
    /// It is of a use that is not there yet and may come in the place of one that goes.
    NEW_USE
}
