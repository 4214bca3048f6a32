/// What pack, cluster and site files have in common: values against types, types as written. Entry:
/// [dev.ashlar.language.binding.ValueReader]. May import grammar, yaml, expression and the model.
@NullMarked
package dev.ashlar.language.binding;

import org.jspecify.annotations.NullMarked;
