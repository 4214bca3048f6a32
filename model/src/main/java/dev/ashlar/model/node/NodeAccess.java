package dev.ashlar.model.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a machine is reached.
///
/// @param address name or number; only how Ashlar reaches it
/// @param identity private key file
/// @param hostKeys pinned; a machine that shows none of these is not spoken to
/// @param authorities whose certificate of a host key, for this address, does as well; where there
///   are neither keys nor authorities, the machine is not spoken to
/// @param sudo true when the user is not root and commands run through `sudo -n`
/// @param jump the machine to pass through first
public record NodeAccess(
        String node,
        String address,
        int port,
        String user,
        Path identity,
        List<HostKey> hostKeys,
        List<HostKey> authorities,
        boolean sudo,
        Optional<NodeAccess> jump) {
    /// In the order in which they are offered (OpenSSH's PROTOCOL.certkeys).
    public static final List<String> CERTIFICATES =
            List.of(
                    "ssh-ed25519-cert-v01@openssh.com",
                    "ecdsa-sha2-nistp256-cert-v01@openssh.com",
                    "ecdsa-sha2-nistp384-cert-v01@openssh.com",
                    "ecdsa-sha2-nistp521-cert-v01@openssh.com",
                    "rsa-sha2-512-cert-v01@openssh.com",
                    "rsa-sha2-256-cert-v01@openssh.com");

    public NodeAccess {
        hostKeys = List.copyOf(hostKeys);
        authorities = List.copyOf(authorities);
    }

    /// By pinned keys alone.
    public NodeAccess(
            String node,
            String address,
            int port,
            String user,
            Path identity,
            List<HostKey> hostKeys,
            boolean sudo,
            Optional<NodeAccess> jump) {
        this(node, address, port, user, identity, hostKeys, List.of(), sudo, jump);
    }

    /// True where it can prove who it is: somebody vouches for a key of it.
    public boolean isVouchedFor() {
        return !hostKeys.isEmpty() || !authorities.isEmpty();
    }

    /// What is offered to the machine when keys are agreed on: only what is pinned or certified, so
    /// that one with several keys shows the one we know. Separated by commas.
    public String hostKeyAlgorithms() {
        return Stream.concat(
                        hostKeys.stream()
                                .map(HostKey::algorithm)
                                .map(a -> a.equals("ssh-rsa") ? "rsa-sha2-512,rsa-sha2-256" : a),
                        authorities.isEmpty() ? Stream.empty() : CERTIFICATES.stream())
                .distinct()
                .collect(Collectors.joining(","));
    }

    /// The same with other host keys.
    public NodeAccess withHostKeys(List<HostKey> keys) {
        return new NodeAccess(node, address, port, user, identity, keys, authorities, sudo, jump);
    }

    /// The same by pinned keys alone.
    public NodeAccess withoutAuthorities() {
        return new NodeAccess(node, address, port, user, identity, hostKeys, sudo, jump);
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
        String pinned =
                String.join(
                        " ",
                        List.of(
                                node,
                                address,
                                Integer.toString(port),
                                user,
                                hostKeys.toString(),
                                Boolean.toString(sudo),
                                jump.map(NodeAccess::way).orElse("")));
        return authorities.isEmpty() ? pinned : pinned + " " + authorities;
    }
}
