package dev.ashlar.app.execution;

import dev.ashlar.model.node.Claim;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.execute.Mandate;
import java.util.Optional;

/// The mandate of a folder without a state: whatever claim a node carries is another's.
///
/// @param cluster its name
record NoState(String cluster) implements Mandate {
    @Override
    public String lineage() {
        return "none";
    }

    @Override
    public Optional<Claim> claim() {
        return Optional.empty();
    }

    @Override
    public Optional<Failure> objection(String node, String carried) {
        if (carried.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                Claim.parse(carried)
                        .map(found -> Objection.ofAnother(cluster, node, found))
                        .orElseGet(() -> Objection.unreadable(cluster, node)));
    }
}
