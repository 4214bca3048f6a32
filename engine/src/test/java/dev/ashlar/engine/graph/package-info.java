/// Instances by the thousand.
@NullMarked
package dev.ashlar.engine.graph;

import org.jspecify.annotations.NullMarked;
