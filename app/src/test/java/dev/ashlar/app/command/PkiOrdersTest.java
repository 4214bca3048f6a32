package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.OfflineRoot;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.AuthorityOrdered;
import dev.ashlar.model.journal.JournalRecord.Order;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Work;
import dev.ashlar.services.pki.AuthorityStore;
import dev.ashlar.services.pki.CertificateFunction;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Orders for authorities whose certificates are beside Ashlar: no machine is asked for any.
class PkiOrdersTest {
    private static final String FRONT = "it.front";
    private static final String BACK = "it.back";

    @TempDir Path folder;
    private RecordedClusters clusters;

    /// The machine is on record; what it would be asked for is on record with it.
    @BeforeEach
    void standing() throws IOException {
        clusters = new RecordedClusters(folder);
        clusters.write("sites/here.yaml", RecordedClusters.site());
        clusters.write("packs/small/pack.yaml", "pack: small\nversion: 1.0.0\n");
        files("");
        clusters.write(
                "kv/cluster.yaml",
                """
                cluster: kv
                site: here
                packs: [small]
                groups: { store: { count: 1, uses: { it: small/it } } }
                """);
        clusters.up("kv");
        files(certificate("front", "[front]") + certificate("back", "[back]"));
        expect(0, ashlar("up", kv(), "--yes"));
        assertThat(serials()).hasSize(2);
    }

    private void files(String steps) throws IOException {
        clusters.write(
                "packs/small/it.yaml",
                """
                component: it
                inputs: { motto: { type: string, default: one } }
                steps:
                  act: { run: "true" }
                """
                        + steps);
    }

    private static String certificate(String step, String names) {
        return "  %s: { for: cluster, on: controller, after: [], uses: pki/certificate, with: { authority: kv-clients, names: %s } }\n"
                .formatted(step, names);
    }

    private String kv() {
        return folder.resolve("kv").toString();
    }

    private static CommandLineEntry ashlar(String verb, String... words) {
        List<String> all = new ArrayList<>(List.of(verb));
        all.addAll(List.of(words));
        return CommandLineEntry.run(all);
    }

    private CommandLineEntry pki(String verb, String... words) {
        List<String> all = new ArrayList<>(List.of(verb));
        all.addAll(List.of(words));
        all.add(kv());
        return ashlar("pki", all.toArray(String[]::new));
    }

    /// Of what is in use.
    private Map<String, String> serials() {
        CommandLineEntry listed = pki("list", "--json");
        Map<String, String> serials = new TreeMap<>();
        for (JsonNode one : json(listed).path("certificates")) {
            if (!one.path("use").asString().equals("superseded")) {
                serials.put(one.path("instance").asString(), one.path("serial").asString());
            }
        }
        return serials;
    }

    private static JsonNode json(CommandLineEntry entry) {
        return JsonMapper.shared().readTree(entry.out());
    }

    private static CommandLineEntry expect(int code, CommandLineEntry entry) {
        assertThat(entry.exitCode()).as(entry.err()).isEqualTo(code);
        return entry;
    }

    private List<AuthorityOrdered> orders() {
        List<AuthorityOrdered> orders = new ArrayList<>();
        try (SqliteJournal journal = SqliteJournal.open(StateFolder.open(folder.resolve("kv")))) {
            journal.readAll(entry -> {
                if (entry instanceof AuthorityOrdered order) {
                    orders.add(order);
                }
            });
        }
        return orders;
    }

    @Test
    void aLeakedKeyIsAnsweredInOneBreath() throws IOException {
        Map<String, String> before = serials();
        CommandLineEntry revoked = pki("revoke", FRONT, "--renew", "--yes");
        expect(0, revoked);
        assertThat(revoked.err()).contains("of it.front is revoked", "with another key");
        assertThat(orders())
                .extracting(AuthorityOrdered::order)
                .containsExactly(Order.REVOKE, Order.RENEW);
        expect(0, ashlar("up", kv(), "--yes"));
        assertThat(serials().get(FRONT)).isNotEqualTo(before.get(FRONT));
        assertThat(serials().get(BACK)).isEqualTo(before.get(BACK));
    }

