/// What becomes of what is taken back.
@NullMarked
package dev.ashlar.engine.removal;

import org.jspecify.annotations.NullMarked;
