package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.EtcdCluster;
import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Sandbox;
import dev.ashlar.app.kit.WritingClient;
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
        for (String node : List.of("store-1", "store-2", "store-3")) {
            for (String step : STEPS) {
                assertThat(
                                sandbox.machine(node)
                                        .run(
                                                "cd /etc/ashlar/pki/%s && openssl verify -CAfile authority.pem certificate.pem"
                                                        .formatted(step)))
                        .contains("OK");
            }
        }
    }
}
