package dev.ashlar.model.node;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Reads what SSH writes one after the other: a length and so many bytes (RFC 4251, 5: `string`).
public final class SshWire {
    private SshWire() {}

    /// @throws IllegalArgumentException where there are not so many
    public static byte[] part(ByteBuffer wire) {
        if (wire.remaining() < Integer.BYTES) {
            throw new IllegalArgumentException("it ends too soon");
        }
        int length = wire.getInt();
        if (length < 0 || length > wire.remaining()) {
            throw new IllegalArgumentException("it ends too soon");
        }
        byte[] part = new byte[length];
        wire.get(part);
        return part;
    }

    /// The same, as text.
    ///
    /// @throws IllegalArgumentException where there are not so many
    public static String text(ByteBuffer wire) {
        return new String(part(wire), StandardCharsets.UTF_8);
    }
}
