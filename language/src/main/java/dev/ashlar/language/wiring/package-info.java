/// Checks over what has been read: cycles, order, what two steps both manage, what is used before
/// it is made. Entry: [dev.ashlar.language.wiring.Wiring]. May import the model and expression.
@NullMarked
package dev.ashlar.language.wiring;

import org.jspecify.annotations.NullMarked;
