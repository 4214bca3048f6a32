package dev.ashlar.engine.run;

/// A row of a table of states: where something may go from where it is.
///
/// @param by what brings it there, for people
public record Passage<S extends Enum<S>>(S from, S to, String by) {}
