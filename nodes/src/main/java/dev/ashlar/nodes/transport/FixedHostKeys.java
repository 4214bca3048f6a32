package dev.ashlar.nodes.transport;

import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.UserInfo;
import org.jspecify.annotations.Nullable;

/// Host keys that are known beforehand: none is ever added or removed.
abstract class FixedHostKeys implements HostKeyRepository {
    @Override
    public final void add(com.jcraft.jsch.HostKey key, @Nullable UserInfo info) {}

    @Override
    public final void remove(String host, String type) {}

    @Override
    public final void remove(String host, String type, byte[] key) {}

    @Override
    public final String getKnownHostsRepositoryID() {
        return "fixed";
    }
}
