package dev.ashlar.nodes.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ServerGreetingTest {
    private static final String VERSION = "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n";
    private static final byte[] KEY = "the key".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private void say(String text) {
        said.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /// With four bytes of padding.
    private void packet(int kind, byte[] content) {
        int length = 1 + 1 + content.length + 4;
        ByteBuffer packet = ByteBuffer.allocate(Integer.BYTES + length);
        packet.putInt(length).put((byte) 4).put((byte) kind).put(content);
        said.writeBytes(packet.array());
    }

    private static byte[] reply(int length) {
        return ByteBuffer.allocate(Integer.BYTES + KEY.length).putInt(length).put(KEY).array();
    }

    @Test
    void theKeyIsInTheFirstReply() {
        say("a banner of the gate\r\n");
        say(VERSION);
        packet(20, new byte[40]);
        packet(2, new byte[3]);
        packet(31, reply(KEY.length));
        packet(21, new byte[0]);
        assertThat(ServerGreeting.hostKey(said.toByteArray()).orElseThrow()).isEqualTo(KEY);
        byte[] whole = said.toByteArray();
        for (int cut = 0; cut < whole.length - 10 - 4; cut++) {
            assertThat(ServerGreeting.hostKey(Arrays.copyOf(whole, cut))).isEmpty();
        }
    }

    @Test
    void whatIsNoSuchReplyHasNone() {
        assertThat(ServerGreeting.hostKey(new byte[0])).isEmpty();
        say("HTTP/1.1 400 Bad Request\r\n\r\n");
        assertThat(ServerGreeting.hostKey(said.toByteArray())).isEmpty();
        said.reset();
        say(VERSION);
        packet(21, new byte[0]);
        packet(31, reply(KEY.length));
        assertThat(ServerGreeting.hostKey(said.toByteArray()))
                .as("what is behind it is encrypted")
                .isEmpty();
    }

    @Test
    void lengthsThatCannotBeAreNone() {
        for (int length : new int[] {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1000}) {
            said.reset();
            say(VERSION);
            packet(31, reply(length));
            assertThat(ServerGreeting.hostKey(said.toByteArray())).isEmpty();
            said.reset();
            say(VERSION);
            said.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
            said.writeBytes(reply(KEY.length));
            assertThat(ServerGreeting.hostKey(said.toByteArray())).isEmpty();
        }
    }
}
