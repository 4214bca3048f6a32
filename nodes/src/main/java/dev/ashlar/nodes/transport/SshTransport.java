package dev.ashlar.nodes.transport;

import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.Session;
import dev.ashlar.model.node.NodeAccess;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// SSH with pinned host keys and public-key authentication, through any number of jump hosts. All
/// machines behind one jump host share one login there.
public final class SshTransport implements Transport {
    private final Duration connectTimeout;
    private final Duration keepalive;
    private final Function<NodeAccess, HostKeyRepository> known;
    private final Preparation preparation;
    private final JumpHosts jumps = new JumpHosts(this::open);

    /// @param connectTimeout for each hop, from the first packet to the end of authentication
    /// @param keepalive after so much silence the machine is asked for a sign of life; three
    ///   silences in a row end the connection
    public SshTransport(Duration connectTimeout, Duration keepalive) {
        this(connectTimeout, keepalive, PinnedHostKeys::new, SshTransport::by);
    }

    /// What is done with a session before it is connected.
    interface Preparation {
        /// @param way to the machine, where it is not a straight one
        void prepare(Session session, NodeAccess access, Optional<? extends Proxy> way);
    }

    /// @param known the keys that are known of a machine
    SshTransport(
            Duration connectTimeout,
            Duration keepalive,
            Function<NodeAccess, HostKeyRepository> known,
            Preparation preparation) {
        this.connectTimeout = connectTimeout;
        this.keepalive = keepalive;
        this.known = known;
        this.preparation = preparation;
    }

    /// By the way that leads there.
    static void by(Session session, NodeAccess access, Optional<? extends Proxy> way) {
        way.ifPresent(session::setProxy);
    }

    /// Ten seconds to connect, a sign of life every five.
    public SshTransport() {
        this(Duration.ofSeconds(10), Duration.ofSeconds(5));
    }

    @Override
    public Opening open(NodeAccess access) {
        return access.jump()
                .map(jump -> jumps.through(jump, (way, ended) -> open(access, way, ended)))
                .orElseGet(() -> open(access, Optional.empty(), () -> {}));
    }

    private Opening open(NodeAccess access, JumpProxy way, Runnable ended) {
        Opening opening;
        boolean isInTime;
        try {
            opening = open(access, Optional.of(way), ended);
        } finally {
            isInTime = way.settle();
        }
        if (isInTime) {
            return opening;
        }
        if (opening instanceof Opening.Opened(Connection late)) {
            late.close();
        }
        return new Opening.Refused(SshFailures.late(access, connectTimeout));
    }

    /// @param ended run when the connection ends
    private Opening open(NodeAccess access, Optional<JumpProxy> way, Runnable ended) {
        @Nullable Session session = null;
        try {
            session = session(access);
            preparation.prepare(session, access, way);
            session.connect((int) connectTimeout.toMillis());
            return new Opening.Opened(new SshConnection(session, ended));
        } catch (JSchException e) {
            if (session != null) {
                session.disconnect();
            }
            return new Opening.Refused(SshFailures.of(access, e));
        } catch (RuntimeException e) {
            // The library trips over what is no SSH, or a lie.
            if (session != null) {
                session.disconnect();
            }
            return new Opening.Refused(SshFailures.nonsense(access));
        }
    }

    private Session session(NodeAccess access) throws JSchException {
        JSch jsch = new JSch();
        jsch.setHostKeyRepository(known.apply(access));
        jsch.addIdentity(access.identity().toString());
        Session session = jsch.getSession(access.user(), access.address(), access.port());
        session.setThreadFactory(Thread.ofVirtual().name("ssh-" + access.node()).factory());
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig("PreferredAuthentications", "publickey");
        session.setConfig("server_host_key", access.hostKeyAlgorithms());
        session.setServerAliveInterval((int) keepalive.toMillis());
        session.setServerAliveCountMax(3);
        return session;
    }
}
