/// The static types of the language. Entry: [dev.ashlar.model.type.Type]. Imports nothing.
@NullMarked
package dev.ashlar.model.type;

import org.jspecify.annotations.NullMarked;
