/// The core of a run: (state, event) to (state, commands). Entry: [dev.ashlar.engine.run.Core]. No
/// IO, threads, clock or randomness: time comes in with events.
@NullMarked
package dev.ashlar.engine.run;

import org.jspecify.annotations.NullMarked;
