package dev.ashlar.model.node;

import dev.ashlar.model.work.Failure;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Where nodes come from and go back to. Implementations are safe for use by several threads, one
/// call per node at a time.
public interface Provider {

    /// What a provider can do with a machine beyond naming it.
    enum Ability {
        CREATE,
        WIPE,
        POWER,
        CONSOLE,
        VOUCH
    }

    /// The kind of [Failure] of a call whose thread was interrupted: it was told to stop.
    String INTERRUPTED = "interrupted";

    Set<Ability> abilities();

    /// Makes sure the machine exists and runs, and says how it is reached. Idempotent: a machine
    /// that is there is only described. A crash in the middle leaves what the next call finishes.
    ///
    /// @param node its name in the cluster
    /// @param progress told one short line per noticeable step
    Acquired acquire(String node, Consumer<String> progress);

    /// How a machine is reached that may be there; empty where it cannot. Makes and starts nothing.
    Optional<NodeAccess> find(String node);

    /// Gives the machine back. Idempotent. Where the provider did not make it (an inventory),
    /// nothing happens to it.
    ///
    /// @return the failure, or empty
    Optional<Failure> release(String node, Consumer<String> progress);

    /// What came of [#acquire].
    sealed interface Acquired {
        record Ready(NodeAccess access) implements Acquired {}

        record NotReady(Failure failure) implements Acquired {}
    }
}
