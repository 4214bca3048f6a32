/// What people see: streams, colour, progress, tables. Entry: [dev.ashlar.app.terminal.Terminal].
/// Data goes to standard output, narration to standard error.
@NullMarked
package dev.ashlar.app.terminal;

import org.jspecify.annotations.NullMarked;
