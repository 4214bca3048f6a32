/// What would run and why, without running it. Entry: [dev.ashlar.engine.plan.Planner]. Pure.
@NullMarked
package dev.ashlar.engine.plan;

import org.jspecify.annotations.NullMarked;
