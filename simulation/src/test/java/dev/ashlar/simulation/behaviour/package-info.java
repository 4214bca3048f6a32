/// What the engine promises, one file per promise, shown on modelled machines.
@NullMarked
package dev.ashlar.simulation.behaviour;

import org.jspecify.annotations.NullMarked;
