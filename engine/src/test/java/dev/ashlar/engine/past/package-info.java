/// What is folded from which records.
@NullMarked
package dev.ashlar.engine.past;

import org.jspecify.annotations.NullMarked;
