/// Wiring by hand: which executor carries out which work. Entry:
/// [dev.ashlar.app.execution.Dispatcher].
@NullMarked
package dev.ashlar.app.execution;

import org.jspecify.annotations.NullMarked;
