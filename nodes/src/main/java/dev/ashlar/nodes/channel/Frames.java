package dev.ashlar.nodes.channel;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads frames `NONCE REQUEST KIND LENGTH`, payload, newline. Lines that do not begin with the
/// nonce are noise (a login shell's greeting) and are passed over. Not thread safe: one reader.
final class Frames {
    private static final int LONGEST_LINE = 4096;
    private static final int LONGEST_PAYLOAD = 1 << 20;
    private final InputStream stream;
    private final String nonce;

    Frames(InputStream stream, String nonce) {
        this.stream = new BufferedInputStream(stream, 1 << 16);
        this.nonce = nonce;
    }

    record Frame(int request, String kind, byte[] payload) {}

    /// The next frame; empty at the end of the stream.
    Optional<Frame> next() throws IOException {
        while (true) {
            String line = line();
            if (line == null) {
                return Optional.empty();
            }
            // Noise without a final newline may stand before the nonce.
            int start = line.indexOf(nonce + " ");
            if (start < 0) {
                continue;
            }
            String[] parts = line.substring(start).split(" ");
            if (parts.length != 4
                    || !parts[1].matches("[0-9]{1,9}")
                    || !parts[3].matches("[0-9]{1,7}")) {
                throw new IOException("a frame that can't be read: " + line);
            }
            int length = Integer.parseInt(parts[3]);
            if (length > LONGEST_PAYLOAD) {
                throw new IOException("a frame of " + length + " bytes");
            }
            byte[] payload = stream.readNBytes(length);
            if (payload.length < length || stream.read() != '\n') {
                throw new EOFException("a torn frame");
            }
            return Optional.of(new Frame(Integer.parseInt(parts[1]), parts[2], payload));
        }
    }

    private @org.jspecify.annotations.Nullable String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int b = stream.read();
            if (b < 0) {
                return null;
            }
            if (b == '\n') {
                return line.toString();
            }
            line.append((char) b);
            if (line.length() > 2 * LONGEST_LINE) {
                // A frame's head is at the end of its line, behind however much noise.
                line.delete(0, LONGEST_LINE);
            }
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
