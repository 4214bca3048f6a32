/// What earlier runs left behind: the fold of the journal. Entry: [dev.ashlar.engine.past.Past].
/// Pure: no IO, no clock.
@NullMarked
package dev.ashlar.engine.past;

import org.jspecify.annotations.NullMarked;
