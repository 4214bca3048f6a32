/// From expressions to work: what an instance would do, its fingerprint, and what it still waits
/// for. Entry: [dev.ashlar.engine.resolve.Resolver]. Pure.
@NullMarked
package dev.ashlar.engine.resolve;

import org.jspecify.annotations.NullMarked;
