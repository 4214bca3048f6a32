/// A run under faults, over as many lives of the controller as it takes, beside one that nothing
/// happens to. Entry: [dev.ashlar.simulation.experiment.Experiment]. May import model, engine and
/// the simulation. What a seed decides is decided by it alone: the same seed gives the same result.
@NullMarked
package dev.ashlar.simulation.experiment;

import org.jspecify.annotations.NullMarked;
