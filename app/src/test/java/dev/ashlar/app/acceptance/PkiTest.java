package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.app.kit.CertificateWitness;
import dev.ashlar.app.kit.EtcdCluster;
import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.HaproxyGate;
import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.OfflineRoot;
import dev.ashlar.app.kit.Running;
import dev.ashlar.app.kit.Sandbox;
import dev.ashlar.app.kit.WitnessClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What becomes of a running etcd when its certificates do: a client that writes all the time
/// through all members sees no write fail.
@Tag("lab")
class PkiTest {
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final List<String> NODES = List.of("store-1", "store-2", "store-3");
    private static final List<String> STEPS = List.of("kv.certificate", "kv.peer_certificate");

    private final Sandbox sandbox = Sandbox.ofExample();

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void certificatesAreMadeAnewUnderAClientThatWrites() {
        EtcdCluster etcd = EtcdCluster.printedBy(sandbox, sandbox.verb("up"));
        Map<String, String> before = serials();
        assertThat(before).hasSize(7);
        everyCertificateIsBelieved();
        assertThat(pki("renew", "--due").expect(0).err()).contains("Nothing is due");
        assertThat(pki("renew", "kv.certifcate@store-1").expect(3).err()).contains("did you mean");

        WitnessClient client =
                WitnessClient.start(etcd, sandbox.machine("store-1"), etcd.endpoints().getFirst());
        CertificateWitness witness = witness();
        Finished one = pki("renew", "kv.certificate@store-2", "--reason", "a test").expect(0);
        assertThat(one.err()).contains("kv.run@store-2").doesNotContain("kv.run@store-1 done");
        Map<String, String> after = serials();
        assertThat(differing(before, after)).containsExactly("kv.certificate@store-2");
        pki("renew", "--all").expect(0);
        assertThat(differing(after, serials())).hasSize(7);
        aLeakedKeyIsReplaced();
        nothingIsLost(client, etcd);
        assertThat(witness.stop()).isEmpty();
        assertThat(witness.looks()).isGreaterThan(20);

        everyCertificateIsBelieved();
        etcd.expectHealthy();
        assertThat(sandbox.verb("up").expect(0).err()).contains("Nothing to do");
        assertThat(sandbox.run("audit", "list", "etcd").expect(0).out())
                .contains("pki renew", "kv.certificate@store-2: a test");
        assertThat(sandbox.run("pki", "show", "kv-peers", "etcd").expect(0).out())
                .contains("superseded");
        sandbox.verb("down").expect(0);
    }

    /// Every write was acknowledged, after one retry within five seconds at most, and every member
    /// has it.
    private static void nothingIsLost(WitnessClient client, EtcdCluster etcd) {
        assertThat(client.stop()).isEmpty();
        assertThat(client.acknowledged()).hasSizeGreaterThan(20);
        assertThat(etcd.endpoints())
                .allSatisfy(endpoint -> assertThat(client.missing(endpoint)).isEmpty());
    }

    private void aLeakedKeyIsReplaced() {
        Machine machine = sandbox.machine("store-2");
        String key = "sha256sum /etc/ashlar/pki/kv.certificate/key.pem";
        String leaked = machine.run(key);
        pki("revoke", "kv.certificate@store-2", "--renew", "--yes").expect(0);
        sandbox.verb("up").expect(0);
        assertThat(machine.run(key)).isNotEqualTo(leaked);
        assertThat(machine.run("ls -A /etc/ashlar/pki/kv.certificate"))
                .contains("key.pem")
                .doesNotContain(".next", ".new");
    }