    @Test
    void whoIsBarredWaitsUntilItIsNamedAndNobodyElseDoes() {
        Map<String, String> before = serials();
        CommandLineEntry revoked = pki("revoke", FRONT, "--yes");
        assertThat(revoked.err()).contains("no other is issued for it.front");
        assertThat(ashlar("plan", kv()).out())
                .contains("x " + FRONT, "the certificate of it.front");
        CommandLineEntry up = ashlar("up", kv(), "--yes");
        expect(6, up);
        assertThat(up.err()).contains("it.back done").doesNotContain("it.front done");
        expect(6, pki("renew", "--all", "--yes"));
        assertThat(serials().get(FRONT)).isEqualTo(before.get(FRONT));
        assertThat(serials().get(BACK)).isNotEqualTo(before.get(BACK));
        expect(0, pki("renew", FRONT, "--yes"));
        assertThat(serials().get(FRONT)).isNotEqualTo(before.get(FRONT));
    }

    /// As a run leaves it that was killed after the order.
    private void ordered(Order order, String instance, long atMs) {
        Map<String, String> certificates = Map.of(serials().get(instance), instance);
        try (SqliteJournal journal = SqliteJournal.open(StateFolder.open(folder.resolve("kv")))) {
            journal.append(
                    List.of(
                            new AuthorityOrdered(
                                    "kv-clients",
                                    order,
                                    new TreeMap<>(certificates),
                                    "",
                                    "ann",
                                    atMs)));
        }
    }

    /// Its clock was behind all others' when it was ordered.
    @Test
    void whatWasCutShortIsGoneOnWithAndNotOrderedOnceMore() {
        Map<String, String> before = serials();
        ordered(Order.RENEW, FRONT, 17);
        CommandLineEntry on = expect(0, pki("renew", FRONT, "--yes"));
        assertThat(on.err()).contains("gone on with: " + FRONT).doesNotContain("To be renewed");
        assertThat(orders()).hasSize(1);
        String renewed = serials().get(FRONT);
        assertThat(renewed).isNotEqualTo(before.get(FRONT));
        assertThat(pki("renew", "--due", "--yes").err()).contains("Nothing is due");

        expect(0, pki("renew", FRONT, "--yes"));
        assertThat(orders()).hasSize(2);
        assertThat(serials().get(FRONT)).isNotEqualTo(renewed);
    }

    @Test
    void allThatWasCutShortInItsMiddleOrdersOnlyWhatIsMissing() {
        Map<String, String> before = serials();
        ordered(Order.RENEW, FRONT, 17);
        CommandLineEntry on = expect(0, pki("renew", "--all", "--yes"));
        assertThat(on.err()).contains("gone on with: " + FRONT, "To be renewed: " + BACK);
        assertThat(orders().getLast().certificates()).containsValue(BACK).hasSize(1);
        assertThat(serials().get(FRONT)).isNotEqualTo(before.get(FRONT));
        assertThat(serials().get(BACK)).isNotEqualTo(before.get(BACK));
    }

    @Test
    void whatWaitsForAnEditIsNotToldAsDone() throws IOException {
        Map<String, String> before = serials();
        files(
                "  new: { for: cluster, on: controller, after: [], uses: pki/certificate, with: { authority: kv-clients, names: [new] } }\n"
                        + certificate("front", "[front]").replace("after: []", "after: [new]")
                        + certificate("back", "[back]"));
        CommandLineEntry left = pki("renew", "--all", "--yes", "--json");
        expect(5, left);
        assertThat(left.err())
                .contains(
                        "what they change is left out",
                        "1 still wait for what was ordered",
                        "it.front: waits for it.new, which is left out",
                        "ashlar up");
        assertThat(json(left).path("waiting").path(FRONT).asString()).contains("waits for it.new");
        assertThat(serials().get(FRONT)).isEqualTo(before.get(FRONT));
        assertThat(serials().get(BACK)).isNotEqualTo(before.get(BACK));

        expect(0, ashlar("up", kv(), "--yes"));
        assertThat(serials().get(FRONT)).isNotEqualTo(before.get(FRONT));
    }

    @Test
    void aGoalOnRecordIsWhatARenewalGoesBy() {
        expect(0, ashlar("up", kv(), "--yes", "--set", "groups.store.it.motto=two"));
        Map<String, String> before = serials();
        assertThat(expect(0, pki("renew", "--due", "--yes")).err()).contains("Nothing is due");
        CommandLineEntry renewed = expect(0, pki("renew", FRONT, "--yes"));
        assertThat(renewed.err()).doesNotContain("left out");
        assertThat(serials().get(FRONT)).isNotEqualTo(before.get(FRONT));
        expect(5, ashlar("up", kv(), "--yes"));
        assertThat(ashlar("up", kv(), "--yes", "--set", "groups.store.it.motto=two").err())
                .contains("Nothing to do");
    }

