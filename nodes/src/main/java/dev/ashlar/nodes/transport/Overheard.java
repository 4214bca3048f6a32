package dev.ashlar.nodes.transport;

import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.SocketFactory;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Notes the first bytes that a machine says: the library keeps a certificate that it is shown to
/// itself.
final class Overheard implements Proxy {
    /// More than any sshd says before keys are agreed on.
    private static final int MOST = 1 << 18;

    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private volatile Optional<? extends Proxy> way = Optional.empty();
    private @Nullable Socket socket;
    private @Nullable InputStream input;

    /// Before it is connected.
    ///
    /// @param there the way, where it is not a straight one
    Overheard by(Optional<? extends Proxy> there) {
        way = there;
        return this;
    }

    /// What has been said so far.
    byte[] heard() {
        synchronized (heard) {
            return heard.toByteArray();
        }
    }

    @Override
    public void connect(@Nullable SocketFactory factory, String host, int port, int timeout)
            throws Exception {
        if (way.isPresent()) {
            way.get().connect(factory, host, port, timeout);
            input = noting(way.get().getInputStream());
            return;
        }
        Socket straight = new Socket();
        socket = straight;
        straight.connect(new InetSocketAddress(host, port), timeout);
        input = noting(straight.getInputStream());
    }

    private InputStream noting(InputStream said) {
        return new FilterInputStream(said) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int at, int most) throws IOException {
                int count = super.read(into, at, most);
                synchronized (heard) {
                    heard.write(into, at, Math.clamp(count, 0, MOST - heard.size()));
                }
                return count;
            }
        };
    }

    @Override
    public @Nullable InputStream getInputStream() {
        return input;
    }

    @Override
    public @Nullable OutputStream getOutputStream() {
        try {
            return socket == null
                    ? way.map(Proxy::getOutputStream).orElse(null)
                    : socket.getOutputStream();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public @Nullable Socket getSocket() {
        return socket;
    }

    @Override
    public void close() {
        way.ifPresent(Proxy::close);
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException alreadyClosed) {
            // It is what we want.
        }
    }
}