    /// First those whom members believe among each other, cut short in its middle and gone on with;
    /// then those whom clients believe, one step at a time, as the client is none of the cluster's,
    /// by one that stands by a root whose key was never here.
    @Test
    void authoritiesAreReplacedUnderAClientThatWrites() {
        EtcdCluster etcd = EtcdCluster.printedBy(sandbox, sandbox.verb("up"));
        Machine client = sandbox.machine("store-1");
        WitnessClient writes = WitnessClient.start(etcd, client, etcd.endpoints().getFirst());

        CertificateWitness witness = witness();

        Running cut = sandbox.start("pki", "rotate", "kv-peers", "etcd", "--yes");
        cut.awaitErr("kv.run@store-1 done", SOON);
        cut.kill();
        cut.finish(SOON);
        everyCertificateIsBelieved();
        assertThat(pki("rotate", "kv-clients").expect(3).err()).contains("kv-peers is being");
        Finished rotated = pki("rotate", "kv-peers").expect(0);
        assertThat(rotated.err())
                .contains("gone on with", "2 of 3", "3 of 3")
                .doesNotContain("1 of 3");
        everyCertificateIsBelieved();

        OfflineRoot root = OfflineRoot.in(sandbox.folder().resolve("offline"));
        Path request = sandbox.folder().resolve("kv-clients.csr");
        pki("request", "kv-clients", "--out", request.toString()).expect(0);
        pki("accept", "kv-clients", root.sign(request).toString()).expect(0);
        for (String step : List.of("1 of 3", "2 of 3", "3 of 3")) {
            assertThat(pki("rotate", "kv-clients", "--step").expect(0).err()).contains(step);
            everyCertificateIsBelieved();
            etcd.handCertificateTo(client);
        }
        everyMemberIsBelievedBy(root, etcd, client);
        nothingIsLost(writes, etcd);
        assertThat(witness.stop()).isEmpty();
        assertThat(witness.looks()).isGreaterThan(20);
        etcd.expectHealthy();
        assertThat(sandbox.run("pki", "list", "etcd").expect(0).out())
                .contains("CN=kv-peers 2,O=", "CN=kv-clients 2,O=", "retired", "issues");
        assertThat(client.run("cat /etc/ashlar/pki/kv.peer_certificate/authority.pem"))
                .containsOnlyOnce("BEGIN CERTIFICATE");
        assertThat(sandbox.verb("up").expect(0).err()).contains("Nothing to do");
        sandbox.verb("down").expect(0);
    }

    /// Whoever knows the root alone is shown what lies between.
    private static void everyMemberIsBelievedBy(
            OfflineRoot root, EtcdCluster etcd, Machine machine) {
        machine.run(bytes(root.certificate()), "cat >/tmp/our-root.pem").expect(0);
        for (String member : etcd.endpoints()) {
            assertThat(
                            machine.run(
                                    "cd /etc/ashlar/pki/kv.certificate; openssl s_client -connect %s -CAfile /tmp/our-root.pem -cert certificate.pem -key key.pem </dev/null 2>&1"
                                            .formatted(member.replace("https://", ""))))
                    .contains("Verify return code: 0 (ok)");
        }
    }

