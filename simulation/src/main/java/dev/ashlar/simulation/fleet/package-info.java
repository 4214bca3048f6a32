/// Modelled machines: what work does to them, without any machine. Entry:
/// [dev.ashlar.simulation.fleet.Fleet]. May import model and the engine's graph; knows neither time
/// nor faults.
@NullMarked
package dev.ashlar.simulation.fleet;

import org.jspecify.annotations.NullMarked;
