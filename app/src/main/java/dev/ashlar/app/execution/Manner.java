package dev.ashlar.app.execution;

/// How a run is carried out, as the person wants it.
///
/// @param parallel how much at once
/// @param verbose what each step printed and changed is shown when it ends
public record Manner(int parallel, boolean verbose, TimeLimit limit) {}
