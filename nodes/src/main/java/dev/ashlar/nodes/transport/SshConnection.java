package dev.ashlar.nodes.transport;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A connected session.
final class SshConnection implements Connection {
    private static final int CHANNEL_TIMEOUT_MS = 10_000;
    private final Session session;
    private final Runnable ended;

    /// @param ended run when it has been closed
    SshConnection(Session session, Runnable ended) {
        this.session = session;
        this.ended = ended;
    }

    /// False once the line is known to be lost.
    boolean isAlive() {
        return session.isConnected();
    }

    Channel forwardTo(String host, int port) throws JSchException {
        return session.getStreamForwarder(host, port);
    }

    @Override
    public Running start(String command) throws IOException {
        try {
            ChannelExec channel = (ChannelExec) session.openChannel("exec");
            channel.setCommand(command);
            Complaints errors = new Complaints();
            channel.setErrStream(errors);
            Exec exec =
                    new Exec(channel, channel.getOutputStream(), channel.getInputStream(), errors);
            channel.connect(CHANNEL_TIMEOUT_MS);
            return exec;
        } catch (JSchException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        session.disconnect();
        ended.run();
    }

    private record Exec(
            ChannelExec channel, OutputStream input, InputStream output, Complaints errors)
            implements Running {
        @Override
        public String complaints() {
            return errors.text();
        }

        @Override
        public void close() {
            channel.disconnect();
        }
    }
}
