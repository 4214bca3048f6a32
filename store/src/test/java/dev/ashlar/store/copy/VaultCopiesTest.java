package dev.ashlar.store.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.model.secret.Secret;
import dev.ashlar.model.secret.Vault;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.codec.GeneratedRecords;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import dev.ashlar.store.vault.KeyFile;
import dev.ashlar.store.vault.Making;
import dev.ashlar.store.vault.NewLock;
import dev.ashlar.store.vault.Opened;
import dev.ashlar.store.vault.Unlocker;
import dev.ashlar.store.vault.VaultFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The vault of a state is in its copies, and no copy costs anybody a vault.
class VaultCopiesTest {
    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void makeAState() throws IOException {
        Files.createDirectory(folder.resolve("here"));
        Files.createDirectory(folder.resolve("there"));
        try (SqliteJournal journal = SqliteJournal.open(state())) {
            journal.append(Stream.generate(new GeneratedRecords(7)::next).limit(50).toList());
        }
        KeyFile.make(folder.resolve("key"));
    }

    private StateFolder state() {
        return StateFolder.open(folder.resolve("here"));
    }

    private Path there() {
        return folder.resolve("there");
    }

    private KeyFile key() {
        return KeyFile.read(folder.resolve("key"));
    }

    private Opened make(StateFolder state) {
        return VaultFile.of(state)
                .create(
                        Vault.empty(new Making().digestKey())
                                .with("a", new Secret.Text("b"), false, "ann", 1),
                        List.of(new NewLock.Identity(key().recipients().getFirst())));
    }

    private void expectVault(StateFolder state, Opened vault) throws IOException {
        VaultFile file = VaultFile.of(state);
        assertThat(file.open(file.read().orElseThrow(), new Unlocker.Keys(List.of(key()))))
                .isInstanceOfSatisfying(
                        Opened.class,
                        opened -> assertThat(opened.vault()).isEqualTo(vault.vault()));
        assertThat(Files.getPosixFilePermissions(file.path()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    private void authorities(String text) throws IOException {
        Path file = state().pki().resolve("etcd/key.pem");
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }

    @Test
    void aBackupHasTheVaultAndNotItsKey() throws IOException {
        Opened vault = make(state());
        Path file = folder.resolve("backup.zip");
        assertThat(Backup.write(state(), file).files()).isOne();
        Backup.restore(file, there());
        expectVault(StateFolder.open(there()), vault);
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .doesNotContain("AGE-SECRET-KEY");
    }

    @Test
    void ofADamagedVaultThereIsNoCopy() throws IOException {
        make(state());
        Path file = folder.resolve("backup.zip");
        Files.writeString(state().vault(), "damaged");
        assertThatThrownBy(() -> Backup.write(state(), file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("vault.json is damaged");
        assertThat(file).doesNotExist();
        SequencedMap<String, byte[]> node = new LinkedHashMap<>();
        assertThatThrownBy(() -> give(node)).isInstanceOf(StoreException.class);
        assertThat(node).isEmpty();
    }

    @Test
    void nodesCarryTheVaultAlsoWhereThereAreNoAuthorities() throws IOException {
        SequencedMap<String, byte[]> node = new LinkedHashMap<>();
        assertThat(give(node)).as("records").isOne();
        Opened first = make(state());
        assertThat(give(node)).as("the vault").isOne();
        assertThat(give(node)).isZero();
        VaultFile.of(state()).write(first, first.vault().without("a"));
        authorities("a key");
        assertThat(give(node)).as("the vault, and the authorities").isEqualTo(2);
        assertThat(node).hasSize(3);
        for (byte[] piece : node.values()) {
            assertThat(new String(piece, StandardCharsets.ISO_8859_1))
                    .doesNotContain("ashlar-vault");
        }

        StateFolder copy = made(node);

        Opened last = (Opened) open(state());
        expectVault(copy, last);
        assertThat(last.vault().epoch()).isEqualTo(2);
        assertThat(copy.pki().resolve("etcd/key.pem")).hasContent("a key");
    }

    private Object open(StateFolder state) {
        VaultFile file = VaultFile.of(state);
        return file.open(file.read().orElseThrow(), new Unlocker.Keys(List.of(key())));
    }

    @Test
    void whoHasLostTheVaultOrTheAuthoritiesLosesNoCopyOfThem() throws IOException {
        Opened vault = make(state());
        authorities("a key");
        SequencedMap<String, byte[]> node = new LinkedHashMap<>();
        give(node);

        byte[] kept = Files.readAllBytes(state().vault());
        Files.delete(state().vault());
        authorities("another key");
        assertThat(give(node)).as("the authorities").isOne();
        assertThat(node).hasSize(3);

        Files.write(state().vault(), kept);
        Files.delete(state().pki().resolve("etcd/key.pem"));
        assertThat(give(node)).isZero();
        assertThat(node).hasSize(3);

        StateFolder copy = made(node);
        expectVault(copy, vault);
        assertThat(copy.pki().resolve("etcd/key.pem")).hasContent("another key");
    }

    @Test
    void anOlderVaultDoesNotTakeThePlaceOfANewerOne() throws IOException {
        Opened first = make(state());
        SequencedMap<String, byte[]> node = new LinkedHashMap<>();
        give(node);
        Opened second = VaultFile.of(state()).write(first, first.vault());
        RecoveryKey key = RecoveryKey.of(state());
        try (NewState fresh = NewState.begin(there(), state().lineage())) {
            assertThat(CarriedCopy.files(fresh, node, Optional.of(key))).isTrue();
            expectVault(fresh.folder(), first);

            fresh.giveFilesTo(state());
            expectVault(state(), second);

            Files.writeString(state().vault(), "damaged");
            fresh.giveFilesTo(state());
            assertThat(state().vault()).hasContent("damaged");

            Files.delete(state().vault());
            fresh.giveFilesTo(state());
            expectVault(state(), first);
        }
    }

    @Test
    void aStateWithAVaultIsNotReplacedAlsoWhenNoRunHasBegun() throws IOException {
        StateFolder blank = StateFolder.open(there());
        assertThat(NewState.hasRun(blank)).isFalse();
        Opened vault = make(blank);
        assertThat(NewState.hasRun(blank)).isTrue();
        Path file = folder.resolve("backup.zip");
        Backup.write(state(), file);
        assertThatThrownBy(() -> Backup.restore(file, there()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is there already");
        expectVault(StateFolder.open(there()), vault);
    }

    private int give(SequencedMap<String, byte[]> node) {
        RecoveryKey key = RecoveryKey.of(state());
        try (SqliteJournal journal = SqliteJournal.openToRead(state()).orElseThrow()) {
            CarriedCopy.Change change =
                    new CarriedCopy(List.copyOf(node.keySet())).towards(state(), journal, key);
            change.dropped().forEach(node::remove);
            node.putAll(change.added());
            return change.added().size();
        }
    }

    private StateFolder made(SequencedMap<String, byte[]> node) {
        SequencedMap<String, byte[]> wanted = new LinkedHashMap<>();
        for (String name : new CarriedCopy(List.copyOf(node.keySet())).wanted(state().lineage())) {
            wanted.put(name, node.getOrDefault(name, new byte[0]));
        }
        assertThat(wanted).hasSameSizeAs(node);
        try (NewState fresh = NewState.begin(there(), state().lineage())) {
            CarriedCopy.records(fresh, wanted);
            assertThat(CarriedCopy.files(fresh, wanted, Optional.of(RecoveryKey.of(state()))))
                    .isTrue();
            return fresh.publish();
        }
    }
}
