/// Files to a checked composition. Entry: [dev.ashlar.language.Loader]. May import every room of
/// the language and the model; nothing imports it. Problems of the files are diagnostics, all of
/// them at once.
@NullMarked
package dev.ashlar.language;

import org.jspecify.annotations.NullMarked;
