/// What simulations of a cluster have come to, for those who show it. Entry:
/// [dev.ashlar.app.simulation.Simulated]. May import model, engine and simulation. Nothing is
/// written and no machine is touched.
@NullMarked
package dev.ashlar.app.simulation;

import org.jspecify.annotations.NullMarked;
