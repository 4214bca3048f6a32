package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Sandbox;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A record that was tampered with is found: by its own checksums, and where those were computed
/// anew, by what nodes have seen of it. The checksums are worked out here as the page says.
@Tag("lab")
class AuditTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final Sandbox sandbox = Sandbox.ofResource(FaultTest.class, "faults");

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void whatWasDoneIsToldAndWhoeverChangesItIsFound() throws Exception {
        uses("fine: faults/fine");
        assertThat(audit("verify").expect(3).err()).contains("nothing is on record");
        sandbox.verb("up").expect(0);
        uses("fine: faults/fine, patient: faults/patient");
        sandbox.verb("up").expect(0);
        sandbox.run("node", "revoke", "node-1", "faults", "--yes", "--reason", "a test").expect(0);

        isTold();
        JsonNode verified = Sandbox.document(audit("verify", "--json"));
        assertThat(verified.path("witnesses")).as("who is revoked is not asked").isEmpty();
        assertThat(audit("verify").expect(4).err()).contains("nobody can know");
        sandbox.run("node", "approve", "node-1", "faults", "--fingerprint", fingerprint())
                .expect(0);
        assertThat(audit("verify").expect(0).err())
                .contains("node-1 has seen the same up to record");

        List<String> written = exported();
        whoeverChangesItIsFound(written);
        assertThat(audit("verify").expect(0).err()).contains(written.size() + " records");
        sandbox.verb("down").expect(0);
    }

    private void uses(String uses) {
        sandbox.write(
                "faults/cluster.yaml",
                """
                cluster: faults
                site: lab
                packs: [faults]
                groups: { node: { count: 1, uses: { %s } } }
                """
                        .formatted(uses));
    }

    private void isTold() {
        JsonNode entries = Sandbox.document(audit("list", "--json").expect(0)).path("entries");
        List<String> acts = new ArrayList<>();
        entries.forEach(
                one -> acts.add(one.path("act").asString() + " " + one.path("result").asString()));
        assertThat(acts).containsExactly("up done", "up done", "node revoke done");
        assertThat(entries.path(2).path("who").asString())
                .startsWith(System.getProperty("user.name"));
        assertThat(entries.path(2).path("about").asString()).contains("node-1 SHA256:", ": a test");
        assertThat(audit("list").expect(0).outLines()).hasSize(3);
    }

    private String fingerprint() {
        return sandbox.machine("node-1")
                .run("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub | cut -d' ' -f2");
    }

    /// Each line's checksum is as the page says.
    private List<String> exported() throws Exception {
        List<String> lines = audit("export").expect(0).outLines();
        JsonNode head = Sandbox.document(lines.getFirst());
        List<String> texts = new ArrayList<>();
        byte[] before = checksum(new byte[0], 0, head.path("lineage").asString());
        for (String line : lines.subList(1, lines.size())) {
            JsonNode one = JSON.readTree(line);
            texts.add(one.path("text").asString());
            before = checksum(before, texts.size(), texts.getLast());
            assertThat(one.path("number").asInt()).isEqualTo(texts.size());
            assertThat(one.path("checksum").asString()).isEqualTo(HexFormat.of().formatHex(before));
        }
        assertThat(texts).hasSize(head.path("records").asInt()).hasSizeGreaterThan(8);
        return texts;
    }

    private void whoeverChangesItIsFound(List<String> written) throws Exception {
        change(
                "UPDATE records SET body = replace(body, 'done', 'gone') WHERE number = "
                        + endOfFirstRun(written));
        assertThat(audit("verify").expect(7).err()).contains("is not as it was written");

        List<String> forged = new ArrayList<>(written);
        forged.replaceAll(text -> text.replace("\"who\":\"", "\"who\":\"not-"));
        rewrite(forged);
        assertThat(audit("verify").expect(7).err()).contains("node-1 has seen another record");

        rewrite(written.subList(0, endOfFirstRun(written)));
        assertThat(audit("verify").expect(7).err())
                .contains("this record ends with " + endOfFirstRun(written));

        sandbox.lab("cut", "node-1");
        assertThat(audit("verify").expect(4).err())
                .contains("nobody can know", "not heard: node-1");
        sandbox.lab("mend", "node-1");
        rewrite(written);
    }

    private static int endOfFirstRun(List<String> written) {
        for (int at = 0; at < written.size(); at++) {
            if (written.get(at).contains("\"type\":\"run-ended\"")) {
                return at + 1;
            }
        }
        throw new AssertionError(written);
    }

    private Finished audit(String verb, String... options) {
        List<String> words = new ArrayList<>(List.of("audit", verb, "faults"));
        words.addAll(List.of(options));
        return sandbox.run(words.toArray(String[]::new));
    }

    private Path database() {
        return sandbox.cluster().resolve(".ashlar/state.db");
    }

    private void change(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    /// As somebody does who may write the file and knows how the checksums are made.
    private void rewrite(List<String> texts) throws Exception {
        String lineage = sandbox.read("faults/.ashlar/lineage").strip();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("DELETE FROM records");
            byte[] chain = checksum(new byte[0], 0, lineage);
            try (PreparedStatement insert =
                    connection.prepareStatement(
                            "INSERT INTO records (number, body, chain) VALUES (?, ?, ?)")) {
                for (int at = 0; at < texts.size(); at++) {
                    chain = checksum(chain, at + 1, texts.get(at));
                    insert.setLong(1, at + 1);
                    insert.setString(2, texts.get(at));
                    insert.setBytes(3, chain);
                    insert.executeUpdate();
                }
            }
            try (PreparedStatement head =
                    connection.prepareStatement("UPDATE head SET count = ?, chain = ?")) {
                head.setLong(1, texts.size());
                head.setBytes(2, chain);
                head.executeUpdate();
            }
            connection.commit();
        }
    }

    private static byte[] checksum(byte[] before, long number, String text) throws Exception {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        sha.update(before);
        sha.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
        return sha.digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
