/// Names people give to things and what they must look like. Entry:
/// [dev.ashlar.language.name.NameKind]. Imports nothing.
@NullMarked
package dev.ashlar.language.name;

import org.jspecify.annotations.NullMarked;
