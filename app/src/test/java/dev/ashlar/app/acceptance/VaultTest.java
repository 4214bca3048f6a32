package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Needle;
import dev.ashlar.app.kit.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What people do with the secrets of a cluster, and what is told where the vault is not the one on
/// record or nobody can open it.
class VaultTest {
    private static final String SECRET = "correct horse battery staple";
    private static final Needle NEEDLE = new Needle(SECRET);

    private final Sandbox sandbox = Sandbox.ofResource(SecretTest.class, "secrets");

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    private Finished secret(String verb, String... more) {
        return sandbox.run(
                Stream.of(List.of("secret", verb), List.of(more), List.of("-f", "secrets"))
                        .flatMap(List::stream)
                        .toArray(String[]::new));
    }

    private Finished set(String content) {
        sandbox.write("content.txt", content);
        Finished set = secret("set", "canary", "--from", "content.txt");
        delete("content.txt");
        return set;
    }

    private void delete(String file) {
        assertThat(sandbox.folder().resolve(file).toFile().delete()).isTrue();
    }

    private Path vault() {
        return sandbox.cluster().resolve(".ashlar/vault.json");
    }

    private JsonNode listed() {
        return Sandbox.document(secret("list", "--json").expect(0)).path("secrets").get(0);
    }

    @Test
    void aSecretIsSetListedRotatedAndDeleted() throws IOException {
        assertThat(secret("list").expect(0).out()).contains("canary  missing");
        assertThat(sandbox.verb("plan").expect(3).out())
                .contains("secret canary has no value: `ashlar secret set canary` gives it one");

        assertThat(set(SECRET + "\n").expect(0).err())
                .contains("canary has version 1 now", "The key of this cluster's vault is");
        assertThat(sandbox.verb("plan").expect(0).out()).contains("keeper.place");
        assertThat(set("another\nof two lines\n").expect(0).err()).contains("version 2 now");
        assertThat(secret("rotate", "canary").expect(5).err())
                .contains("canary was given by a person");
        secret("rotate", "canary", "--length", "12").expect(0);
        assertThat(listed().path("version").asInt()).isEqualTo(3);
        assertThat(secret("generate", "canary").expect(3).err()).contains("is there, in version 3");

        assertThat(secret("delete", "canary").expect(5).err()).contains("waits for approval");
        secret("delete", "canary", "--yes").expect(0);
        assertThat(secret("delete", "canary", "--yes").expect(3).err()).contains("no secret");
        assertThat(listed().path("version").asInt()).isZero();
        secret("generate", "canary", "--length", "4", "--alphabet", "0123456789").expect(0);
        assertThat(listed().path("version").asInt()).isEqualTo(4);

        assertThat(sandbox.run("audit", "list", "secrets").expect(0).outLines())
                .extracting(line -> line.replaceAll(".* secret (\\w+) .*", "$1"))
                .containsExactly("set", "set", "generate", "delete", "generate");
        assertThat(NEEDLE.below(sandbox.folder(), List.of())).isEmpty();
    }

