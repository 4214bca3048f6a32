/// Packs: their components, bound to the model and checked each by itself. Entry:
/// [dev.ashlar.language.pack.PackReader]. May import binding, grammar, source, yaml, expression,
/// template and the model; knows nothing of clusters.
@NullMarked
package dev.ashlar.language.pack;

import org.jspecify.annotations.NullMarked;
