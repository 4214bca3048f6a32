package dev.ashlar.nodes.transport;

import dev.ashlar.model.node.SshWire;
import java.nio.BufferUnderflowException;
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
        int start = afterVersion(said);
        ByteBuffer packets = ByteBuffer.wrap(said, start, said.length - start);
        try {
            while (packets.hasRemaining()) {
                ByteBuffer packet = ByteBuffer.wrap(SshWire.part(packets));
                packet.get(); // how much of it is padding
                byte kind = packet.get();
                if (kind == KEX_ECDH_REPLY) {
                    return Optional.of(SshWire.part(packet));
                }
                if (kind == NEWKEYS) {
                    break;
                }
            }
        } catch (IllegalArgumentException | BufferUnderflowException notWhole) {
            // It was cut off there, or is something else.
        }
        return Optional.empty();
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
