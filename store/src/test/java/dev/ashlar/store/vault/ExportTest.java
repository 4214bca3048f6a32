package dev.ashlar.store.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.model.secret.Secret;
import dev.ashlar.model.secret.Vault;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.StoreException.Kind;
import dev.ashlar.store.codec.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ExportTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void anyRecipientOpensItAndNobodyElse() {
        KeyFile mine = KeyFile.make(folder.resolve("mine"));
        KeyFile other = KeyFile.make(folder.resolve("other"));
        List<Recipient> recipients = new ArrayList<>(mine.recipients());
        recipients.addAll(other.recipients());
        Vault vault = Vaults.vaultWithPair();

        byte[] export = Export.of(vault.secrets(), recipients);

        String text = new String(export, StandardCharsets.ISO_8859_1);
        assertThat(text)
                .startsWith("age-encryption.org/v1\n")
                .doesNotContain(Vaults.SECRET, "db_password", "PRIVATE KEY");
        for (KeyFile file : List.of(mine, other)) {
            byte[] plain = Age.open(export, file.identities().getFirst()).orElseThrow();
            expect(vault, Json.read(new String(plain, StandardCharsets.UTF_8)));
        }
        assertThat(Age.open(export, Identity.random())).isEmpty();
    }

    private static void expect(Vault vault, JsonNode json) {
        assertThat(Json.text(json, "format")).isEqualTo("ashlar-secrets");
        JsonNode first = json.path("secrets").path(0);
        assertThat(Json.text(first, "name")).isEqualTo("db_password");
        assertThat(Json.number(first, "version")).isOne();
        assertThat(Json.text(first, "kind")).isEqualTo("text");
        assertThat(Json.text(first, "text")).isEqualTo(Vaults.SECRET);
        JsonNode second = json.path("secrets").path(1);
        assertThat(Json.text(second, "kind")).isEqualTo("pair");
        assertThat(
                        new Secret.Pair(
                                Json.text(second, "private_key"), Json.text(second, "public_key")))
                .isEqualTo(vault.secret("kv.signing").orElseThrow().content());
        assertThat(json.path("secrets").size()).isEqualTo(2);
    }

    @Test
    void onlyWhatIsChosenIsInIt() {
        KeyFile mine = KeyFile.make(folder.resolve("mine"));
        byte[] export = Export.of(Vaults.vaultWithPair().secrets().headMap("e"), mine.recipients());
        byte[] plain = Age.open(export, mine.identities().getFirst()).orElseThrow();
        assertThat(new String(plain, StandardCharsets.UTF_8))
                .contains("db_password")
                .doesNotContain("kv.signing");
    }

    @Test
    void aLongOneIsWhole() {
        KeyFile mine = KeyFile.make(folder.resolve("mine"));
        String much = "0123456789".repeat(100_000);
        Vault vault = Vaults.vault().with("much", new Secret.Text(much), false, "ann", 1);
        byte[] export = Export.of(vault.secrets(), mine.recipients());
        byte[] plain = Age.open(export, mine.identities().getFirst()).orElseThrow();
        JsonNode json = Json.read(new String(plain, StandardCharsets.UTF_8));
        assertThat(Json.text(json.path("secrets").path(1), "text")).isEqualTo(much);
        export[export.length - 1] ^= 1;
        assertThat(Age.open(export, mine.identities().getFirst())).isEmpty();
    }

    @Test
    void withoutARecipientNothingIsExported() {
        assertThatThrownBy(() -> Export.of(Vaults.vault().secrets(), List.of()))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNFIT))
                .hasMessageContaining("no recipient is named");
    }
}
