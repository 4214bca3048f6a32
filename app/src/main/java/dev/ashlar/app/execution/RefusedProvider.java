package dev.ashlar.app.execution;

import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.Provider;
import dev.ashlar.model.work.Failure;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Stands for a provider whose settings are not usable: everything asked of it fails with the
/// reason.
record RefusedProvider(Failure failure) implements Provider {
    @Override
    public Set<Ability> abilities() {
        return Set.of();
    }

    @Override
    public Acquired acquire(String node, Consumer<String> progress) {
        return new Acquired.NotReady(failure);
    }

    @Override
    public Optional<NodeAccess> find(String node) {
        return Optional.empty();
    }

    @Override
    public Optional<Failure> release(String node, Consumer<String> progress) {
        return Optional.of(failure);
    }
}
