/// The shell with executors and journals that misbehave.
@NullMarked
package dev.ashlar.engine.shell;

import org.jspecify.annotations.NullMarked;
