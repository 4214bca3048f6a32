/// Runs of the engine's core in virtual time on modelled machines, with faults from a seed. Entry:
/// [dev.ashlar.simulation.Simulation]. May import model and engine. One thread, no clock, no
/// randomness but the seed: the same seed gives the same commands.
@NullMarked
package dev.ashlar.simulation;

import org.jspecify.annotations.NullMarked;
