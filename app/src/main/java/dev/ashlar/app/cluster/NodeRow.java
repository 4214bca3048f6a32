package dev.ashlar.app.cluster;

import dev.ashlar.model.journal.Invitation;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.Trust;
import java.util.List;
import java.util.Optional;

/// A node of a cluster and how far its machine is trusted.
///
/// @param access how it is reached; empty while its machine is not there
/// @param trust empty while its machine is not there
/// @param by who vouches for its keys, or took that back; empty where nobody does
/// @param vouched true where its site says which keys it has, so that no person is asked
/// @param keys all that it is known by: on record, at its site, and by a person's word
/// @param sinceMs since when it has been what it is, where that is on record
/// @param invited the last one-time token that was given for its machine
public record NodeRow(
        String node,
        Optional<NodeAccess> access,
        Optional<Trust> trust,
        String by,
        boolean vouched,
        List<HostKey> keys,
        Optional<Long> sinceMs,
        Optional<Invitation> invited) {
    public NodeRow {
        keys = List.copyOf(keys);
    }

    public boolean isRevoked() {
        return trust.filter(one -> one == Trust.REVOKED).isPresent();
    }

    /// The keys that it must show.
    public List<HostKey> hostKeys() {
        return access.map(NodeAccess::hostKeys).orElse(List.of());
    }
}
