/// A cluster as a picture: its uses, their steps, who reads what of whom, and what holds when. Made
/// of the composition alone. Entry: [dev.ashlar.engine.picture.Picture].
@NullMarked
package dev.ashlar.engine.picture;

import org.jspecify.annotations.NullMarked;
