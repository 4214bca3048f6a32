package dev.ashlar.model.node;

/// How far the machine that stands for a node is trusted. `docs/reference/trust.md` has what leads
/// from one to another.
public enum Trust {
    /// It is known where it is, and not which host key is its own: nothing is sent to it.
    DISCOVERED,
    /// Somebody vouches for a host key: who made the machine, who listed it, or a person.
    VERIFIED,
    /// It has proved that it has that key, and has let its user in.
    TRUSTED,
    /// A person has taken it back: nothing is sent to it any more.
    REVOKED
}
