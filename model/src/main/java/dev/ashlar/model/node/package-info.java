/// Machines, how they are reached, and where they come from. Entry:
/// [dev.ashlar.model.node.Provider].
@NullMarked
package dev.ashlar.model.node;

import org.jspecify.annotations.NullMarked;