    /// By the list of what is revoked, which the others have from the next `up` on. Its machine is
    /// in other hands: nobody takes anything back there, and its etcd goes on.
    @Test
    void whoIsRevokedIsRefusedByTheOthers() {
        sandbox.run("lab", "up", "etcd").expect(0);
        sandbox.write(
                "etcd/sites/mine.yaml",
                "site: mine\napprove: auto\nproviders:\n  default:\n    kind: inventory\n    machines:\n"
                        + NODES.stream()
                                .map(node -> sandbox.machine(node).listed(sandbox.lab()))
                                .collect(Collectors.joining()));
        sandbox.with("ASHLAR_SITE", "mine");
        EtcdCluster etcd = EtcdCluster.printedBy(sandbox, sandbox.verb("up"));
        Machine revoked = sandbox.machine("store-3");
        Machine stays = sandbox.machine("store-1");
        String member = etcd.endpoints().getFirst();
        asItself(revoked, member).expect(0);
        HaproxyGate gate = HaproxyGate.on(stays, "/etc/ashlar/pki/kv.peer_certificate");
        assertThat(gate.letsIn(revoked)).as("to HAProxy by the same files").isTrue();

        Finished said =
                sandbox.run("node", "revoke", "store-3", "etcd", "--yes", "--reason", "stolen");
        assertThat(said.expect(0).err())
                .contains("of kv.certificate@store-3 is revoked", "of kv.peer_certificate@store-3");
        assertThat(sandbox.run("plan", "etcd", "--verbose").expect(0).out())
                .contains("authority kv-peers: edition 1, revoked of kv.peer_certificate@store-3");
        sandbox.write(
                "etcd/cluster.yaml",
                sandbox.read("etcd/cluster.yaml").replace("count: 3", "count: 2"));
        sandbox.verb("up").expect(0);

        assertThat(asItself(revoked, member).exitCode()).as("let in nowhere").isNotZero();
        gate.readsAnew();
        assertThat(gate.letsIn(revoked)).as("to HAProxy by the list it has now").isFalse();
        assertThat(gate.letsIn(sandbox.machine("store-2"))).isTrue();
        String peer = serial(revoked, "kv.peer_certificate");
        revoked.run("systemctl restart etcd-kv");
        await().atMost(SOON)
                .until(() ->
                        stays.run("journalctl --sync; journalctl -u etcd-kv --no-pager")
                                .contains("certificate serial " + peer + " revoked"));
        etcd.handCertificateTo(stays);
        assertThat(etcd.etcdctl(stays, member, "member list").expect(0).out())
                .contains("store-2")
                .doesNotContain("store-3");
        everyCertificateIsBelieved(NODES.subList(0, 2));
        assertThat(sandbox.run("audit", "list", "etcd").expect(0).out())
                .contains("pki revoke", ": stolen");
        assertThat(sandbox.verb("up").expect(0).err()).contains("Nothing to do");
        sandbox.verb("down").expect(0);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String serial(Machine machine, String step) {
        return machine.run(
                        "openssl x509 -noout -serial -in /etc/ashlar/pki/%s/certificate.pem | tr A-F a-f"
                                .formatted(step))
                .replace("serial=", "")
                .strip();
    }

    /// A write with a machine's own certificate, which it still has.
    private static Finished asItself(Machine machine, String endpoint) {
        return machine.attempt(
                "cd /etc/ashlar/pki/kv.certificate && ETCDCTL_API=3 etcdctl --dial-timeout 3s --command-timeout 5s --endpoints %s --cacert authority.pem --cert certificate.pem --key key.pem put key value"
                        .formatted(endpoint));
    }

    private Finished pki(String verb, String... words) {
        List<String> all = new ArrayList<>(List.of("pki", verb));
        all.addAll(List.of(words));
        all.add("etcd");
        return sandbox.run(all.toArray(String[]::new));
    }

    /// The serials of what is in use, by instance.
    private Map<String, String> serials() {
        Map<String, String> serials = new TreeMap<>();
        JsonNode listed = Sandbox.document(pki("list", "--json").expect(0));
        for (JsonNode one : listed.path("certificates")) {
            if (one.path("use").asString().equals("current")) {
                serials.put(one.path("instance").asString(), one.path("serial").asString());
            }
        }
        return serials;
    }

    private static List<String> differing(Map<String, String> before, Map<String, String> after) {
        return after.entrySet().stream()
                .filter(one -> !one.getValue().equals(before.get(one.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Holds every certificate at each moment.
    private CertificateWitness witness() {
        return CertificateWitness.start(
                NODES.stream().map(sandbox::machine).toList(),
                STEPS.stream().map(step -> "/etc/ashlar/pki/" + step).toList());
    }

    private void everyCertificateIsBelieved() {
        everyCertificateIsBelieved(NODES);
    }

    private void everyCertificateIsBelieved(List<String> nodes) {
        for (String node : nodes) {
            for (String step : STEPS) {
                assertThat(
                                sandbox.machine(node)
                                        .run(
                                                "cd /etc/ashlar/pki/%s && openssl verify -crl_check -CRLfile revoked.pem -CAfile authority.pem certificate.pem"
                                                        .formatted(step)))
                        .contains("OK");
            }
        }
    }
}
