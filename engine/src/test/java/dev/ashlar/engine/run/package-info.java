/// Who of a group has a turn.
@NullMarked
package dev.ashlar.engine.run;

import org.jspecify.annotations.NullMarked;
