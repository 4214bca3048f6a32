package dev.ashlar.language.yaml;

import dev.ashlar.model.diagnostic.Span;
import java.util.Optional;

/// A YAML file as read.
///
/// @param name as shown to people
/// @param text as decoded, without a byte order mark; what excerpts are cut from
/// @param root empty when the file could not be read as YAML; the reason has been reported
public record YamlFile(String name, String text, Optional<YamlNode> root) {

    /// The file's first character: for what is missing.
    public Span start() {
        return Span.wholeFile(name);
    }
}
