package dev.ashlar.language.grammar;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A kind of mapping: the keys it may have, in the order they are usually written.
///
/// @param name what the mapping is called to people ("step")
/// @param doc what it is, shown by editors
/// @param meant the key that is meant by a word which is not spelled like it
public record Form(String name, String doc, List<Key> keys, Map<String, String> meant) {

    public Form(String name, String doc, List<Key> keys) {
        this(name, doc, keys, Map.of());
    }

    /// A key of a form.
    ///
    /// @param presence whether it must be there, or is kept for a later version
    public record Key(String name, Content content, Presence presence, String doc) {}

    /// Whether a key must be there.
    public enum Presence {
        REQUIRED,
        OPTIONAL,
        /// Its name is taken; a use of it is refused with "not available yet" unless it is empty.
        RESERVED
    }

    public Form {
        keys = List.copyOf(keys);
        meant = Map.copyOf(meant);
    }

    public Optional<Key> key(String keyName) {
        return keys.stream().filter(k -> k.name().equals(keyName)).findFirst();
    }

    /// The names of all keys that may be used.
    public List<String> names() {
        return keys.stream().filter(k -> k.presence() != Presence.RESERVED).map(Key::name).toList();
    }

    static Key required(String name, Content content, String doc) {
        return new Key(name, content, Presence.REQUIRED, doc);
    }

    static Key optional(String name, Content content, String doc) {
        return new Key(name, content, Presence.OPTIONAL, doc);
    }

    static Key reserved(String name, String doc) {
        return new Key(name, new Content.Value(), Presence.RESERVED, doc);
    }
}
