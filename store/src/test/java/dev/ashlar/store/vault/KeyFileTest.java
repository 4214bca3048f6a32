package dev.ashlar.store.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.store.StoreException;
import dev.ashlar.store.StoreException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    /// Of the test vectors that age's makers publish, and what `age-keygen -y` says of it.
    private static final String KNOWN =
            "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

    private static final String KNOWN_RECIPIENT =
            "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";

    @TempDir private Path folder = Path.of("");

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("a.key"), text);
    }

    private static void expect(Kind kind, String part, Path path) {
        assertThatThrownBy(() -> KeyFile.read(path))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(part)
                .hasMessageContaining(path.toString())
                .hasMessageNotContaining("GFPYYSJ");
    }

    @Test
    void aNewOneIsItsOwnersAloneAndIsReadAsItWasMade() throws IOException {
        Path path = folder.resolve("config/ashlar/vault.key");
        KeyFile made = KeyFile.make(path);
        assertThat(Files.getPosixFilePermissions(path))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(path.resolveSibling("")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(KeyFile.read(path).recipients()).isEqualTo(made.recipients()).hasSize(1);
        List<String> lines = Files.readAllLines(path);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("# created: 2");
        assertThat(lines.get(1)).isEqualTo("# public key: " + made.recipients().getFirst());
        assertThat(lines.get(2)).matches("AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}");
    }

    @Test
    void oneThatIsThereIsNeverReplaced() throws IOException {
        Path path = file("anything");
        assertThatThrownBy(() -> KeyFile.make(path))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is there already");
        assertThat(path).hasContent("anything");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
        assertThatThrownBy(() -> KeyFile.make(link)).isInstanceOf(StoreException.class);
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void noTwoKeysAreTheSame() {
        assertThat(KeyFile.make(folder.resolve("1")).recipients())
                .isNotEqualTo(KeyFile.make(folder.resolve("2")).recipients());
    }

    @Test
    void whatAgeWritesIsRead() throws IOException {
        KeyFile read =
                KeyFile.read(
                        file(
                                "# created: 2021-01-02T15:30:45+01:00\r\n\r\n  \n#ü\n"
                                        + KNOWN
                                        + "\r\n"));
        assertThat(read.recipients()).containsExactly(new Recipient(KNOWN_RECIPIENT));
        String other = Identity.random().text();
        assertThat(KeyFile.read(file(KNOWN + "\n" + other)).recipients()).hasSize(2);
    }

    @Test
    void whatIsNoKeyFileIsRefusedWithoutBeingShown() throws IOException {
        expect(Kind.FOREIGN, "is not there", folder.resolve("none"));
        expect(Kind.FOREIGN, "holds no secret key", file(""));
        expect(Kind.FOREIGN, "holds no secret key", file("# only a comment\n"));
        expect(Kind.FOREIGN, "in line 2", file("# c\n" + KNOWN.replace("1GF", "1GG")));
        expect(Kind.FOREIGN, "in line 1", file(KNOWN.toLowerCase(Locale.ROOT)));
        expect(Kind.FOREIGN, "in line 1", file(KNOWN + "A"));
        expect(Kind.FOREIGN, "in line 1", file(KNOWN.substring(0, 60)));
        expect(Kind.FOREIGN, "in line 1", file(KNOWN_RECIPIENT));
        expect(Kind.FOREIGN, "in line 1", file("\u0000\u0001"));
        expect(Kind.FOREIGN, "larger than 1 MiB", file("#".repeat(1024 * 1024 + 1)));
        expect(Kind.FOREIGN, "Decrypt it first", file("age-encryption.org/v1\n-> X25519 a\n"));
        expect(
                Kind.FOREIGN,
                "Decrypt it first",
                file("-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n"));
        expect(Kind.FOREIGN, "plugin", file("AGE-PLUGIN-YUBIKEY-1GFPYYSJ\n"));
        expect(Kind.DISK, "cannot be read", folder);
    }

    @Test
    void aRecipientThatIsNoneIsNamed() {
        for (String bad :
                List.of(
                        "",
                        "age1",
                        "bob",
                        KNOWN_RECIPIENT + " ",
                        KNOWN_RECIPIENT.toUpperCase(Locale.ROOT),
                        KNOWN_RECIPIENT.replace("age1z", "age1y"),
                        KNOWN_RECIPIENT.substring(0, 61),
                        // All zero: a point that everybody knows the secret of.
                        "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z",
                        "ssh-ed25519 AAAA")) {
            assertThatThrownBy(() -> new Recipient(bad))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNFIT))
                    .hasMessageContaining("\"" + bad + "\" is no recipient");
        }
        assertThatThrownBy(() -> new Recipient("\uD83D\uDE00".repeat(500)))
                .isInstanceOf(StoreException.class)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(200));
    }

    @Test
    void aSecretKeyInThePlaceOfARecipientIsNotShown() {
        for (String secret : List.of(KNOWN, " " + KNOWN.toLowerCase(Locale.ROOT))) {
            assertThatThrownBy(() -> new Recipient(secret))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is no recipient")
                    .satisfies(e ->
                            assertThat(String.valueOf(e.getMessage()).toUpperCase(Locale.ROOT))
                                    .doesNotContain("GFPYYSJ"));
        }
    }

    @Test
    void whatIsSealedForAKnownKeyIsOpenedWithIt() {
        byte[] plain = "text".getBytes(StandardCharsets.UTF_8);
        byte[] sealed = Age.seal(plain, List.of(new Recipient(KNOWN_RECIPIENT)));
        assertThat(Age.open(sealed, Identity.of(KNOWN).orElseThrow())).contains(plain);
        assertThat(Age.open(sealed, Identity.random())).isEmpty();
    }
}
