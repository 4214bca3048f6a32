/// What is wrong with an input, where, and what would mend it. Entry:
/// [dev.ashlar.model.diagnostic.Diagnostic]. Imports nothing.
@NullMarked
package dev.ashlar.model.diagnostic;

import org.jspecify.annotations.NullMarked;
