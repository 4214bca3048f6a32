/// Compositions written in Java, without files: for simulations and for tests of the engine. Entry:
/// [dev.ashlar.simulation.composition.ClusterBuilder]. May import model only. What is built here is
/// not checked by anyone: mistakes show as bugs of the run.
@NullMarked
package dev.ashlar.simulation.composition;

import org.jspecify.annotations.NullMarked;
