package dev.ashlar.store.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ashlar.store.StoreException;
import dev.ashlar.store.StoreException.Kind;
import dev.ashlar.store.folder.StateFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A vault that is not what was written is found to be so, whoever changed it, and stays as it is.
class VaultDamageTest {
    @TempDir private Path folder = Path.of("");

    private VaultFile file() {
        return VaultFile.quick(StateFolder.open(folder));
    }

    private KeyFile key() {
        Path path = folder.resolve("keys/mine.key");
        return Files.exists(path) ? KeyFile.read(path) : KeyFile.make(path);
    }

    private byte[] make() {
        file().create(Vaults.vault(), Vaults.lockFor(key()));
        return Vaults.bytes(file().path());
    }

    private Opening open(Unlocker unlocker) {
        return file().open(file().read().orElseThrow(), unlocker);
    }

    /// A file with these bytes is refused, told without what is secret, and left as it is.
    private StoreException refused(byte[] bytes, Unlocker unlocker, String what) {
        try {
            Files.write(file().path(), bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Throwable thrown = catchThrowable(() -> open(unlocker));
        assertThat(thrown).as(what).isInstanceOf(StoreException.class);
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        assertThat(trace.toString())
                .as(what)
                .doesNotContain(Vaults.SECRET, "db_password", Identity.BEGIN);
        assertThat(thrown).as(what).hasMessageContaining("vault.json");
        assertThat(Vaults.bytes(file().path())).as(what).isEqualTo(bytes);
        return (StoreException) thrown;
    }

    private static byte[] flipped(byte[] good, int at, int mask) {
        byte[] bad = good.clone();
        bad[at] ^= (byte) mask;
        return bad;
    }

    @Test
    void everyByteCounts() {
        byte[] good = make();
        Unlocker keys = Vaults.keys(key());
        for (int at = 0; at < good.length; at++) {
            for (int mask : new int[] {1 << at % 8, 1 << (at + 3) % 8}) {
                StoreException e =
                        refused(flipped(good, at, mask), keys, "bit " + mask + " at " + at);
                assertThat(e.kind()).isIn(Kind.DAMAGED, Kind.FOREIGN, Kind.NEWER);
            }
        }
    }

    /// Whoever changes it on purpose mends the checksum.
    @Test
    void everyByteIsBoundToWhatIsSealed() {
        byte[] good = make();
        Unlocker keys = Vaults.keys(key());
        int checked = new String(good, StandardCharsets.US_ASCII).lastIndexOf("\"checksum\":\"");
        for (int at = 0; at < checked; at++) {
            byte[] bad = Vaults.checksummed(flipped(good, at, 1 << at % 7));
            StoreException e = refused(bad, keys, "forged at " + at);
            assertThat(e.kind()).isIn(Kind.DAMAGED, Kind.FOREIGN, Kind.NEWER);
        }
    }

    @Test
    void aLockForAPassphraseThatWasChangedOnPurposeOpensNothing() throws IOException {
        Unlocker passphrase = new Unlocker.Passphrase("open sesame".toCharArray());
        file().create(Vaults.vault(), List.of(new NewLock.Passphrase("open sesame".toCharArray())));
        byte[] good = Vaults.bytes(file().path());
        int from = new String(good, StandardCharsets.US_ASCII).indexOf("\"iterations\"");
        for (int at = from; at < from + 170; at += 5) {
            Files.write(file().path(), Vaults.checksummed(flipped(good, at, 1)));
            try {
                assertThat(open(passphrase))
                        .as("forged at " + at)
                        .isInstanceOf(Opening.Locked.class);
            } catch (StoreException e) {
                assertThat(e.kind()).as("forged at " + at).isEqualTo(Kind.DAMAGED);
            }
        }
        // By chance it is told from a wrong passphrase.
        for (int at = from; at < from + 170; at += 5) {
            refused(flipped(good, at, 1), passphrase, "flipped at " + at);
        }
    }

    @Test
    void aFileThatWasCutIsDamaged() {
        byte[] good = make();
        Unlocker keys = Vaults.keys(key());
        for (int length = 0; length < good.length; length++) {
            StoreException e = refused(Arrays.copyOf(good, length), keys, "cut at " + length);
            assertThat(e.kind()).as("cut at " + length).isEqualTo(Kind.DAMAGED);
        }
        for (byte more : new byte[] {0, ' ', '\n', '}'}) {
            byte[] longer = Arrays.copyOf(good, good.length + 1);
            longer[good.length] = more;
            refused(longer, keys, "one byte more: " + more);
        }
    }

    @Test
    void thereIsOneWayToWriteIt() {
        byte[] good = make();
        String text = new String(good, StandardCharsets.US_ASCII);
        Matcher body = Pattern.compile("\"body\":\"[^\"]*\"").matcher(text);
        assertThat(body.find()).isTrue();
        for (String bad :
                List.of(
                        " " + text,
                        text.replace("\n", ""),
                        text.replace("\n", "\r\n"),
                        text.replace("\"epoch\":1", "\"epoch\":1.0"),
                        text.replace("\"epoch\":1", "\"epoch\":01"),
                        text.replace("\"epoch\":1", "\"epoch\":7,\"epoch\":1"),
                        text.replace("\"epoch\":1", "\"epoch\":1,\"more\":true"),
                        text.replace("\"version\":1", "\"version\":0"),
                        text.replace("\"version\":1", "\"version\":\"1\""),
                        text.replace("\"version\":1", "\"version\":99999999999999999999"),
                        text.replace("\"epoch\"", "\"\\u0065poch\""),
                        text.replace("\"locks\":[", "\"locks\":[],\"locks\":["),
                        text.replace(body.group(), "\"body\":\"\""),
                        text.replace(body.group(), body.group() + "," + body.group()),
                        "[".repeat(100_000),
                        "{\"a\":".repeat(100_000),
                        "null",
                        "\u0000")) {
            assertThat(bad).isNotEqualTo(text);
            StoreException e =
                    refused(
                            Vaults.checksummed(bad.getBytes(StandardCharsets.UTF_8)),
                            Vaults.keys(key()),
                            bad.length() > 5_000 ? "deep" : bad);
            assertThat(e.kind()).isEqualTo(Kind.DAMAGED);
        }
    }

    /// Bits of base64 that no byte is made of: not all readers look at them.
    @Test
    void spareBitsOfBase64AreNotSpare() {
        String text = new String(make(), StandardCharsets.US_ASCII);
        Matcher spare = Pattern.compile("(.)(={1,2})\"").matcher(text);
        int found = 0;
        while (spare.find()) {
            char other = (char) (spare.group(1).charAt(0) + 1);
            String bad = text.substring(0, spare.start()) + other + text.substring(spare.end(1));
            refused(
                    Vaults.checksummed(bad.getBytes(StandardCharsets.US_ASCII)),
                    Vaults.keys(key()),
                    "at " + spare.start());
            String bare = text.substring(0, spare.start(2)) + text.substring(spare.end(2));
            refused(
                    Vaults.checksummed(bare.getBytes(StandardCharsets.US_ASCII)),
                    Vaults.keys(key()),
                    "without =, at " + spare.start());
            found++;
        }
        assertThat(found).isPositive();
    }

    @Test
    void anotherEpochAnotherNonceAndOlderPartsAreFound() {
        Opened first = file().create(Vaults.vault(), Vaults.lockFor(key()));
        Opened second = file().write(first, first.vault());
        Envelope old = first.sealed().envelope();
        Envelope now = second.sealed().envelope();
        List<Envelope> forged =
                List.of(
                        new Envelope(now.lineage(), 3, now.locks(), now.nonce(), now.body()),
                        new Envelope(now.lineage(), 2, now.locks(), old.nonce(), now.body()),
                        new Envelope(now.lineage(), 2, now.locks(), old.nonce(), old.body()),
                        new Envelope(now.lineage(), 1, now.locks(), old.nonce(), now.body()),
                        new Envelope(
                                now.lineage(),
                                2,
                                List.of(now.locks().getFirst(), now.locks().getFirst()),
                                now.nonce(),
                                now.body()));
        for (Envelope one : forged) {
            StoreException e = refused(one.bytes(), Vaults.keys(key()), one.toString());
            assertThat(e).hasMessageContaining("was changed after it was sealed");
        }
        // An older one that is whole is what it was: its epoch tells, against the record.
        assertThat(old.bytes()).isNotEqualTo(now.bytes());
    }

    @Test
    void aLockForSomebodyElseIsNoLockForUs() {
        Opened mine = file().create(Vaults.vault(), Vaults.lockFor(key()));
        Envelope now = mine.sealed().envelope();
        byte[] otherKey = Age.seal(AesKey.random().bytes(), key().recipients());
        byte[] noKey = Age.seal(new byte[3], key().recipients());
        for (byte[] wrapped : List.of(otherKey, noKey, new byte[0], new byte[500])) {
            Envelope forged =
                    new Envelope(
                            now.lineage(),
                            1,
                            List.of(
                                    new WrappedKey.ForIdentity(
                                            key().recipients().getFirst(), wrapped)),
                            now.nonce(),
                            now.body());
            StoreException e = refused(forged.bytes(), Vaults.keys(key()), "forged");
            assertThat(e.kind()).isEqualTo(Kind.DAMAGED);
        }
    }

    @Test
    void whatIsSealedAndNoVaultIsRefused() {
        Opened vault = file().create(Vaults.vault(), Vaults.lockFor(key()));
        Envelope now = vault.sealed().envelope();
        for (String plain :
                List.of(
                        "",
                        "{}",
                        "{\"digest_key\":\"" + Vaults.SECRET + "\"}",
                        "\"" + Vaults.SECRET)) {
            byte[] body =
                    vault.key()
                            .seal(now.nonce(), now.bound(), plain.getBytes(StandardCharsets.UTF_8));
            Envelope forged = new Envelope(now.lineage(), 1, now.locks(), now.nonce(), body);
            StoreException e = refused(forged.bytes(), Vaults.keys(key()), plain);
            assertThat(e).hasMessageContaining("what is sealed in it is no vault's");
        }
    }

    @Test
    void theVaultOfAnotherStateIsRefusedByName() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        StateFolder there = StateFolder.open(elsewhere);
        VaultFile.quick(there).create(Vaults.vault(), Vaults.lockFor(key()));
        StoreException e =
                refused(Vaults.bytes(there.vault()), Vaults.keys(key()), "another state's");
        assertThat(e.kind()).isEqualTo(Kind.FOREIGN);
        assertThat(e)
                .hasMessageContaining("another cluster's")
                .hasMessageContaining(there.lineage())
                .hasMessageContaining(StateFolder.open(folder).lineage());
        // With its name changed it is no more ours than before.
        String renamed =
                new String(Vaults.bytes(there.vault()), StandardCharsets.US_ASCII)
                        .replace(there.lineage(), StateFolder.open(folder).lineage());
        e =
                refused(
                        Vaults.checksummed(renamed.getBytes(StandardCharsets.US_ASCII)),
                        Vaults.keys(key()),
                        "renamed");
        assertThat(e.kind()).isEqualTo(Kind.DAMAGED);
    }

    @Test
    void aNewerFormCallsForANewerVersion() {
        String newer =
                new String(make(), StandardCharsets.US_ASCII)
                        .replace("\"version\":1", "\"version\":2,\"cipher\":\"another\"");
        StoreException e =
                refused(newer.getBytes(StandardCharsets.US_ASCII), Vaults.keys(key()), "version 2");
        assertThat(e.kind()).isEqualTo(Kind.NEWER);
        assertThat(e).hasMessageContaining("a newer Ashlar");
        StoreException foreign =
                refused(
                        "{\"format\":\"something\"}".getBytes(StandardCharsets.US_ASCII),
                        Vaults.keys(key()),
                        "foreign");
        assertThat(foreign.kind()).isEqualTo(Kind.FOREIGN);
    }

    @Test
    void aPassphraseIsNotStretchedForEverNorTooLittle() {
        file().create(Vaults.vault(), List.of(new NewLock.Passphrase("open sesame".toCharArray())));
        String text = new String(Vaults.bytes(file().path()), StandardCharsets.US_ASCII);
        for (String count : List.of("99999", "10000001", "2147483647", "0", "-1", "4294967296")) {
            String bad = text.replace("\"iterations\":100000", "\"iterations\":" + count);
            StoreException e =
                    refused(
                            Vaults.checksummed(bad.getBytes(StandardCharsets.US_ASCII)),
                            new Unlocker.Passphrase("open sesame".toCharArray()),
                            count);
            assertThat(e.kind()).isEqualTo(Kind.DAMAGED);
        }
    }

    @Test
    void whatIsTooLargeIsNotRead() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(file().path().toFile(), "rw")) {
            file.setLength(100_000_000);
        }
        assertThatThrownBy(() -> file().read())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("larger than 16 MiB");
        assertThat(Files.size(file().path())).isEqualTo(100_000_000);
    }

    @Test
    void whatIsNoFileIsRefusedAndLeft() throws IOException {
        VaultFile file = file();
        Opened vault = file.create(Vaults.vault(), Vaults.lockFor(key()));
        Path aside = folder.resolve("aside.json");
        Files.move(file.path(), aside);

        Files.createSymbolicLink(file.path(), aside);
        expectForeign("is a link", file, vault);
        assertThat(file.path()).isSymbolicLink();
        Files.delete(file.path());

        Files.createSymbolicLink(file.path(), folder.resolve("nowhere"));
        expectForeign("is a link", file, vault);
        Files.delete(file.path());

        Files.createDirectory(file.path());
        expectForeign("is a folder", file, vault);
        assertThat(file.path()).isEmptyDirectory();
    }

    private void expectForeign(String what, VaultFile file, Opened vault) {
        assertThat(file.exists()).isTrue();
        assertThatThrownBy(file::read)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FOREIGN))
                .hasMessageContaining(what);
        assertThatThrownBy(() -> file.write(vault, vault.vault()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(what);
        assertThatThrownBy(() -> file.create(Vaults.vault(), Vaults.lockFor(key())))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(what);
    }

    @Test
    void whatMayNotBeReadIsForbidden() throws Throwable {
        make();
        VaultFile file = file();
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("---------"));
        Nobody.sees(() ->
                assertThatThrownBy(file::read)
                        .isInstanceOfSatisfying(
                                StoreException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN)));
    }
}
