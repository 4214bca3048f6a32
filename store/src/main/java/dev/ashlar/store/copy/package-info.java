/// Copies of a state: one in a file, for people to keep, and one in pieces, for nodes to carry.
/// Entries: [dev.ashlar.store.copy.Backup], [dev.ashlar.store.copy.CarriedCopy].
@NullMarked
package dev.ashlar.store.copy;

import org.jspecify.annotations.NullMarked;
