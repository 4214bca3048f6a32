package dev.ashlar.nodes.transport;

import com.jcraft.jsch.JSchException;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Knows the keys of one machine, and the authorities whose certificates it may show; learns no
/// others.
final class PinnedHostKeys extends FixedHostKeys {
    private static final String AUTHORITY = "@cert-authority";

    private final NodeAccess access;
    private final List<HostKey> pinned;

    PinnedHostKeys(NodeAccess access) {
        this.access = access;
        this.pinned = access.hostKeys();
    }

    @Override
    public int check(String host, byte[] key) {
        return pinned.stream().anyMatch(p -> MessageDigest.isEqual(decoded(p), key)) ? OK : CHANGED;
    }

    private static byte[] decoded(HostKey key) {
        try {
            return Base64.getDecoder().decode(key.base64());
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    @Override
    public com.jcraft.jsch.HostKey[] getHostKey() {
        return Stream.concat(
                        Arrays.stream(getHostKey("", null)),
                        access.authorities().stream().flatMap(this::authority))
                .toArray(com.jcraft.jsch.HostKey[]::new);
    }

    /// As a line of `known_hosts` has it, for the address and port that are asked for.
    private Stream<com.jcraft.jsch.HostKey> authority(HostKey key) {
        String name =
                access.port() == 22
                        ? access.address()
                        : "[" + access.address() + "]:" + access.port();
        try {
            return Stream.of(
                    new com.jcraft.jsch.HostKey(
                            AUTHORITY, name, com.jcraft.jsch.HostKey.GUESS, decoded(key), ""));
        } catch (JSchException | RuntimeException malformed) {
            return Stream.empty();
        }
    }

    @Override
    public com.jcraft.jsch.HostKey[] getHostKey(String host, @Nullable String type) {
        return pinned.stream()
                .filter(p -> type == null || p.algorithm().equals(type))
                .flatMap(p -> {
                    try {
                        return Stream.of(new com.jcraft.jsch.HostKey(host, decoded(p)));
                    } catch (JSchException | RuntimeException malformed) {
                        return Stream.empty();
                    }
                })
                .toArray(com.jcraft.jsch.HostKey[]::new);
    }
}
