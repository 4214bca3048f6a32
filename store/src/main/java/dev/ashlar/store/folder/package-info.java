/// The folder `.ashlar` beside a cluster's file: what lies where, whose it is, who works with it.
/// Entry: [dev.ashlar.store.folder.StateFolder]. Nobody but its owner can read it.
@NullMarked
package dev.ashlar.store.folder;

import org.jspecify.annotations.NullMarked;
