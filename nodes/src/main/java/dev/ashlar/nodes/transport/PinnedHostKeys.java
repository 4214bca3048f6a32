package dev.ashlar.nodes.transport;

import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import dev.ashlar.model.node.HostKey;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Knows the keys of one machine and learns no others.
final class PinnedHostKeys implements HostKeyRepository {
    private final List<HostKey> pinned;

    PinnedHostKeys(List<HostKey> pinned) {
        this.pinned = pinned;
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
    public void add(com.jcraft.jsch.HostKey key, @Nullable UserInfo info) {}

    @Override
    public void remove(String host, String type) {}

    @Override
    public void remove(String host, String type, byte[] key) {}

    @Override
    public String getKnownHostsRepositoryID() {
        return "pinned";
    }

    @Override
    public com.jcraft.jsch.HostKey[] getHostKey() {
        return getHostKey("", null);
    }

    @Override
    public com.jcraft.jsch.HostKey[] getHostKey(String host, @Nullable String type) {
        return pinned.stream()
                .filter(p -> type == null || p.algorithm().equals(type))
                .flatMap(p -> {
                    try {
                        return java.util.stream.Stream.of(
                                new com.jcraft.jsch.HostKey(host, decoded(p)));
                    } catch (JSchException | RuntimeException malformed) {
                        return java.util.stream.Stream.empty();
                    }
                })
                .toArray(com.jcraft.jsch.HostKey[]::new);
    }
}
