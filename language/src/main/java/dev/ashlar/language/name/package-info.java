/// Names people give to things: which are allowed and which were probably meant. Entry:
/// [dev.ashlar.language.name.Spelling]. Imports nothing.
@NullMarked
package dev.ashlar.language.name;

import org.jspecify.annotations.NullMarked;