    @Test
    void anAuthorityComesToStandByARootThatIsNeverHere() {
        OfflineRoot root = OfflineRoot.in(folder.resolve("offline"));
        Path request = folder.resolve("clients.csr");
        assertThat(expect(3, pki("request", "kv-clients", "--json")).err()).contains("--out");
        expect(3, pki("request", "Kv Clients"));
        assertThat(expect(3, pki("accept", "kv-clients", root.certificate().toString())).err())
                .contains("nothing was asked for");
        assertThat(expect(0, pki("request", "kv-clients")).out())
                .startsWith("-----BEGIN CERTIFICATE REQUEST-----\n");
        expect(0, pki("request", "kv-clients", "--json", "--out", request.toString()));
        assertThat(expect(0, pki("list")).out())
                .contains("the next kv-clients waits to be signed elsewhere");
        assertThat(expect(3, pki("request", "kv-clients", "--out", request.toString())).err())
                .contains("is there already");
        assertThat(expect(5, pki("rotate", "kv-clients", "--yes")).err())
                .contains("waits to be signed", "ashlar pki accept kv-clients");
        assertThat(expect(3, pki("accept", "kv-clients", root.certificate().toString())).err())
                .contains("root.pem: none of its certificates is for the key");

        CommandLineEntry accepted =
                expect(0, pki("accept", "kv-clients", root.sign(request).toString()));
        assertThat(accepted.err())
                .contains("CN=kv-clients 2,O=kv stands by CN=Our root", "ashlar pki rotate");
        assertThat(expect(0, ashlar("up", kv())).err()).contains("Nothing to do");
        assertThat(json(pki("list", "--json")).path("requests").toString())
                .isEqualTo("[{\"authority\":\"kv-clients\",\"accepted_root\":\"CN=Our root\"}]");
        expect(0, pki("rotate", "kv-clients", "--step", "--yes"));
        expect(0, pki("rotate", "kv-clients", "--step", "--yes"));
        ordered(Order.RETIRE, FRONT, 17);
        assertThat(expect(0, pki("rotate", "kv-clients", "--yes")).err())
                .as("cut short in its last step, for which nothing is to be signed")
                .contains("gone on with");

        JsonNode own = json(pki("show", "kv-clients", "--json")).path("authorities").path(0);
        assertThat(own.path("generations").path(1).path("state").asString()).isEqualTo("issues");
        assertThat(own.path("generations").path(1).path("signed_by").asString())
                .isEqualTo("CN=Our root");
        assertThat(expect(0, pki("show", "kv-clients")).out())
                .contains("signed by    CN=Our root", "state        issues");
        assertThat(expect(5, pki("rotate", "kv-clients", "--yes")).err())
                .contains("kv-clients stands by CN=Our root", "--own-root");
        assertThat(expect(0, pki("request", "kv-clients", "--withdraw")).err())
                .contains("kv-clients has asked for nothing");
    }

    /// One that was made nine years ago, with its list.
    @Test
    void whatComesToItsEndIsToldWhereverTheClusterIs() {
        Instant then = Instant.now().minus(Duration.ofDays(9 * 365));
        Path state = folder.resolve("made");
        new CertificateFunction(
                        new AuthorityStore(state.resolve("pki"), "kv", () -> then),
                        state.resolve("access"),
                        () -> then)
                .execute(
                        new Work.Call(
                                InstanceKey.ofCluster("it", "old"),
                                "intent",
                                Optional.empty(),
                                CertificateFunction.WORD,
                                new TreeMap<>(
                                        Map.of(
                                                "authority",
                                                Value.text("old"),
                                                "names",
                                                Value.list(List.of(Value.text("old"))))),
                                Duration.ofMinutes(1)),
                        false,
                        (work, _) -> {
                            throw new AssertionError(work);
                        });
        assertThat(ashlar("up", kv()).err()).doesNotContain("authority old");
        Path pki = StateFolder.open(folder.resolve("kv")).pki().resolve("old");
        assertThat(state.resolve("pki/old").toFile().renameTo(pki.toFile())).isTrue();
        for (CommandLineEntry one :
                List.of(
                        ashlar("up", kv()),
                        ashlar("plan", kv()),
                        ashlar("status", kv(), "--cached"))) {
            assertThat(expect(0, one).err())
                    .containsOnlyOnce("`ashlar pki rotate old` replaces it")
                    .containsOnlyOnce("`ashlar pki renew --due` makes another list")
                    .doesNotContain("kv-clients ends");
        }
    }
}
