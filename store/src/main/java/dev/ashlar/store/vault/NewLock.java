package dev.ashlar.store.vault;

/// A lock to be put on a vault.
public sealed interface NewLock {

    /// For whoever has the secret key of a recipient.
    record Identity(Recipient recipient) implements NewLock {}

    /// For whoever knows a passphrase.
    ///
    /// @param characters not empty; whoever gave them clears them afterwards
    record Passphrase(char[] characters) implements NewLock {
        @Override
        public String toString() {
            return "(secret)";
        }
    }
}
