package dev.ashlar.language.cluster;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.value.Value;
import java.util.Optional;

/// An override beside what the files say in its place.
///
/// @param given as it was typed
/// @param value what that is; empty where its path leads nowhere any more
/// @param files what the files say, if anything
public record Overridden(
        String path, String given, Optional<Value> value, Optional<Written> files) {

    /// What the files say.
    ///
    /// @param shown on one line
    /// @param at where
    /// @param same true when that is what the override says
    public record Written(String shown, Span at, boolean same) {}

    /// True when the files say the same: then it overrides nothing.
    public boolean agrees() {
        return files.filter(Written::same).isPresent();
    }

    /// True when the goal is another for it: it has a value, and not the one that the files say.
    public boolean counts() {
        return value.isPresent() && !agrees();
    }
}
