package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.Recorded;
import dev.ashlar.app.execution.Verification;
import dev.ashlar.app.execution.Workshop;
import dev.ashlar.app.kit.AvailabilityProbe;
import dev.ashlar.app.kit.CountingTransport;
import dev.ashlar.app.kit.EtcdCluster;
import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Sandbox;
import dev.ashlar.app.kit.WritingClient;
import dev.ashlar.app.terminal.ProgressMode;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.language.LoadRequest;
import dev.ashlar.language.Loader;
import dev.ashlar.nodes.transport.SshTransport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The main job: one command, a real cluster; the same command again, nothing. One cluster for all
/// tests; each leaves it healthy.
@Tag("lab")
class MainJobTest {
    private static final Sandbox SANDBOX = Sandbox.ofExample();
    private static final List<String> NODES = List.of("store-1", "store-2", "store-3");

    @BeforeAll
    static void up() {
        SANDBOX.verb("up").expect(0);
    }

    /// The last promise: what `up` made is taken back, and the host is as it was.
    @AfterAll
    static void downLeavesNothing() {
        try (SANDBOX) {
            SANDBOX.verb("down").expect(0);
            SANDBOX.expectNoTraces();
            assertThat(SANDBOX.folder().resolve("lab")).isEmptyDirectory();
            assertThat(SANDBOX.verb("status", "--cached").expect(0).out()).contains("19 pending");
        }
    }

    @Test
    void putAndGetWorkOnEachMemberWithThePrintedCertificate() {
        EtcdCluster cluster = cluster();
        assertThat(cluster.endpoints()).hasSize(3);
        cluster.expectHealthy();
    }

    @Test
    void refusesConnectionsWithoutCertificate() {
        EtcdCluster cluster = cluster();
        Machine machine = SANDBOX.machine("store-1");
        for (String endpoint : cluster.endpoints()) {
            machine.run("curl --version >/dev/null");
            Finished bare =
                    machine.attempt("curl -sk --max-time 10 %s/version".formatted(endpoint));
            // The other side ended the handshake, or the line right after it.
            assertThat(bare.exitCode()).as("%s", bare).isIn(35, 55, 56);
            assertThat(bare.out()).isEmpty();
            Finished etcdctl =
                    machine.attempt(
                            "ETCDCTL_API=3 etcdctl --insecure-skip-tls-verify --command-timeout 3s"
                                    + " --endpoints %s get key".formatted(endpoint));
            assertThat(etcdctl.exitCode()).as("%s", etcdctl).isNotZero();
        }
    }

    /// One authority for each purpose: who may be a client is not for that a member.
    @Test
    void clientsCertificateDoesNotOpenTheMembersPort() {
        EtcdCluster cluster = cluster();
        Machine machine = SANDBOX.machine("store-1");
        cluster.handCertificateTo(machine);
        String peer = cluster.endpoints().getLast().replace(":2379", ":2380") + "/version";
        String ask = "curl -sk --http1.1 --max-time 10 %s " + peer;

        assertThat(machine.attempt(ask.formatted(cluster.options())).exitCode()).isIn(35, 55, 56);
        String own = "/etc/ashlar/pki/kv.peer_certificate/";
        assertThat(
                        machine.run(
                                ask.formatted(
                                        "--cert %scertificate.pem --key %skey.pem"
                                                .formatted(own, own))))
                .contains("etcdserver");
    }

