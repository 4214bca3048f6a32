package dev.ashlar.nodes.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.nodes.transport.Connection;
import dev.ashlar.nodes.transport.Running;
import dev.ashlar.nodes.transport.SshTransport;
import dev.ashlar.nodes.transport.Transport.Opening;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Many machines behind one jump host. They are one real machine here, by many names, and the jump
/// host is another, whose sshd takes no more than the ten logins at once from which on it turns
/// some away by itself.
@Tag("lab")
@Timeout(180)
class JumpHostTest {
    private static final int MANY = 40;
    private static final String TEN_LOGINS_AT_ONCE =
            """
            echo MaxStartups 10:100:10 >/etc/ssh/sshd_config.d/zz-ten.conf
            systemctl reload ssh && sshd -T | grep '^maxstartups'
            """;
    private static final String END_OTHER_LOGINS =
            """
            for p in /proc/[0-9]*; do
              case $(tr '\\0' ' ' <$p/cmdline) in
                'sshd: root'*) [ ${p#/proc/} = $PPID ] || kill ${p#/proc/} ;;
              esac
            done
            """;

    @SuppressWarnings("NullAway.Init") // JUnit sets it up before every test.
    private static LabNode gate;

    @SuppressWarnings("NullAway.Init") // JUnit sets it up before every test.
    private static NodeAccess behind;

    private final SshTransport transport =
            new SshTransport(Duration.ofSeconds(10), Duration.ofSeconds(2));
    private final List<Connection> open = new ArrayList<>();

    @BeforeAll
    static void up(@TempDir Path folder) {
        gate = new LabNode(folder, settings -> settings);
        behind = gate.beside("behind");
        assertThat(gate.says(TEN_LOGINS_AT_ONCE)).isEqualTo("maxstartups 10:100:10");
    }

    @AfterAll
    static void down() {
        gate.close();
    }

    @AfterEach
    void closed() {
        open.forEach(Connection::close);
        await().untilAsserted(() -> assertThat(loginsAtTheGate()).isZero());
    }

    private static NodeAccess at(NodeAccess access, String name, int port, NodeAccess... jump) {
        return new NodeAccess(
                name,
                access.address(),
                port,
                access.user(),
                access.identity(),
                access.hostKeys(),
                access.sudo(),
                Stream.of(jump).findFirst());
    }

    /// The jump host is named as the machine that lies behind it, as a site's files have it.
    private static NodeAccess behind(int number, int port) {
        String name = "behind-" + number;
        return at(behind, name, port, at(gate.access, name, gate.access.port()));
    }

    private static NodeAccess behind(int number) {
        return behind(number, behind.port());
    }

    /// Besides the one that counts.
    private static int loginsAtTheGate() {
        return Integer.parseInt(gate.says("ss -Htn state established '( sport = :22 )' | wc -l"))
                - 1;
    }

    private List<Opening> openAtOnce(List<NodeAccess> targets)
            throws InterruptedException, ExecutionException {
        return openAtOnce(transport, targets);
    }

    private List<Opening> openAtOnce(SshTransport transport, List<NodeAccess> targets)
            throws InterruptedException, ExecutionException {
        List<Opening> opened = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Opening>> attempts =
                    targets.stream().map(t -> threads.submit(() -> transport.open(t))).toList();
            for (Future<Opening> attempt : attempts) {
                opened.add(attempt.get());
            }
        }
        for (Opening opening : opened) {
            if (opening instanceof Opening.Opened(Connection connection)) {
                open.add(connection);
            }
        }
        return opened;
    }

    private static Connection opened(SshTransport transport, NodeAccess access) {
        Opening opening = transport.open(access);
        assertThat(opening).isInstanceOf(Opening.Opened.class);
        return ((Opening.Opened) opening).connection();
    }

    private static boolean isLost(Connection connection) {
        try {
            connection.start("true").close();
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    private static String says(Connection connection, String command) throws IOException {
        try (Running running = connection.start(command);
                InputStream output = running.output()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    @Test
    void manyShareOneLoginThereAndAllGetThrough() throws Exception {
        List<Opening> opened =
                openAtOnce(IntStream.range(0, MANY).mapToObj(JumpHostTest::behind).toList());

        assertThat(opened).allMatch(Opening.Opened.class::isInstance);
        assertThat(loginsAtTheGate()).isOne();
        for (Connection connection : open) {
            assertThat(says(connection, "hostname")).isEqualTo("behind");
        }

        // Who goes leaves the others theirs.
        open.subList(0, MANY - 1).forEach(Connection::close);
        assertThat(says(open.getLast(), "hostname")).isEqualTo("behind");
        assertThat(loginsAtTheGate()).isOne();
    }

    @Test
    void aLoginThatIsLostThereIsMadeAnewByWhoComesNext() throws Exception {
        openAtOnce(List.of(behind(1), behind(2)));
        assertThat(open).hasSize(2);
        try (Connection beside = opened(transport, gate.access)) {
            says(beside, END_OTHER_LOGINS);
        }
        await().untilAsserted(() -> assertThat(isLost(open.getFirst())).isTrue());

        assertThat(openAtOnce(List.of(behind(3)))).allMatch(Opening.Opened.class::isInstance);
        assertThat(says(open.getLast(), "hostname")).isEqualTo("behind");
    }

    @Test
    void whereItCannotBeReachedAllAreToldSo() throws Exception {
        List<Opening> opened =
                openAtOnce(
                        IntStream.range(0, 3)
                                .mapToObj(i -> at(behind, "x-" + i, 22, at(gate.access, "x", 1)))
                                .toList());
        expectRefused(opened, "jump host (" + gate.access.address() + ":1) can't be reached");
    }

    @Test
    void whoDoesNotListenBehindItIsRefusedAlone() throws Exception {
        expectRefused(openAtOnce(List.of(behind(1, 1))), "behind-1");
        await().untilAsserted(() -> assertThat(loginsAtTheGate()).isZero());

        assertThat(openAtOnce(List.of(behind(1)))).allMatch(Opening.Opened.class::isInstance);
        expectRefused(openAtOnce(List.of(behind(2, 1))), "behind-2");
        assertThat(says(open.getFirst(), "hostname")).isEqualTo("behind");
    }

    /// It takes connections and says nothing: those that are silent are more than are let in at
    /// once.
    @Test
    void whoIsSilentBehindItHoldsUpNobodyForLong() throws Exception {
        try (Connection root = opened(new SshTransport(), behind)) {
            says(root, "systemd-run -q --unit=silent systemd-socket-activate -l 2222 sleep 600");
            says(root, "until ss -Htln 'sport = :2222' | grep -q .; do sleep 0.1; done");
            List<NodeAccess> targets = new ArrayList<>();
            IntStream.range(0, 10).forEach(i -> targets.add(behind(i, 2222)));
            SshTransport hasty = new SshTransport(Duration.ofSeconds(2), Duration.ofSeconds(2));
            List<Opening> silent = openAtOnce(hasty, targets);
            expectRefused(silent, "has not let anybody in within 2 s");

            targets.add(behind(10));
            assertThat(openAtOnce(hasty, targets).getLast()).isInstanceOf(Opening.Opened.class);
            says(root, "systemctl stop silent");
        }
    }

    private static void expectRefused(List<Opening> opened, String why) {
        assertThat(opened)
                .isNotEmpty()
                .allSatisfy(opening -> {
                    assertThat(opening).isInstanceOf(Opening.Refused.class);
                    assertThat(((Opening.Refused) opening).failure().message()).contains(why);
                });
    }
}
