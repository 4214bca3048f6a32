package dev.ashlar.store.vault;

import java.util.List;

/// What somebody has to open a vault with.
public sealed interface Unlocker {

    /// The keys in some files, which may be none.
    record Keys(List<KeyFile> files) implements Unlocker {
        public Keys {
            files = List.copyOf(files);
        }
    }

    /// @param characters whoever gave them clears them afterwards
    record Passphrase(char[] characters) implements Unlocker {
        @Override
        public String toString() {
            return "(secret)";
        }
    }
}
