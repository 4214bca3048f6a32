/// What no command shows: a record of runs that never were, as if they had been, and a plan that is
/// made again by a process that is up. Entry: [dev.ashlar.bench.inside.Inside], a process of its
/// own.
@NullMarked
package dev.ashlar.bench.inside;

import org.jspecify.annotations.NullMarked;
