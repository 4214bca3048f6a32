/// What earlier runs have left that is no longer wanted. Entry:
/// [dev.ashlar.engine.removal.Removals]. Pure.
@NullMarked
package dev.ashlar.engine.removal;

import org.jspecify.annotations.NullMarked;
