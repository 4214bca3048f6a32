package dev.ashlar.model.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// How a machine is reached.
///
/// @param address name or number; only how Ashlar reaches it
/// @param identity private key file
/// @param hostKeys pinned; a machine that shows none of these is not spoken to, and none is where
///   there are none
/// @param sudo true when the user is not root and commands run through `sudo -n`
/// @param jump the machine to pass through first
public record NodeAccess(
        String node,
        String address,
        int port,
        String user,
        Path identity,
        List<HostKey> hostKeys,
        boolean sudo,
        Optional<NodeAccess> jump) {
    public NodeAccess {
        hostKeys = List.copyOf(hostKeys);
    }

    /// What is offered to the machine when keys are agreed on: only what is pinned, so that one
    /// with several keys shows the one we know. Separated by commas.
    public String hostKeyAlgorithms() {
        return hostKeys.stream()
                .map(HostKey::algorithm)
                .map(a -> a.equals("ssh-rsa") ? "rsa-sha2-512,rsa-sha2-256" : a)
                .distinct()
                .collect(Collectors.joining(","));
    }

    /// The same with other host keys.
    public NodeAccess withHostKeys(List<HostKey> keys) {
        return new NodeAccess(node, address, port, user, identity, keys, sudo, jump);
    }

    /// The machine that it leads to, whoever logs in: two with the same are one machine.
    public String machine() {
        return address + ":" + port + jump.map(gate -> " via " + gate.address()).orElse("");
    }

    /// True when the other leads to the same machine as the same user, wherever the key to it lies:
    /// that is the controller's affair, and differs between two of them.
    public boolean leadsWhere(NodeAccess other) {
        return way().equals(other.way());
    }

    /// How it is reached, without where the key lies, as text that changes when that does.
    public String way() {
        return String.join(
                " ",
                List.of(
                        node,
                        address,
                        Integer.toString(port),
                        user,
                        hostKeys.toString(),
                        Boolean.toString(sudo),
                        jump.map(NodeAccess::way).orElse("")));
    }
}
