/// Which part of a cluster a command is to touch: patterns of nodes and steps, as people type them.
/// Entry: [dev.ashlar.app.selection.SelectionRequest].
@NullMarked
package dev.ashlar.app.selection;

import org.jspecify.annotations.NullMarked;
