package dev.ashlar.nodes.transport;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Carries one SSH session inside another, and bounds its handshake: the library does that by the
/// socket alone, and there is none.
final class JumpProxy implements Proxy {
    private final SshConnection gate;
    private final Semaphore handshakes;
    private final CountDownLatch over = new CountDownLatch(1);

    /// Whether the handshake is known to have been in time, or not. Who says so first is right:
    /// what came through in the last moment is not ended.
    private final AtomicBoolean isDecided = new AtomicBoolean();

    private @Nullable Channel channel;
    private @Nullable InputStream input;
    private @Nullable OutputStream output;
    private volatile boolean isIn;

    /// @param handshakes so many may be under way through the gate at once
    JumpProxy(SshConnection gate, Semaphore handshakes) {
        this.gate = gate;
        this.handshakes = handshakes;
    }

    @Override
    public void connect(@Nullable SocketFactory factory, String host, int port, int timeout)
            throws Exception {
        // The library's own pipe takes its reader for dead once the thread that connected has
        // ended.
        Pipe pipe = Pipe.open();
        input = Channels.newInputStream(pipe.source());
        try {
            Channel opened = gate.forwardTo(host, port);
            channel = opened;
            opened.setOutputStream(Channels.newOutputStream(pipe.sink()));
            output = opened.getOutputStream();
            opened.connect(timeout);
        } catch (Exception e) {
            pipe.sink().close();
            close();
            throw e;
        }
        // Not before it has taken the connection: what is off holds up nobody.
        handshakes.acquireUninterruptibly();
        isIn = true;
        Thread.ofVirtual().name("jump-" + host).start(() -> endAfter(timeout));
    }

    private void endAfter(int timeoutMs) {
        try {
            if (!over.await(timeoutMs, TimeUnit.MILLISECONDS)
                    && isDecided.compareAndSet(false, true)) {
                close();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts it", e);
        }
    }

    /// The handshake has come to its end, or there was none.
    ///
    /// @return false when it took longer than a connection may, and was ended for that
    boolean settle() {
        boolean isInTime = isDecided.compareAndSet(false, true);
        over.countDown();
        if (isIn) {
            isIn = false;
            handshakes.release();
        }
        return isInTime;
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
