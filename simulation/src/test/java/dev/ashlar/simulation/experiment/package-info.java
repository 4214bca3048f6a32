/// Runs under faults, and what they come to.
@NullMarked
package dev.ashlar.simulation.experiment;

import org.jspecify.annotations.NullMarked;
