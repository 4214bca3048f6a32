package dev.ashlar.nodes.transport;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.ashlar.model.node.NodeAccess;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// SSH with pinned host keys and public-key authentication, through any number of jump hosts.
///
/// @param connectTimeout for each hop, from the first packet to the end of authentication
/// @param keepalive after so much silence the machine is asked for a sign of life; three silences
///   in a row end the connection
public record SshTransport(Duration connectTimeout, Duration keepalive) implements Transport {

    /// Ten seconds to connect, a sign of life every five.
    public SshTransport() {
        this(Duration.ofSeconds(10), Duration.ofSeconds(5));
    }

    @Override
    public Opening open(NodeAccess access) {
        Optional<SshConnection> jump = Optional.empty();
        if (access.jump().isPresent()) {
            switch (open(access.jump().get())) {
                case Opening.Refused refused -> {
                    return refused;
                }
                case Opening.Opened(Connection connection) ->
                        jump = Optional.of((SshConnection) connection);
            }
        }
        @Nullable Session session = null;
        try {
            session = session(access, jump);
            session.connect((int) connectTimeout.toMillis());
            return new Opening.Opened(new SshConnection(session, jump));
        } catch (JSchException e) {
            if (session != null) {
                session.disconnect();
            }
            jump.ifPresent(SshConnection::close);
            return new Opening.Refused(SshFailures.of(access, e));
        }
    }

    private Session session(NodeAccess access, Optional<SshConnection> jump) throws JSchException {
        JSch jsch = new JSch();
        jsch.setHostKeyRepository(new PinnedHostKeys(access.hostKeys()));
        jsch.addIdentity(access.identity().toString());
        Session session = jsch.getSession(access.user(), access.address(), access.port());
        session.setThreadFactory(Thread.ofVirtual().name("ssh-" + access.node()).factory());
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig("PreferredAuthentications", "publickey");
        session.setConfig("server_host_key", access.hostKeyAlgorithms());
        session.setServerAliveInterval((int) keepalive.toMillis());
        session.setServerAliveCountMax(3);
        if (jump.isPresent()) {
            session.setProxy(new JumpProxy(jump.get()));
        }
        return session;
    }
}
