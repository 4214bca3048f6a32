package dev.ashlar.store.vault;

import java.util.List;
import java.util.stream.Collectors;

/// What came of opening a vault.
public sealed interface Opening permits Opened, Opening.Locked {

    /// It stays locked; nothing is wrong with it as far as that can be told.
    ///
    /// @param locks what would open it
    record Locked(Why why, List<Lock> locks) implements Opening {
        public Locked {
            locks = List.copyOf(locks);
        }

        /// What people are told: why, and what opens it.
        public String message() {
            return "the vault is locked: %s. What opens it: %s"
                    .formatted(
                            why.meaning,
                            locks.stream()
                                    .map(Lock::opener)
                                    .distinct()
                                    .collect(Collectors.joining(" or ")));
        }
    }

    /// Why it stays locked.
    enum Why {
        /// It is locked for other keys than those given, or for none.
        OTHER_KEYS("none of the given keys opens it"),
        /// It has locks for passphrases, and this one fits none of them.
        WRONG_PASSPHRASE("the passphrase is wrong"),
        NO_PASSPHRASE("no passphrase opens it");

        private final String meaning;

        Why(String meaning) {
            this.meaning = meaning;
        }
    }
}
