/// Holds a run against the rules, by books of its own: it knows the composition and sees what is
/// made durable and what is started, and asks the engine nothing. Entry:
/// [dev.ashlar.simulation.referee.Referee].
@NullMarked
package dev.ashlar.simulation.referee;

import org.jspecify.annotations.NullMarked;
