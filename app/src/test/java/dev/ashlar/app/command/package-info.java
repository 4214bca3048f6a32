/// The command line through its real entry, in this process: what needs no machine and is asked so
/// often that a process each would take too long.
@NullMarked
package dev.ashlar.app.command;

import org.jspecify.annotations.NullMarked;
