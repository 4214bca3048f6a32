package dev.ashlar.store.vault;

import java.util.List;

/// A vault as it lies on the disk: whole, and locked. Immutable.
public final class Sealed {
    private final Envelope envelope;
    private final String digest;

    Sealed(Envelope envelope, String digest) {
        this.envelope = envelope;
        this.digest = digest;
    }

    /// How often it was written. Before it is opened nothing proves that.
    public long epoch() {
        return envelope.epoch();
    }

    /// Whose it is: that of its state's folder.
    public String lineage() {
        return envelope.lineage();
    }

    /// The SHA-256 of the whole file, 64 hexadecimal digits: of another content, or the same sealed
    /// again, it is another.
    public String digest() {
        return digest;
    }

    /// What opens it, in order; at least one.
    public List<Lock> locks() {
        return envelope.locks().stream().map(WrappedKey::lock).toList();
    }

    Envelope envelope() {
        return envelope;
    }

    @Override
    public String toString() {
        return "Sealed[epoch=" + epoch() + ", digest=" + digest + ", locks=" + locks() + "]";
    }
}
