package dev.ashlar.providers.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Asks whether an SSH server really answers: a connection alone says little.
final class SshBanner {
    private static final byte[] EXPECTED = "SSH-".getBytes(StandardCharsets.US_ASCII);

    private SshBanner() {}

    /// True when `address` greets as SSH servers do, within `bound`.
    static boolean answers(String address, int port, Duration bound) {
        int millis = Math.toIntExact(bound.toMillis());
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), millis);
            socket.setSoTimeout(millis);
            byte[] start = socket.getInputStream().readNBytes(EXPECTED.length);
            return java.util.Arrays.equals(start, EXPECTED);
        } catch (IOException e) {
            return false;
        }
    }
}