    @Test
    void itsKeyIsForItsOwnerAlone() throws IOException {
        set(SECRET).expect(0);
        Path config = sandbox.folder().resolve("config/ashlar/vault");
        try (var keys = Files.list(config)) {
            Path key = keys.findFirst().orElseThrow();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
            assertThat(key.getFileName()).hasToString(lineage() + ".key");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(vault())))
                .isEqualTo("rw-------");
    }

    private String lineage() {
        return sandbox.read("secrets/.ashlar/lineage").strip();
    }

    @Test
    void isTakenFromStandardInput() {
        Path launcher = Host.checkout().resolve("ashlar");
        Finished set =
                sandbox.shell(
                        "printf '%s\\n' '"
                                + SECRET
                                + "' | "
                                + launcher
                                + " secret set canary secrets");
        assertThat(set.expect(0).err()).contains("version 1");
        Finished bytes =
                sandbox.shell(
                        "printf '\\377\\376' | "
                                + launcher
                                + " secret set canary secrets || exit $?");
        assertThat(bytes.expect(3).err()).contains("holds what is no text in UTF-8");
        assertThat(
                        sandbox.shell(launcher + " secret set canary secrets </dev/null || exit $?")
                                .expect(3)
                                .err())
                .contains("an empty secret is none");
        assertThat(listed().path("version").asInt()).isEqualTo(1);
    }

    @Test
    void whatTheFilesDoNotDeclareIsRefused() {
        assertThat(secret("set", "canari", "--from", "nowhere").expect(3).err())
                .contains("the cluster declares no secret \"canari\"", "did you mean \"canary\"?");
        assertThat(secret("set", "canary", "--from", "nowhere").expect(3).err())
                .contains("nowhere");
        assertThat(vault()).doesNotExist();
    }

    @Test
    void whoHasAnotherKeyOpensNothingAndLosesNothing() throws IOException {
        set(SECRET).expect(0);
        byte[] before = Files.readAllBytes(vault());
        Sandbox other = Sandbox.ofResource(SecretTest.class, "secrets");
        try (other) {
            other.write("content.txt", "whatever");
            other.run("secret", "set", "canary", "secrets", "--from", "content.txt").expect(0);
            Path key;
            try (var keys = Files.list(other.folder().resolve("config/ashlar/vault"))) {
                key = keys.findFirst().orElseThrow();
            }
            sandbox.with("ASHLAR_KEY_FILE", key.toString());

            Finished plan = sandbox.verb("plan").expect(6);
            assertThat(plan.err())
                    .contains("the vault is locked", "the key file of age1", "$ASHLAR_KEY_FILE")
                    .doesNotContain("Exception");
            assertThat(sandbox.verb("up").expect(6).err()).contains("the vault is locked");
            assertThat(set("another").expect(6).err()).contains("the vault is locked");
            // Who only looks needs none of it.
            sandbox.verb("validate").expect(0);
            sandbox.verb("status").expect(0);
            secret("list").expect(0);
        }
        sandbox.with("ASHLAR_KEY_FILE", "/nowhere/at/all");
        assertThat(sandbox.verb("plan").expect(6).err()).contains("/nowhere/at/all is not there");
        assertThat(sandbox.verb("status").expect(0).err()).contains("/nowhere/at/all is not there");
        assertThat(Files.readAllBytes(vault())).isEqualTo(before);
        sandbox.with("ASHLAR_KEY_FILE", "");
        sandbox.verb("plan").expect(0);
    }

    @Test
    void aPassphraseOpensItAndNoOther() throws IOException {
        sandbox.write("right", "open, sesame\n");
        sandbox.write("wrong", "open, barley\n");
        sandbox.with("ASHLAR_PASSPHRASE_FILE", sandbox.folder().resolve("right").toString());
        set(SECRET).expect(0);
        sandbox.verb("plan").expect(0);
        sandbox.with("ASHLAR_PASSPHRASE_FILE", sandbox.folder().resolve("wrong").toString());
        assertThat(sandbox.verb("plan").expect(6).err())
                .contains("the passphrase is wrong")
                .doesNotContain("barley");
        sandbox.with("ASHLAR_PASSPHRASE_FILE", "");
        assertThat(sandbox.verb("plan").expect(6).err()).contains("a passphrase");
    }

    @ParameterizedTest
    @ValueSource(strings = {"older", "gone", "another", "cut", "changed", "ahead"})
    void aVaultThatIsNotTheOneOnRecordIsRefused(String how) throws IOException {
        set("the first").expect(0);
        byte[] first = Files.readAllBytes(vault());
        set("the second").expect(0);
        byte[] second = Files.readAllBytes(vault());
        String expected = damage(how, first, second);
        byte[] damaged = Files.exists(vault()) ? Files.readAllBytes(vault()) : new byte[0];

        for (Finished refused : List.of(sandbox.verb("plan"), sandbox.verb("up"), set("a third"))) {
            assertThat(refused.expect(7).err())
                    .contains(expected)
                    .doesNotContain("the second", "Exception");
        }
        assertThat(Files.exists(vault()) ? Files.readAllBytes(vault()) : new byte[0])
                .isEqualTo(damaged);
        if (!List.of("another", "ahead").contains(how)) {
            // What the record goes on from.
            Files.write(vault(), second);
            sandbox.verb("plan").expect(0);
        }
    }

    /// @return what is to be told of it
    private String damage(String how, byte[] first, byte[] second) throws IOException {
        return switch (how) {
            case "older" -> {
                Files.write(vault(), first);
                yield "the vault is an older one: it is at change 1, the record at change 2";
            }
            case "gone" -> {
                Files.delete(vault());
                yield "the vault is gone";
            }
            case "another" -> {
                Path database = sandbox.cluster().resolve(".ashlar/state.db");
                byte[] record = Files.readAllBytes(database);
                set("the third").expect(0);
                byte[] third = Files.readAllBytes(vault());
                Files.write(database, record);
                Files.write(vault(), second);
                set("yet another").expect(0);
                Files.write(vault(), third);
                yield "another than the one on record";
            }
            case "ahead" -> {
                Path database = sandbox.cluster().resolve(".ashlar/state.db");
                byte[] record = Files.readAllBytes(database);
                set("the third").expect(0);
                set("the fourth").expect(0);
                Files.write(database, record);
                yield "the record is older than the vault";
            }
            case "cut" -> {
                Files.write(vault(), Arrays.copyOf(second, second.length / 2));
                yield "vault.json";
            }
            default -> {
                byte[] changed = second.clone();
                changed[second.length / 2] ^= 1;
                Files.write(vault(), changed);
                yield "vault.json";
            }
        };
    }

    @Test
    void whatACrashLeftBetweenVaultAndRecordIsWell() throws IOException {
        set("the first").expect(0);
        Path database = sandbox.cluster().resolve(".ashlar/state.db");
        byte[] record = Files.readAllBytes(database);
        set("the second").expect(0);
        // The vault is written before its record is.
        Files.write(database, record);
        sandbox.verb("plan").expect(0);
        assertThat(set("the third").expect(0).err()).contains("version 3 now");
        assertThat(listed().path("version").asInt()).isEqualTo(3);
        // What the crash kept off the record is on it by now.
        assertThat(sandbox.run("audit", "list", "secrets").expect(0).out())
                .contains("canary version 1", "canary version 2", "canary version 3");
    }

    @Test
    void anExportIsForItsRecipientsAlone() throws IOException {
        set(SECRET).expect(0);
        assertThat(secret("export", "--to", "age1nobody", "--out", "x.age").expect(3).err())
                .contains("age1nobody");
        Finished lock = secret("lock", "--key-file", "mine.key").expect(0);
        assertThat(lock.err()).contains("locked anew");
        sandbox.verb("plan").expect(6);
        sandbox.with("ASHLAR_KEY_FILE", sandbox.folder().resolve("mine.key").toString());
        sandbox.verb("plan").expect(0);
        String recipient =
                sandbox.read("mine.key").replaceAll("(?s).*public key: (age1\\w+).*", "$1");

        secret("export", "--to", recipient, "--out", "x.age").expect(0);
        assertThat(secret("export", "--to", recipient, "--out", "x.age").expect(3).err())
                .contains("is there already");
        assertThat(secret("rotate", "--seen-by", "node-33").expect(3).err()).contains("node-33");
        assertThat(secret("rotate", "--seen-by", "node-3").expect(0).err())
                .contains("node-3 has seen no secret");

        assertThat(Files.readAllBytes(sandbox.folder().resolve("x.age")))
                .startsWith("age-encryption.org/v1\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(NEEDLE.below(sandbox.folder(), List.of())).isEmpty();
    }
}
