package dev.ashlar.language.source;

import dev.ashlar.language.yaml.YamlReader;

/// How large a file may be, by what it is read for. What is larger is refused before it is read.
public enum Limit {
    /// YAML, templates and scripts.
    TEXT(YamlReader.SIZE_MAX_BYTES),
    /// What a `file` resource brings as it is.
    SOURCE(64 << 20),
    /// All files of one load together.
    TOTAL(256 << 20);

    private final int bytes;

    Limit(int bytes) {
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    String words() {
        return (bytes >> 20) + " MiB";
    }
}
