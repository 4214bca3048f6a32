package dev.ashlar.nodes.transport;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Keeps the last bytes written to it. Safe for use by several threads.
final class Complaints extends OutputStream {
    private static final int LIMIT = 2048;
    private final StringBuilder kept = new StringBuilder();

    @Override
    public synchronized void write(int b) {
        keep(String.valueOf((char) (b & 0xff)));
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        keep(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
    }

    private void keep(String text) {
        kept.append(text);
        if (kept.length() > LIMIT) {
            kept.delete(0, kept.length() - LIMIT);
        }
    }

    synchronized String text() {
        return new String(
                kept.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
