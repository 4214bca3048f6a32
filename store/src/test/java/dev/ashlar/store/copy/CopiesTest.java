package dev.ashlar.store.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.StoreException.Kind;
import dev.ashlar.store.codec.GeneratedRecords;
import dev.ashlar.store.codec.RecordCodec;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A state comes back from its copies as it was, or not at all.
class CopiesTest {
    private static final String KEY = "pki/etcd/key.pem";

    @TempDir Path folder;
    private Path here;
    private Path there;
    private StateFolder state;
    private final GeneratedRecords generated = new GeneratedRecords(1);

    @BeforeEach
    void makeAState() throws IOException {
        here = Files.createDirectory(folder.resolve("here"));
        there = Files.createDirectory(folder.resolve("there"));
        state = StateFolder.open(here);
        append(500);
        write(KEY, "the secret key of the authority");
        write("access/kv/client.pem", "a certificate");
    }

    private void append(int count) {
        try (SqliteJournal journal = SqliteJournal.open(state)) {
            journal.append(Stream.generate(generated::next).limit(count).toList());
        }
    }

    private void write(String path, String text) throws IOException {
        Path file = state.path().resolve(path);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }

    /// Who has approved a machine to be able to ask it has a state then, and nothing else.
    @Test
    void whatWasSaidOfMachinesInAStateWithoutARunIsTakenIntoTheOneThatTakesItsPlace() {
        StateFolder blank = StateFolder.open(there);
        JournalRecord.Judged verdict =
                new JournalRecord.Judged(
                        "n-1", JournalRecord.Verdict.APPROVED, List.of(), "", "ann", 5);
        try (SqliteJournal journal = SqliteJournal.open(blank)) {
            journal.append(List.of(verdict, verdict));
        }
        assertThat(NewState.hasRun(blank)).isFalse();
        List<String> all = new ArrayList<>(texts(state));
        try (NewState fresh = NewState.begin(there, state.lineage())) {
            fresh.journal().appendCopied(all);
            assertThat(fresh.publish().lineage()).isEqualTo(state.lineage());
        }
        all.addAll(List.of(RecordCodec.encode(verdict), RecordCodec.encode(verdict)));
        assertThat(texts(StateFolder.find(there).orElseThrow())).isEqualTo(all);
        assertThat(NewState.hasRun(StateFolder.find(there).orElseThrow())).isTrue();
    }

    private static List<String> texts(StateFolder of) {
        List<String> texts = new ArrayList<>();
        try (SqliteJournal journal = SqliteJournal.openToRead(of).orElseThrow()) {
            journal.readTexts(0, Long.MAX_VALUE, (_, text) -> texts.add(text));
        }
        return texts;
    }

