package dev.ashlar.nodes.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The first bytes that an SSH server says, before anything is encrypted: a line with its version
/// (RFC 4253, 4.2), then packets (6).
final class ServerGreeting {
    private static final byte KEX_ECDH_REPLY = 31;
    private static final byte NEWKEYS = 21;

    private ServerGreeting() {}

    /// The host key, or certificate, with which it has agreed on keys by elliptic curves (RFC 5656,
    /// 4); empty where it has not come so far, or said something else.
    static Optional<byte[]> hostKey(byte[] said) {
        ByteBuffer packets =
                ByteBuffer.wrap(said, afterVersion(said), said.length - afterVersion(said));
        while (packets.remaining() > Integer.BYTES) {
            int length = packets.getInt();
            if (length < 2 || length > packets.remaining()) {
                return Optional.empty();
            }
            ByteBuffer packet = packets.slice(packets.position(), length);
            packets.position(packets.position() + length);
            packet.get(); // how much of it is padding
            switch (packet.get()) {
                case NEWKEYS -> {
                    return Optional.empty();
                }
                case KEX_ECDH_REPLY -> {
                    return part(packet);
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    private static Optional<byte[]> part(ByteBuffer in) {
        if (in.remaining() < Integer.BYTES) {
            return Optional.empty();
        }
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            return Optional.empty();
        }
        byte[] part = new byte[length];
        in.get(part);
        return Optional.of(part);
    }

    /// Lines may come before it.
    private static int afterVersion(byte[] said) {
        int start = 0;
        for (int at = 0; at < said.length; at++) {
            if (said[at] == '\n') {
                String line =
                        new String(
                                Arrays.copyOfRange(said, start, at), StandardCharsets.ISO_8859_1);
                start = at + 1;
                if (line.startsWith("SSH-")) {
                    return start;
                }
            }
        }
        return said.length;
    }
}
