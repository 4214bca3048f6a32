package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What answers at a machine's port is not its SSH server.
class StrangePortTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void garbageInsteadOfABannerIsTheNodesFaultAndNeverReachesTheTerminal() throws IOException {
        CommandLineEntry up = up("\u001b[2J\u001b]0;owned\u0007HTTP/1.1 400 \u009b2Jno\r\n\0\r\n");
        assertThat(up.err())
                .contains("[unreachable, the node's fault]", "did not say that it speaks SSH")
                .doesNotContainPattern("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]");
        assertThat(up.exitCode()).isEqualTo(4);
    }

    @Test
    void hangingUpInsteadOfABannerIsTheNodesFault() throws IOException {
        CommandLineEntry up = up("");
        assertThat(up.err()).contains("[unreachable, the node's fault]", "MaxStartups");
        assertThat(up.exitCode()).isEqualTo(4);
    }

    /// The folder of the document goes while the run lasts.
    @Test
    void aDocumentThatCannotBeWrittenAnyMoreDoesNotHideWhoseFaultItWas() throws IOException {
        Path docs = Files.createDirectory(folder.resolve("docs"));
        CommandLineEntry up =
                up(
                        () -> {
                            Files.deleteIfExists(docs);
                            return "";
                        },
                        "--json-into",
                        docs.resolve("d.json").toString());
        assertThat(up.err())
                .contains("[unreachable, the node's fault]", "error: cannot write " + docs)
                .contains("what was to be done has been done");
        assertThat(up.exitCode()).isEqualTo(4);
    }

    private interface Answer {
        String text() throws IOException;
    }

    private CommandLineEntry up(String answer) throws IOException {
        return up(() -> answer);
    }

    private CommandLineEntry up(Answer answer, String... options) throws IOException {
        try (ServerSocket port = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> serve(port, answer));
            SmallCluster cluster = new SmallCluster(folder);
            cluster.site(port.getLocalPort(), "auto");
            cluster.write("sites/none", key());
            return cluster.verb("up", options);
        }
    }

    private static void serve(ServerSocket port, Answer answer) {
        try {
            while (true) {
                try (Socket caller = port.accept();
                        OutputStream out = caller.getOutputStream()) {
                    out.write(answer.text().getBytes(StandardCharsets.UTF_8));
                } catch (SocketException closed) {
                    if (port.isClosed()) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(1024);
            byte[] bytes = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                    .formatted(Base64.getMimeEncoder().encodeToString(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
