package dev.ashlar.engine.picture;

import dev.ashlar.engine.picture.Picture.Vertex;

/// A value and who makes it.
///
/// @param value its name: that of the output
record Source(Vertex from, String value) {}
