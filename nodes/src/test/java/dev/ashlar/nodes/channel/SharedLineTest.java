package dev.ashlar.nodes.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.nodes.transport.LocalTransport;
import dev.ashlar.nodes.transport.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Jobs that answer at the same time, and the shell itself, share one line: what one says reaches
/// the controller in one piece, whatever the node's shell is.
@Timeout(60)
class SharedLineTest {
    private static final int WRITERS = 8;
    private static final int FRAMES = 300;
    private static final String LINES = "log 14\na \\\\n line\n\nend\n";

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void nobodyWritesIntoAnothersFrame(String shell, @TempDir Path folder) throws Exception {
        ShellChannel open = open(shell, folder);
        try (ShellChannel channel = open) {
            List<ShellChannel.Request> asked = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                asked.add(channel.ask(SharedLineTest::saying));
            }
            for (ShellChannel.Request request : asked) {
                assertThat(request.answer().get(50, TimeUnit.SECONDS).map(a -> a.text("all")))
                        .contains(LINES.repeat(FRAMES));
            }
            assertThat(channel.isAlive()).isTrue();
        }
        // The shell clears up by itself, in the folder that is deleted next.
        await().until(() -> isEmpty(folder.resolve("run"), open.name()));
    }

    private static boolean isEmpty(Path run, String session) {
        String[] left = run.toFile().list((_, name) -> name.startsWith(session));
        return left == null || left.length == 0;
    }

    /// One field in as many frames as there are, beside the shell.
    private static String saying(int request) {
        int length = LINES.length() * FRAMES;
        return """
        ( (
            frame %1$d part "all %2$d$NL"
            _at=0
            while [ $_at -lt %3$d ]; do
                frame %1$d part %4$s
                _at=$((_at + 1))
            done
            frame %1$d end "$NL"
        ) & )
        """
                .formatted(request, length, FRAMES, ShellText.quoted(LINES));
    }

    private static ShellChannel open(String shell, Path folder) throws InterruptedException {
        Transport.Opening local =
                new LocalTransport(shell, Map.of())
                        .open(
                                new NodeAccess(
                                        "here",
                                        "",
                                        0,
                                        "",
                                        Path.of("none"),
                                        List.of(),
                                        false,
                                        Optional.empty()));
        ShellChannel.Opening opening =
                ShellChannel.open(
                        ((Transport.Opening.Opened) local).connection(),
                        new Session(
                                new Layout(
                                        folder.resolve("run").toString(),
                                        folder.resolve("state").toString(),
                                        Layout.STANDARD.path()),
                                false,
                                shell,
                                "true\n",
                                "c",
                                "lineage",
                                List.of(),
                                Duration.ofMillis(5)));
        return ((ShellChannel.Opening.Opened) opening).channel();
    }
}
