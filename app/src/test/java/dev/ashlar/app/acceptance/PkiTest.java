package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.EtcdCluster;
import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Sandbox;
import dev.ashlar.app.kit.WritingClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What becomes of a running etcd when its certificates do: a client that writes all the time
/// through all members sees no write fail.
@Tag("lab")
class PkiTest {
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

        WritingClient client =
                WritingClient.start(etcd, sandbox.machine("store-1"), List.of("2379"));
        Finished one = pki("renew", "kv.certificate@store-2", "--reason", "a test").expect(0);
        assertThat(one.err()).contains("kv.run@store-2").doesNotContain("kv.run@store-1 done");
        Map<String, String> after = serials();
        assertThat(differing(before, after)).containsExactly("kv.certificate@store-2");
        pki("renew", "--all").expect(0);
        assertThat(differing(after, serials())).hasSize(7);
        assertThat(client.stop()).isEmpty();
        assertThat(client.writes()).isGreaterThan(20);

        everyCertificateIsBelieved();
        etcd.expectHealthy();
        assertThat(sandbox.verb("up").expect(0).err()).contains("Nothing to do");
        assertThat(sandbox.run("audit", "list", "etcd").expect(0).out())
                .contains("pki renew", "kv.certificate@store-2: a test");
        assertThat(sandbox.run("pki", "show", "kv-peers", "etcd").expect(0).out())
                .contains("superseded");
        sandbox.verb("down").expect(0);
    }

    /// By the list of what is revoked, which the others have from the next `up` on.
    @Test
    void whoIsRevokedIsRefusedByTheOthers() {
        EtcdCluster etcd = EtcdCluster.printedBy(sandbox, sandbox.verb("up"));
        Machine stays = sandbox.machine("store-1");
        String member = etcd.endpoints().getFirst();
        STEPS.forEach(step -> steal(sandbox.machine("store-3"), step, stays));
        asTheStolen(stays, member).expect(0);
        assertThat(toPeer(stays, member)).contains("etcdserver");

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

        assertThat(asTheStolen(stays, member).exitCode()).as("let in nowhere").isNotZero();
        assertThat(toPeer(stays, member)).doesNotContain("etcdserver");
        assertThat(stays.run("journalctl --sync; journalctl -u etcd-kv --no-pager"))
                .containsPattern("certificate serial [0-9a-f]+ revoked");
        assertThat(etcd.etcdctl(stays, member, "member list").out()).doesNotContain("store-3");
        everyCertificateIsBelieved(List.of("store-1", "store-2"));
        assertThat(sandbox.run("audit", "list", "etcd").expect(0).out())
                .contains("pki revoke", ": stolen");
        assertThat(sandbox.verb("up").expect(0).err()).contains("Nothing to do");
        sandbox.verb("down").expect(0);
    }

    /// What a machine has of a step's certificate, put on another one.
    private static void steal(Machine from, String step, Machine to) {
        for (String file : List.of("key.pem", "certificate.pem", "authority.pem")) {
            to.write(
                    Path.of("/srv/stolen", step, file),
                    from.run("cat /etc/ashlar/pki/%s/%s".formatted(step, file)) + "\n",
                    "0600");
        }
    }

    private static Finished asTheStolen(Machine machine, String endpoint) {
        return machine.attempt(
                "cd /srv/stolen/kv.certificate && ETCDCTL_API=3 etcdctl --dial-timeout 3s --command-timeout 5s --endpoints %s --cacert authority.pem --cert certificate.pem --key key.pem put key value"
                        .formatted(endpoint));
    }

    /// What comes of a connection to a member's port for other members, as that peer.
    private static String toPeer(Machine machine, String endpoint) {
        String at = endpoint.replace("https://", "").replace(":2379", ":2380");
        return machine.attempt(
                        "cd /srv/stolen/kv.peer_certificate && { printf 'GET /version HTTP/1.0\\r\\n\\r\\n'; cat; } </dev/null | timeout 10 openssl s_client -ign_eof -connect %s -CAfile authority.pem -cert certificate.pem -key key.pem 2>&1"
                                .formatted(at))
                .out();
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

    private void everyCertificateIsBelieved() {
        everyCertificateIsBelieved(List.of("store-1", "store-2", "store-3"));
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
