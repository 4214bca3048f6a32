/// Carries the core's commands out on virtual threads and feeds events back. Entry:
/// [dev.ashlar.engine.shell.Conductor].
@NullMarked
package dev.ashlar.engine.shell;

import org.jspecify.annotations.NullMarked;
