package dev.ashlar.store.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.model.secret.Recipe;
import dev.ashlar.model.secret.Secret;
import dev.ashlar.model.secret.Vault;
import dev.ashlar.model.text.Sha256;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.StoreException.Kind;
import dev.ashlar.store.folder.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is put into a vault comes out for whoever can unlock it, and for nobody else.
class VaultFileTest {
    @TempDir private Path folder = Path.of("");

    private VaultFile file() {
        return VaultFile.quick(StateFolder.open(folder));
    }

    private KeyFile key(String name) {
        Path path = folder.resolve("keys").resolve(name);
        return Files.exists(path) ? KeyFile.read(path) : KeyFile.make(path);
    }

    private Opened make(Vault vault) {
        return file().create(vault, Vaults.lockFor(key("mine")));
    }

    private Vault read(Unlocker unlocker) {
        return Vaults.opened(file().open(file().read().orElseThrow(), unlocker)).vault();
    }

    private static void expect(Kind kind, String part, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(part)
                .hasMessageNotContaining(Vaults.SECRET);
    }

    @Test
    void whatWasPutInComesOut() throws IOException {
        assertThat(file().exists()).isFalse();
        assertThat(file().read()).isEmpty();
        Vault vault = Vaults.vaultWithPair();

        Opened written = make(vault);

        assertThat(file().exists()).isTrue();
        Vault found = read(Vaults.keys(key("mine")));
        assertThat(found.secrets()).isEqualTo(vault.secrets()).hasSize(2);
        assertThat(found.gone()).isEqualTo(vault.gone()).containsEntry("gone", 1);
        assertThat(found.key()).isEqualTo(vault.key());
        assertThat(found.epoch()).isOne();
        assertThat(found).isEqualTo(written.vault());
        Sealed sealed = file().read().orElseThrow();
        assertThat(sealed.epoch()).isOne();
        assertThat(sealed.lineage()).isEqualTo(StateFolder.open(folder).lineage());
        assertThat(sealed.digest())
                .isEqualTo(written.sealed().digest())
                .isEqualTo(Sha256.hex(Vaults.bytes(file().path())));
        assertThat(Files.getPosixFilePermissions(file().path()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    /// Neither key nor passphrase is at hand any more then.
    @Test
    void itIsWrittenAgainWithoutBeingUnlockedAgain() {
        char[] passphrase = "open sesame".toCharArray();
        List<NewLock> locks =
                Stream.concat(
                                Vaults.lockFor(key("mine")).stream(),
                                Stream.of(new NewLock.Passphrase(passphrase)))
                        .toList();
        Opened first = file().create(Vaults.vault(), locks);
        assertThat(passphrase).as("its owner clears it").isEqualTo("open sesame".toCharArray());

        Opened second = file().write(first, first.vault().without("db_password"));
        Opened third =
                file().write(
                                second,
                                second.vault().with("x", new Secret.Text("y"), true, "ann", 3));

        assertThat(third.vault().epoch()).isEqualTo(3);
        assertThat(third.sealed().digest()).isNotEqualTo(second.sealed().digest());
        for (Unlocker unlocker :
                List.of(Vaults.keys(key("mine")), new Unlocker.Passphrase(passphrase))) {
            assertThat(read(unlocker)).isEqualTo(third.vault());
        }
        assertThat(third.vault().nextVersion("db_password")).isEqualTo(2);
        assertThat(third.sealed().locks()).isEqualTo(first.sealed().locks());
    }

    @Test
    void ofTheSameContentNoTwoFilesAreTheSame() {
        Opened first = make(Vaults.vault());
        Opened second = file().write(first, first.vault());
        assertThat(second.sealed().digest()).isNotEqualTo(first.sealed().digest());
        assertThat(second.sealed().envelope().nonce())
                .isNotEqualTo(first.sealed().envelope().nonce());
    }

    @Test
    void otherLocksMakeANewKey() {
        Opened first = file().create(Vaults.vault(), Vaults.lockFor(key("mine"), key("other")));
        assertThat(read(Vaults.keys(key("other")))).isEqualTo(first.vault());

        Opened second = file().write(first, first.vault(), Vaults.lockFor(key("mine")));

        assertThat(second.vault().epoch()).isEqualTo(2);
        assertThat(read(Vaults.keys(key("other"), key("mine")))).isEqualTo(second.vault());
        assertThat(file().open(second.sealed(), Vaults.keys(key("other"))))
                .isInstanceOf(Opening.Locked.class);
        assertThat(second.key().bytes()).isNotEqualTo(first.key().bytes());
    }

    @Test
    void aWrongKeyOpensNothingAndIsToldWhatWould() {
        Opened vault =
                file().create(
                                Vaults.vault(),
                                List.of(
                                        Vaults.lockFor(key("mine")).getFirst(),
                                        new NewLock.Passphrase("open sesame".toCharArray())));
        Opening opening = file().open(vault.sealed(), Vaults.keys(key("other")));
        assertThat(opening)
                .isEqualTo(new Opening.Locked(Opening.Why.OTHER_KEYS, vault.sealed().locks()));
        assertThat(((Opening.Locked) opening).message())
                .contains("the key file of " + key("mine").recipients().getFirst())
                .contains("or a passphrase");
        assertThat(file().open(vault.sealed(), Vaults.keys())).isInstanceOf(Opening.Locked.class);
        for (String wrong : List.of("open sesamE", "", "open sesame ")) {
            assertThat(file().open(vault.sealed(), new Unlocker.Passphrase(wrong.toCharArray())))
                    .isEqualTo(
                            new Opening.Locked(
                                    Opening.Why.WRONG_PASSPHRASE, vault.sealed().locks()));
        }
    }

    @Test
    void withoutALockForOneNoPassphraseIsWrong() {
        Opened vault = make(Vaults.vault());
        assertThat(file().open(vault.sealed(), new Unlocker.Passphrase("any".toCharArray())))
                .isEqualTo(new Opening.Locked(Opening.Why.NO_PASSPHRASE, vault.sealed().locks()));
    }

    @Test
    void anyOfSeveralPassphrasesOpensIt() {
        Opened vault =
                file().create(
                                Vaults.vault(),
                                List.of(
                                        new NewLock.Passphrase("first".toCharArray()),
                                        new NewLock.Passphrase(
                                                "zweite ü \uD83D\uDE00".toCharArray())));
        assertThat(read(new Unlocker.Passphrase("zweite ü \uD83D\uDE00".toCharArray())))
                .isEqualTo(vault.vault());
    }

    @Test
    void newPassphrasesAreStretchedAsOftenAsTheyShould() {
        Opened vault =
                VaultFile.of(StateFolder.open(folder))
                        .create(
                                Vaults.vault(),
                                List.of(new NewLock.Passphrase("open sesame".toCharArray())));
        assertThat(vault.sealed().locks()).containsExactly(new Lock.Passphrase(600_000));
        assertThat(read(new Unlocker.Passphrase("open sesame".toCharArray())))
                .isEqualTo(vault.vault());
    }

    @Test
    void ofTwoWritersTheSecondLosesAndNothingIsLost() {
        Opened read = make(Vaults.vault());
        Opened first =
                file().write(read, read.vault().with("a", new Secret.Text("1"), true, "ann", 1));
        byte[] before = Vaults.bytes(file().path());

        expect(
                Kind.OTHER_WRITER,
                "was changed since it was read",
                () -> file().write(read, read.vault().without("db_password")));
        expect(
                Kind.OTHER_WRITER,
                "is there already",
                () -> file().create(Vaults.vault(), Vaults.lockFor(key("mine"))));

        assertThat(Vaults.bytes(file().path())).isEqualTo(before);
        assertThat(read(Vaults.keys(key("mine")))).isEqualTo(first.vault());
    }

    @Test
    void aVaultThatWasTakenAwayIsNotWrittenAgain() throws IOException {
        Opened vault = make(Vaults.vault());
        Files.delete(file().path());
        expect(
                Kind.OTHER_WRITER,
                "was changed since it was read",
                () -> file().write(vault, vault.vault()));
        assertThat(file().exists()).isFalse();
    }

    @Test
    void whatWasNotMadeFromItIsNotWritten() {
        Opened first = make(Vaults.vault());
        Opened second = file().write(first, first.vault());
        assertThatThrownBy(() -> file().write(second, first.vault()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> file().write(second, Vaults.vault()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anyTextOfUnicodeComesBack() {
        StringBuilder all = new StringBuilder();
        for (int point = 0; point <= Character.MAX_CODE_POINT; point += point < 0x3000 ? 1 : 97) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                all.appendCodePoint(point);
            }
        }
        Vault vault =
                Vaults.vault()
                        .with("all", new Secret.Text(all.toString()), false, "ü\u0000", -5)
                        .with("empty", new Secret.Text(""), false, "", Long.MAX_VALUE)
                        .with(
                                "odd \"name\" \uD83D\uDE00",
                                new Secret.Text("\n\r\t\\/"),
                                true,
                                "a",
                                0)
                        .with("pair", new Secret.Pair("\u0000", "\uFFFF"), true, "a", 0);
        make(vault);
        assertThat(read(Vaults.keys(key("mine"))).secrets()).isEqualTo(vault.secrets());
    }

    @Test
    void aTextOfOneMebibyteFitsAndNoLongerOne() {
        String most = "\u0000".repeat(Fitness.TEXT_BYTES_MAX);
        Vault vault = Vaults.vault().with("most", new Secret.Text(most), false, "ann", 1);
        Opened written = make(vault);
        assertThat(read(Vaults.keys(key("mine"))).secrets()).isEqualTo(vault.secrets());

        byte[] before = Vaults.bytes(file().path());
        String tooMuch = "ü".repeat(Fitness.TEXT_BYTES_MAX / 2) + "a";
        for (Secret.Content content :
                List.of(new Secret.Text(tooMuch), new Secret.Pair("a", tooMuch))) {
            expect(
                    Kind.UNFIT,
                    "the secret long is longer than 1 MiB",
                    () ->
                            file().write(
                                            written,
                                            written.vault().with("long", content, false, "a", 1)));
        }
        expect(
                Kind.UNFIT,
                "all secrets together are too long",
                () -> {
                    Vault much = written.vault();
                    for (int i = 0; i < 12; i++) {
                        much =
                                much.with(
                                        "s" + i, new Secret.Text("x".repeat(1 << 20)), true, "", 1);
                    }
                    file().write(written, much);
                });
        assertThat(Vaults.bytes(file().path())).isEqualTo(before);
    }

    @Test
    void halfOfASurrogatePairIsNoText() {
        for (String half : List.of("\uD83D", "\uDE00", "a\uDE00\uD83D", "\uD83Da")) {
            expect(
                    Kind.UNFIT,
                    "the secret half is no text",
                    () -> make(Vaults.vault().with("half", new Secret.Text(half), false, "a", 1)));
            expect(
                    Kind.UNFIT,
                    "is no text",
                    () -> make(Vaults.vault().with("a", new Secret.Text("a"), false, half, 1)));
            expect(
                    Kind.UNFIT,
                    "name of a secret is no text",
                    () -> make(Vaults.vault().with(half, new Secret.Text("a"), false, "a", 1)));
        }
        assertThat(file().exists()).isFalse();
    }

    @Test
    void withoutALockOrWithAnEmptyPassphraseNothingIsSealed() {
        expect(Kind.UNFIT, "1 to 32 locks", () -> file().create(Vaults.vault(), List.of()));
        expect(
                Kind.UNFIT,
                "an empty passphrase",
                () -> file().create(Vaults.vault(), List.of(new NewLock.Passphrase(new char[0]))));
        assertThat(file().exists()).isFalse();
    }

    @Test
    void aRecipientThatIsNamedTwiceIsOneLock() {
        Opened vault = file().create(Vaults.vault(), Vaults.lockFor(key("mine"), key("mine")));
        assertThat(vault.sealed().locks()).hasSize(1);
    }

    @Test
    void nothingSecretStandsInTheFileInAnyWriting() {
        Secret.Content made = Vaults.MAKING.content(new Recipe.Password(24, "abcdefgh0123"));
        String password = ((Secret.Text) made).text();
        Opened vault = make(Vaults.vault().with("made", made, true, "ann", 1));
        byte[] file = Vaults.bytes(file().path());
        byte[] body = vault.sealed().envelope().body();
        for (byte[] where : List.of(file, body)) {
            String text = new String(where, StandardCharsets.ISO_8859_1);
            for (String secret : List.of(Vaults.SECRET, password, "db_password")) {
                byte[] utf8 = secret.getBytes(StandardCharsets.UTF_8);
                assertThat(text)
                        .doesNotContain(latin(utf8))
                        .doesNotContain(HexFormat.of().formatHex(utf8))
                        .doesNotContain(latin(secret.getBytes(StandardCharsets.UTF_16LE)))
                        .doesNotContain(latin(secret.getBytes(StandardCharsets.UTF_16BE)));
                for (int shift = 0; shift < 3 && utf8.length > 8; shift++) {
                    // What stands in the middle of a text in base64 depends on where it begins.
                    byte[] part = Arrays.copyOfRange(utf8, shift, utf8.length);
                    String base64 = Base64.getEncoder().encodeToString(part);
                    assertThat(text).doesNotContain(base64.substring(0, part.length / 3 * 4));
                }
            }
            for (byte[] key : List.of(vault.key().bytes(), vault.vault().key().bytes())) {
                assertThat(text)
                        .doesNotContain(latin(key))
                        .doesNotContain(HexFormat.of().formatHex(key))
                        .doesNotContain(Base64.getEncoder().encodeToString(key));
            }
        }
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void noTextOfItSaysWhatIsSecret() {
        KeyFile mine = key("mine");
        NewLock.Passphrase passphrase = new NewLock.Passphrase("open sesame".toCharArray());
        Opened vault =
                file().create(Vaults.vault(), List.of(Vaults.lockFor(mine).getFirst(), passphrase));
        Identity identity = mine.identities().getFirst();
        String texts =
                String.join(
                        "\n",
                        vault.toString(),
                        vault.key().toString(),
                        vault.sealed().toString(),
                        vault.sealed().envelope().toString(),
                        vault.sealed().envelope().locks().toString(),
                        mine.toString(),
                        identity.toString(),
                        Vaults.keys(mine).toString(),
                        passphrase.toString(),
                        new Unlocker.Passphrase("open sesame".toCharArray()).toString(),
                        file().open(vault.sealed(), Vaults.keys()).toString());
        assertThat(texts)
                .doesNotContain(Vaults.SECRET, identity.text(), "open sesame")
                .doesNotContain(HexFormat.of().formatHex(vault.key().bytes()));
    }
}
