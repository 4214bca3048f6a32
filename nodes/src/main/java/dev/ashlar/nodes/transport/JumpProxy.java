package dev.ashlar.nodes.transport;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/// Carries one SSH session inside another.
final class JumpProxy implements Proxy {
    private final SshConnection jump;
    private @Nullable Channel channel;
    private @Nullable InputStream input;
    private @Nullable OutputStream output;

    JumpProxy(SshConnection jump) {
        this.jump = jump;
    }

    @Override
    public void connect(@Nullable SocketFactory factory, String host, int port, int timeout)
            throws Exception {
        Channel opened = jump.forwardTo(host, port);
        input = opened.getInputStream();
        output = opened.getOutputStream();
        channel = opened;
        opened.connect(timeout);
    }

    @Override
    public @Nullable InputStream getInputStream() {
        return input;
    }

    @Override
    public @Nullable OutputStream getOutputStream() {
        return output;
    }

    /// There is none: silence on the inner session is noticed by who waits for its beats.
    @Override
    public @Nullable Socket getSocket() {
        return null;
    }

    @Override
    public void close() {
        try {
            if (input != null) {
                input.close();
            }
        } catch (IOException alreadyClosed) {
            // It is what we want.
        }
        if (channel != null) {
            channel.disconnect();
        }
    }
}
