package dev.ashlar.store.vault;

import dev.ashlar.model.secret.Vault;

/// A vault with what is in it. It can be written again without being unlocked again: it carries the
/// key of its body. That is not wiped, since the secrets themselves are texts in memory. Immutable.
public final class Opened implements Opening {
    private final Sealed sealed;
    private final Vault vault;
    private final AesKey key;

    Opened(Sealed sealed, Vault vault, AesKey key) {
        this.sealed = sealed;
        this.vault = vault;
        this.key = key;
    }

    /// What it was read from, or written as.
    public Sealed sealed() {
        return sealed;
    }

    /// What is in it; its epoch is that of the file.
    public Vault vault() {
        return vault;
    }

    AesKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "Opened[" + sealed + ", " + vault + "]";
    }
}
