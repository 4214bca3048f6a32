package dev.ashlar.engine.plan;

import dev.ashlar.model.value.Value;

/// A file on record that would get another content, or may.
///
/// @param recorded the SHA-256 of what was written last
/// @param now what would be written; not known, or a secret, as it says itself
public record Rewritten(String path, String recorded, Value now) {}
