/// The files that take part in a load: where packs and sites are looked up, what was read. Entry:
/// [dev.ashlar.language.source.Sources]. Imports `yaml` and the model's diagnostics.
@NullMarked
package dev.ashlar.language.source;

import org.jspecify.annotations.NullMarked;
