/// What the engine asks to be done and what comes back. Entry: [dev.ashlar.model.work.Executor].
/// Outcomes are values; nothing here throws for a failed step.
@NullMarked
package dev.ashlar.model.work;

import org.jspecify.annotations.NullMarked;
