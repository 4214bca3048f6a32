package dev.ashlar.store.vault;

/// What a vault is locked with, as everybody who has the file can see it. Any one of its locks
/// opens it.
public sealed interface Lock {
    /// What opens it, for people.
    String opener();

    /// Opened by the secret key of a recipient.
    record Identity(Recipient recipient) implements Lock {
        @Override
        public String opener() {
            return "the key file of " + recipient;
        }
    }

    /// Opened by a passphrase.
    ///
    /// @param iterations how often that is stretched
    record Passphrase(int iterations) implements Lock {
        @Override
        public String opener() {
            return "a passphrase";
        }
    }
}
