/// The verbs of the command line, one class each. Entry: [dev.ashlar.app.command.AshlarCommand].
/// Parses, calls, prints; decides nothing about clusters.
@NullMarked
package dev.ashlar.app.command;

import org.jspecify.annotations.NullMarked;
