/// The instances of a composition and the order among them. Entry: [dev.ashlar.engine.graph.Graph].
/// Pure.
@NullMarked
package dev.ashlar.engine.graph;

import org.jspecify.annotations.NullMarked;