    @Test
    void statusShowsEachStepOnEachNode() {
        JsonNode status = SANDBOX.json("status");
        List<String> seen = new ArrayList<>();
        status.path("instances")
                .forEach(one ->
                        seen.add(
                                one.path("instance").asString()
                                        + " "
                                        + one.path("state").asString()));
        List<String> wanted = new ArrayList<>(List.of("kv.client done"));
        for (String node : NODES) {
            for (String step :
                    List.of(
                            "node.acquire",
                            "kv.install",
                            "kv.peer_certificate",
                            "kv.certificate",
                            "kv.configure",
                            "kv.run")) {
                wanted.add(step + "@" + node + " done");
            }
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(wanted);

        List<String> lines = SANDBOX.verb("status").expect(0).outLines();
        assertThat(lines).containsSubsequence("store-1", "store-2", "store-3", "cluster");
        assertThat(lines.getLast()).contains("19 done").contains("last verified");
    }

    @Test
    void theSameCommandAgainRunsNothingAndOpensNoConnection() {
        int runs = SANDBOX.json("runs").path("runs").size();
        try {
            // No connection could come about: a run that needed one would fail.
            NODES.forEach(node -> SANDBOX.lab("cut", node));
            Finished again = SANDBOX.verb("up").expect(0);
            assertThat(again.err())
                    .containsPattern(
                            "Nothing to do: as verified .+ ago in run \\d+ \\(20\\d\\d-\\d\\d-");
            assertThat(again.err()).doesNotContain("running");
            assertThat(again.out()).contains("etcdctl --endpoints https://");
        } finally {
            NODES.forEach(node -> SANDBOX.lab("mend", node));
        }
        assertThat(SANDBOX.json("runs").path("runs").size()).isEqualTo(runs);
        awaitHealth();
    }

    @Test
    void verifyFindsWhatDiffersAndMendsJustThat() {
        Machine first = SANDBOX.machine("store-1");
        Machine third = SANDBOX.machine("store-3");
        String pid = mainProcess(SANDBOX.machine("store-2"));
        first.run("systemctl stop etcd-kv");
        third.run("echo '# someone was here' >>/etc/ashlar/etcd-kv.yaml");

        Finished verified = SANDBOX.verb("up", "--verify").expect(0);

        assertThat(verified.err())
                .contains("differs: kv.run@store-1:")
                .contains("differs: kv.configure@store-3:")
                .doesNotContain("differs: kv.configure@store-1")
                .doesNotContain("@store-2 running");
        assertThat(first.run("systemctl is-active etcd-kv")).isEqualTo("active");
        assertThat(third.run("grep -c 'someone was here' /etc/ashlar/etcd-kv.yaml || true"))
                .isEqualTo("0");
        assertThat(mainProcess(SANDBOX.machine("store-2"))).as("left alone").isEqualTo(pid);
        assertThat(SANDBOX.verb("up", "--verify").expect(0).err())
                .contains("Everything is as it should be, checked on every node");
        awaitHealth();
    }

    @Test
    void verifyAsksEachNodeOnceForEverything() throws InterruptedException {
        Path file = SANDBOX.cluster().resolve("cluster.yaml");
        LoadRequest request =
                new LoadRequest(file, Optional.empty(), new LinkedHashMap<>(), Host.checkout());
        Cluster cluster =
                Cluster.of(
                        SANDBOX.cluster(),
                        Loader.load(request).composition().orElseThrow(),
                        List.of(),
                        Recorded.read(SANDBOX.cluster()));
        CountingTransport transport = new CountingTransport(new SshTransport());
        Terminal terminal = Terminal.ofProcess(true, true, ProgressMode.AUTO);
        try (Acting acting = ((Acting.Attempt.Granted) Acting.take(cluster.folder())).acting();
                Workshop workshop =
                        Workshop.of(
                                transport,
                                acting,
                                cluster.composition().name(),
                                cluster.composition().providers().values(),
                                Map.of(),
                                Optional.empty())) {
            Verification verification =
                    Verification.of(workshop, acting, cluster.graph(), Selection.WHOLE, 3);
            assertThat(verification.tell(terminal, true).differing()).isEmpty();
            var once = new CountingTransport.Count(1, 1, 1);
            assertThat(transport.counts())
                    .isEqualTo(Map.of("store-1", once, "store-2", once, "store-3", once));
            assertThat(verification.tell(terminal, true).differing()).isEmpty();
            assertThat(transport.counts().values())
                    .containsOnly(new CountingTransport.Count(1, 1, 2));
        }
    }

    @Test
    void verifySeesWhatHappenedToFilesThatServicesMade() {
        Machine first = SANDBOX.machine("store-1");
        Machine second = SANDBOX.machine("store-2");
        String folder = "/etc/ashlar/pki/kv.certificate";
        first.run("chmod 644 %s/key.pem".formatted(folder));
        second.run("echo >>%s/authority.pem; systemctl stop etcd-kv".formatted(folder));

        Finished verified = SANDBOX.verb("up", "--verify").expect(0);

        assertThat(verified.err())
                .contains(
                        "differs: kv.certificate@store-1: private-key %s/key.pem: mode 644, not 600"
                                .formatted(folder))
                .contains(
                        "differs: kv.certificate@store-2: file %s/authority.pem: content differs"
                                .formatted(folder))
                .containsPattern("differs: kv.run@store-2: .*; not healthy: ");
        assertThat(first.run("stat -c %%a %s/key.pem".formatted(folder))).isEqualTo("600");
        assertThat(SANDBOX.verb("up", "--verify").expect(0).err())
                .contains("Everything is as it should be, checked on every node");
        awaitHealth();
    }

    @Test
    void aChangedPortPassesOneHealthyMemberAtATime() {
        EtcdCluster before = cluster();
        SANDBOX.write(
                "etcd/cluster.yaml",
                """
                cluster: etcd-demo
                site: lab
                packs: [etcd]
                groups:
                  store:
                    count: 3
                    uses:
                      kv: { component: etcd/member, with: { client_port: 12379 } }
                """);
        Finished plan = SANDBOX.verb("plan").expect(0);
        assertThat(plan.out()).contains("client_port changed: 2379 -> 12379");

        AvailabilityProbe probe = AvailabilityProbe.start(before, List.of("2379", "12379"));
        Finished up = SANDBOX.verb("up");
        List<Integer> answered = probe.stop();

        up.expect(0);
        assertThat(answered).hasSizeGreaterThan(3).allMatch(count -> count >= 2);
        expectOneAtATime(up.err());
        EtcdCluster after = EtcdCluster.printedBy(SANDBOX, up);
        assertThat(after.endpoints()).hasSize(3).allMatch(e -> e.endsWith(":12379"));
        after.expectHealthy();
        Finished why = SANDBOX.run("why", "kv.configure@store-2", "etcd").expect(0);
        assertThat(why.out())
                .containsPattern("client_port = 12379")
                .containsPattern("from .*cluster\\.yaml:8:58");
    }

    @Test
    void aRunForOneNodeLeavesTheOthersAndSaysSo() {
        String[] wanted = {"--set", "groups.store.kv.client_port=32379", "--limit", "store-2"};
        String first = mainProcess(SANDBOX.machine("store-1"));
        String second = mainProcess(SANDBOX.machine("store-2"));
        String third = mainProcess(SANDBOX.machine("store-3"));

        Finished up = SANDBOX.verb("up", wanted).expect(0);

        assertThat(up.err())
                .contains("kv.run@store-2 done", " left out")
                .doesNotContain("@store-1 running", "@store-3 running");
        assertThat(mainProcess(SANDBOX.machine("store-1"))).isEqualTo(first);
        assertThat(mainProcess(SANDBOX.machine("store-2"))).isNotEqualTo(second);
        assertThat(mainProcess(SANDBOX.machine("store-3"))).isEqualTo(third);
        assertThat(SANDBOX.verb("up", wanted).expect(0).err())
                .contains("Nothing to do with --limit store-2", "left out")
                .doesNotContain("as verified");
        assertThat(SANDBOX.verb("runs").expect(0).outLines().getLast())
                .contains("(--limit store-2)")
                .doesNotContain("verified");
        List<String> status = SANDBOX.verb("status", "--limit", "store-3").expect(0).outLines();
        assertThat(status).contains("store-3").doesNotContain("store-1", "store-2");

        SANDBOX.verb("up", "--reset").expect(0);
        assertThat(mainProcess(SANDBOX.machine("store-3"))).isEqualTo(third);
        awaitHealth();
    }

    @Test
    void aMemberThatDiedUnnoticedIsMendedBeforeAnotherIsTouched() {
        EtcdCluster cluster = cluster();
        Machine dead = SANDBOX.machine("store-2");
        List<String> ports = List.of(cluster.endpoints().getFirst().replaceAll(".*:", ""), "22379");
        dead.run("systemctl stop etcd-kv");
        WritingClient client = WritingClient.start(cluster, SANDBOX.machine("store-1"), ports);
        Finished up = SANDBOX.verb("up", "--set", "groups.store.kv.client_port=22379");
        List<Finished> failed = client.stop();

        up.expect(0);
        assertThat(up.err().indexOf("kv.run@store-2 done"))
                .isPositive()
                .isLessThan(up.err().indexOf("kv.configure@store-1 running"))
                .isLessThan(up.err().indexOf("kv.configure@store-3 running"));
        expectOneAtATime(up.err());
        assertThat(up.err()).contains("store: asking 3 members for their health before a turn");
        assertThat(client.writes()).isGreaterThan(3);
        assertThat(failed).isEmpty();
        EtcdCluster.printedBy(SANDBOX, up).expectHealthy();
        SANDBOX.verb("up", "--reset").expect(0);
        awaitHealth();
    }

    @Test
    void whyLeadsEachInputBackToItsLineOrStep() {
        Finished configure = SANDBOX.run("why", "kv.configure@store-2", "etcd").expect(0);
        assertThat(configure.out())
                .containsPattern("start.peers = .*store-1.*store-3")
                .containsPattern("from .*member\\.yaml:\\d+")
                .containsPattern("start.peers = .*(\\n +from .*)*\\n +from frozen at run 1")
                .containsPattern("address = .*\\n +from node.acquire@store-2 output address")
                .containsPattern("last success: run \\d+");
        Finished run = SANDBOX.run("why", "kv.run@store-2", "etcd").expect(0);
        assertThat(run.out())
                .containsPattern("cert = \"/etc/ashlar/pki/.*\\n +from .*kv\\.certificate@store-2");
    }

    @Test
    void runsTellWhatEachRunWasFor() {
        JsonNode first = SANDBOX.json("runs").path("runs").path(0);
        assertThat(first.path("purpose").asString()).isEqualTo("up");
        assertThat(first.path("outcome").asString()).isEqualTo("done");
        assertThat(first.path("intents").asInt()).isEqualTo(19);
        assertThat(SANDBOX.verb("runs").expect(0).outLines().getFirst())
                .contains("up")
                .contains("done in");
    }

    @Test
    void logsKeepWhatAStepPrinted() {
        Finished logs = SANDBOX.run("logs", "kv.install@store-1", "etcd").expect(0);
        assertThat(logs.out()).contains("etcd-server");
        Finished json = SANDBOX.run("logs", "kv.install@store-1", "etcd", "--json").expect(0);
        assertThat(Sandbox.document(json).path("attempts").path(0).path("log").asString().strip())
                .isEqualTo(logs.out().strip());
    }

    private static EtcdCluster cluster() {
        return EtcdCluster.printedBy(SANDBOX, SANDBOX.verb("up"));
    }

    private static String mainProcess(Machine machine) {
        return machine.run("systemctl show -p MainPID,ExecMainStartTimestampMonotonic etcd-kv");
    }

    private static void awaitHealth() {
        await("every member is healthy")
                .atMost(Duration.ofSeconds(60))
                .until(() -> SANDBOX.verb("status").exitCode() == 0);
    }

    /// The progress lines of `kv.run`: no member is touched while another is not yet done.
    private static void expectOneAtATime(String err) {
        Matcher lines =
                Pattern.compile("(?m)^ *kv\\.run@(store-\\d) (running|done)\\b").matcher(err);
        List<String> order = new ArrayList<>();
        while (lines.find()) {
            order.add(lines.group(1) + " " + lines.group(2));
        }
        assertThat(order).hasSize(6);
        for (int i = 0; i < 6; i += 2) {
            String node = order.get(i).split(" ", 2)[0];
            assertThat(order.subList(i, i + 2)).containsExactly(node + " running", node + " done");
        }
    }
}
