package dev.ashlar.providers.lab;

import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.Provider;
import dev.ashlar.model.work.Failure;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// A lab's machines as nodes: made when first acquired, ended and forgotten when released. The
/// lab's bridge and folder go with its last machine. Safe for use by several threads.
public final class LabProvider implements Provider {
    private final Lab lab;

    public LabProvider(Lab lab) {
        this.lab = lab;
    }

    /// The lab it makes machines in, for commands about machines alone.
    public Lab lab() {
        return lab;
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.CREATE, Ability.WIPE, Ability.POWER, Ability.VOUCH);
    }

    @Override
    public Acquired acquire(String node, Consumer<String> progress) {
        return lab.up(node, progress);
    }

    /// One without power answers nobody.
    @Override
    public Optional<NodeAccess> find(String node) {
        return lab.access(node) instanceof Acquired.Ready(NodeAccess access)
                ? Optional.of(access)
                : Optional.empty();
    }

    @Override
    public Optional<Failure> release(String node, Consumer<String> progress) {
        progress.accept("ending " + node);
        return lab.down(node);
    }
}