    private void expectSame(StateFolder copy) throws IOException {
        assertThat(copy.lineage()).isEqualTo(state.lineage());
        assertThat(texts(copy)).isEqualTo(texts(state)).hasSizeGreaterThan(400);
        for (String path : List.of(KEY, "access/kv/client.pem")) {
            assertThat(copy.path().resolve(path))
                    .hasSameTextualContentAs(state.path().resolve(path));
            assertThat(Files.getPosixFilePermissions(copy.path().resolve(path)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(Files.getPosixFilePermissions(copy.path()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    private List<Path> thereIs() throws IOException {
        try (Stream<Path> files = Files.list(there)) {
            return files.toList();
        }
    }

    @Test
    void aBackupComesBackWhereThereIsNoState() throws IOException {
        Path file = folder.resolve("backup.zip");
        Backup written = Backup.write(state, file);
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));

        assertThat(Backup.restore(file, there)).isEqualTo(written);
        expectSame(StateFolder.find(there).orElseThrow());
        assertThat(thereIs()).hasSize(1);
        // It can be gone on with.
        try (SqliteJournal journal = SqliteJournal.open(StateFolder.find(there).orElseThrow())) {
            journal.append(List.of(generated.next()));
            assertThat(journal.newest().number()).isEqualTo(501);
        }
    }

    @Test
    void aBackupReplacesAnOlderFileAndNoState() throws IOException {
        Path file = folder.resolve("backup.zip");
        Backup.write(state, file);
        append(1);
        Backup newer = Backup.write(state, file);
        assertThat(newer.newest().number()).isEqualTo(501);

        List<String> before = texts(state);
        assertThatThrownBy(() -> Backup.restore(file, here))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is there already");
        assertThat(texts(state)).isEqualTo(before);

        // What a refused command leaves is none.
        StateFolder blank = StateFolder.open(there);
        SqliteJournal.open(blank).close();
        Backup.restore(file, there);
        expectSame(StateFolder.find(there).orElseThrow());
    }

    @Test
    void aBackupThatIsNotWholeChangesNothing() throws IOException {
        Path file = folder.resolve("backup.zip");
        Backup.write(state, file);
        byte[] good = Files.readAllBytes(file);
        for (int part = 1; part < 20; part++) {
            int at = good.length * part / 20;
            byte[] bad = good.clone();
            bad[at] ^= 0x10;
            Files.write(file, bad);
            expectNothing(file, "flipped at " + at);
            Files.write(file, java.util.Arrays.copyOf(good, at));
            expectNothing(file, "cut at " + at);
        }
        Files.writeString(file, "no archive at all");
        expectNothing(file, "foreign");
    }

    /// Only the archive's own directory at its end, which is not read, may differ unnoticed.
    private void expectNothing(Path file, String what) throws IOException {
        try {
            Backup.restore(file, there);
        } catch (StoreException e) {
            assertThat(e.kind()).as(what).isIn(Kind.DAMAGED, Kind.FOREIGN, Kind.NEWER);
            assertThat(thereIs()).as(what).isEmpty();
            return;
        }
        expectSame(StateFolder.find(there).orElseThrow());
        StateFolder.find(there).orElseThrow().delete();
    }

    @Test
    void nodesCarryARecordFurtherWithEachRun() throws IOException {
        RecoveryKey key = RecoveryKey.of(state);
        SequencedMap<String, byte[]> node = new LinkedHashMap<>();
        int first = give(node, key);
        assertThat(first).isEqualTo(2);
        assertThat(give(node, key)).as("nothing new").isZero();
        append(3);
        assertThat(give(node, key)).as("the new records").isOne();
        write("pki/other/key.pem", "another");
        assertThat(give(node, key)).as("the new files").isOne();
        assertThat(node).hasSize(3);
        assertThat(new CarriedCopy(List.copyOf(node.keySet())).end(state.lineage()).number())
                .isEqualTo(503);

        StateFolder copy = made(node, key);
        expectSame(copy);
        assertThat(copy.path().resolve("pki/other/key.pem")).hasContent("another");
    }

    @Test
    void whatNodesCarryHoldsNoSecretThatIsNotSealed() throws IOException {
        RecoveryKey key = RecoveryKey.of(state);
        SequencedMap<String, byte[]> node = new LinkedHashMap<>();
        give(node, key);
        for (byte[] piece : node.values()) {
            assertThat(new String(piece, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .doesNotContain("secret key");
        }
        try (NewState fresh = NewState.begin(there, state.lineage())) {
            Map<String, byte[]> pieces = wanted(node);
            assertThat(CarriedCopy.files(fresh, pieces, Optional.empty())).isFalse();
            RecoveryKey other = RecoveryKey.of(StateFolder.open(there));
            assertThat(CarriedCopy.files(fresh, pieces, Optional.of(other))).isFalse();
            assertThat(fresh.folder().path().resolve("pki")).doesNotExist();
        }
    }

    @Test
    void ofAnotherHistoryNothingIsKept() throws IOException {
        RecoveryKey key = RecoveryKey.of(state);
        SequencedMap<String, byte[]> node = new LinkedHashMap<>();
        Backup.write(state, folder.resolve("before.zip"));
        append(5);
        give(node, key);
        // The state is put back, and goes another way.
        state.delete();
        Backup.restore(folder.resolve("before.zip"), here);
        append(9);
        key.giveTo(state);
        give(node, key);
        expectSame(made(node, key));
        assertThat(texts(state)).hasSize(509);
    }

    @Test
    void aPieceThatIsNotWhatItWasIsFound() throws IOException {
        RecoveryKey key = RecoveryKey.of(state);
        SequencedMap<String, byte[]> node = new LinkedHashMap<>();
        give(node, key);
        append(4);
        give(node, key);
        for (String name : List.copyOf(wanted(node).keySet())) {
            SequencedMap<String, byte[]> bad = new LinkedHashMap<>(wanted(node));
            byte[] bytes = node.getOrDefault(name, new byte[0]).clone();
            bytes[bytes.length / 2] ^= 1;
            bad.put(name, bytes);
            try (NewState fresh = NewState.begin(there, state.lineage())) {
                if (name.endsWith(".gz")) {
                    assertThatThrownBy(() -> CarriedCopy.records(fresh, bad))
                            .isInstanceOf(StoreException.class);
                } else {
                    assertThat(CarriedCopy.files(fresh, bad, Optional.of(key))).isFalse();
                }
            }
            assertThat(thereIs()).isEmpty();
        }
    }

    @Test
    void theKeyIsMadeOnceAndItsCopyIsTheSame() throws IOException {
        RecoveryKey key = RecoveryKey.of(state);
        Path kept = folder.resolve("config/ashlar/key");
        assertThat(key.keep(kept)).isTrue();
        assertThat(RecoveryKey.of(state).keep(kept)).isFalse();
        assertThat(RecoveryKey.read(kept)).isEqualTo(key);
        assertThat(Files.getPosixFilePermissions(kept))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Files.writeString(kept, "no key");
        assertThatThrownBy(() -> RecoveryKey.read(kept))
                .hasMessageContaining("holds no recovery key");
    }

    /// What a node has after it was given what it lacks.
    ///
    /// @return how many files that were
    private int give(SequencedMap<String, byte[]> node, RecoveryKey key) {
        try (SqliteJournal journal = SqliteJournal.openToRead(state).orElseThrow()) {
            CarriedCopy.Change change =
                    new CarriedCopy(List.copyOf(node.keySet())).towards(state, journal, key);
            change.dropped().forEach(node::remove);
            node.putAll(change.added());
            return change.added().size();
        }
    }

    private SequencedMap<String, byte[]> wanted(SequencedMap<String, byte[]> node) {
        SequencedMap<String, byte[]> wanted = new LinkedHashMap<>();
        for (String name : new CarriedCopy(List.copyOf(node.keySet())).wanted(state.lineage())) {
            wanted.put(name, node.getOrDefault(name, new byte[0]));
        }
        return wanted;
    }

    private StateFolder made(SequencedMap<String, byte[]> node, RecoveryKey key) {
        try (NewState fresh = NewState.begin(there, state.lineage())) {
            CarriedCopy.records(fresh, wanted(node));
            assertThat(CarriedCopy.files(fresh, wanted(node), Optional.of(key))).isTrue();
            return fresh.publish();
        }
    }
}
