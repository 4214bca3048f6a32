/// A cluster as a command meets it: its files, its state, its past. Entry:
/// [dev.ashlar.app.cluster.Cluster].
@NullMarked
package dev.ashlar.app.cluster;

import org.jspecify.annotations.NullMarked;
