package dev.ashlar.store.vault;

import dev.ashlar.model.secret.Recipe;
import dev.ashlar.model.secret.Secret;
import dev.ashlar.model.secret.Vault;
import dev.ashlar.model.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Vaults for tests, and what somebody who may write them could do to them.
final class Vaults {
    static final String SECRET = "correct horse battery staple";
    static final Making MAKING = new Making();

    private Vaults() {}

    static Vault vault() {
        return Vault.empty(MAKING.digestKey())
                .with("db_password", new Secret.Text(SECRET), false, "ann", 1_700_000_000_000L)
                .with("gone", new Secret.Text("old"), true, "ann", 1)
                .without("gone");
    }

    static Vault vaultWithPair() {
        return vault().with(
                        "kv.signing",
                        MAKING.content(new Recipe.KeyPair(Recipe.Algorithm.ED25519)),
                        true,
                        "bob",
                        2);
    }

    static List<NewLock> lockFor(KeyFile... files) {
        return Arrays.stream(files)
                .flatMap(file -> file.recipients().stream())
                .<NewLock>map(NewLock.Identity::new)
                .toList();
    }

    static Unlocker keys(KeyFile... files) {
        return new Unlocker.Keys(List.of(files));
    }

    static Opened opened(Opening opening) {
        if (opening instanceof Opened opened) {
            return opened;
        }
        throw new AssertionError("it stays locked: " + opening);
    }

    /// The bytes of a vault with a checksum that fits what stands before it.
    static byte[] checksummed(byte[] vault) {
        String text = new String(vault, StandardCharsets.ISO_8859_1);
        int end = text.lastIndexOf("\"checksum\":\"");
        if (end < 0) {
            return vault;
        }
        byte[] before = Arrays.copyOf(vault, end);
        byte[] checksum =
                ("\"checksum\":\"" + Sha256.hex(before) + "\"}\n")
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(before, before.length + checksum.length);
        System.arraycopy(checksum, 0, all, before.length, checksum.length);
        return all;
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
