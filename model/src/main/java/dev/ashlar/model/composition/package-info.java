/// The checked composition: what the language hands to the engine. Entry:
/// [dev.ashlar.model.composition.Composition]. Holds no YAML and no CEL, only typed expressions.
@NullMarked
package dev.ashlar.model.composition;

import org.jspecify.annotations.NullMarked;
