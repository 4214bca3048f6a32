package dev.ashlar.app.execution;

import dev.ashlar.app.terminal.ProgressMode;

/// How a run is carried out, as the person wants it.
///
/// @param parallel how much at once
/// @param verbose what each step printed and changed is shown when it ends
public record Manner(ProgressMode mode, int parallel, boolean verbose, TimeLimit limit) {}
