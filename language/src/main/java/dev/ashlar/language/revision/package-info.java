/// Writing values into a cluster's file where a person would have written them: everything else
/// stays as it is, byte for byte. Entry: [dev.ashlar.language.revision.Revision]. Pure: texts in,
/// texts out; no file is read or written. Imports the YAML reader, and knows nothing of packs.
@NullMarked
package dev.ashlar.language.revision;

import org.jspecify.annotations.NullMarked;
