/// The keys of every kind of file, as tables. Entry: [dev.ashlar.language.grammar.Forms]. The
/// binder reads files by them and the JSON Schema is generated from them, so the two can't differ.
/// May import yaml, name, spelling hints and the model.
@NullMarked
package dev.ashlar.language.grammar;

import org.jspecify.annotations.NullMarked;
