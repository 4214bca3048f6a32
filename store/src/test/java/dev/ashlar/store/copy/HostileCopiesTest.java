package dev.ashlar.store.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.store.StoreException;
import dev.ashlar.store.StoreException.Kind;
import dev.ashlar.store.codec.GeneratedRecords;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Copies that somebody has made to be let in by: nothing of them comes to be, and nothing else
/// changes.
class HostileCopiesTest {
    private static final String CHECKSUM = "0".repeat(64);

    @TempDir Path folder;
    private Path there;
    private Path file;
    private StateFolder state;

    @BeforeEach
    void makeABackup() throws IOException {
        Path here = Files.createDirectory(folder.resolve("here"));
        there = Files.createDirectory(folder.resolve("there"));
        file = folder.resolve("backup.zip");
        state = StateFolder.open(here);
        try (SqliteJournal journal = SqliteJournal.open(state)) {
            GeneratedRecords generated = new GeneratedRecords(1);
            journal.append(Stream.generate(generated::next).limit(20).toList());
        }
        Backup.write(state, file);
    }

    /// Writes what is in an archive beside what is there.
    private interface More {
        void into(ZipOutputStream zip) throws IOException;
    }

    private void add(More more) throws IOException {
        Path whole = folder.resolve("whole.zip");
        Files.move(file, whole);
        try (ZipFile from = new ZipFile(whole.toFile());
                ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (ZipEntry entry : from.stream().toList()) {
                StateFiles.put(zip, entry.getName(), from.getInputStream(entry).readAllBytes());
            }
            more.into(zip);
        }
    }

    private void refused(String words) throws IOException {
        assertThatThrownBy(() -> Backup.restore(file, there))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DAMAGED))
                .hasMessageContaining(words);
        try (Stream<Path> left = Files.list(there)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void filesThatLeadElsewhereAreRefused() throws IOException {
        for (String name :
                List.of(
                        "../x",
                        "/etc/passwd",
                        "pki/../../x",
                        "pki//x",
                        "pki/.x",
                        "journal.db",
                        "pki/a\nb",
                        "pki\\..\\x")) {
            Files.delete(file);
            Backup.write(state, file);
            Files.deleteIfExists(folder.resolve("whole.zip"));
            add(zip -> StateFiles.put(zip, name, new byte[1]));
            refused("\"" + name + "\", which no state has");
            assertThat(folder.resolve("x")).doesNotExist();
        }
    }

    @Test
    void moreFilesThanAStateHasAreRefused() throws IOException {
        add(zip -> {
            for (int i = 0; i < 10_001; i++) {
                StateFiles.put(zip, "pki/a/" + i, new byte[0]);
            }
        });
        refused("more than a state has");
    }

    @Test
    void aFileOfNothingButRoomIsRefused() throws IOException {
        add(zip -> {
            zip.putNextEntry(new ZipEntry("pki/a/key.pem"));
            nothing(zip, 17);
            zip.closeEntry();
        });
        refused("\"pki/a/key.pem\", which is there twice or is more than a state has");
    }

    @Test
    void manyThatAreLargeTogetherAreRefused() throws IOException {
        add(zip -> {
            for (int i = 0; i < 5; i++) {
                zip.putNextEntry(new ZipEntry("pki/a/" + i));
                nothing(zip, 15);
                zip.closeEntry();
            }
        });
        refused("\"pki/a/4\"");
    }

    @Test
    void recordsWithoutAnEndAreRefused() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            String head = "1 %s 1 %s 0\n".formatted(state.lineage(), CHECKSUM);
            StateFiles.put(zip, "ashlar-state", head.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("records"));
            nothing(zip, 20);
            zip.closeEntry();
        }
        refused("unpacks to more than it may");
    }

    @Test
    void aHeadWithoutAnEndIsRefused() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("ashlar-state"));
            nothing(zip, 50);
            zip.closeEntry();
        }
        assertThatThrownBy(() -> Backup.restore(file, there))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("a form that this version does not know");
    }

    @Test
    void aPieceOfANodeThatIsNothingButRoomIsRefused() throws IOException {
        for (String line : List.of("", "\n")) {
            ByteArrayOutputStream piece = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(piece)) {
                byte[] part =
                        (line.isEmpty() ? " " : line)
                                .repeat(1 << 20)
                                .getBytes(StandardCharsets.UTF_8);
                for (int i = 0; i < 70; i++) {
                    zip.write(part);
                }
            }
            String name = "%s.%010d-%010d.%s.gz".formatted(state.lineage(), 1, 9, CHECKSUM);
            try (NewState fresh = NewState.begin(there, state.lineage())) {
                assertThatThrownBy(
                                () -> CarriedCopy.records(fresh, Map.of(name, piece.toByteArray())))
                        .isInstanceOf(StoreException.class);
            }
            try (Stream<Path> left = Files.list(there)) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    void whatLinksInAStateLeadToIsNotCopied() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "of somebody else");
        Path pki = Files.createDirectories(state.path().resolve("pki/a"));
        Files.createSymbolicLink(pki.resolve("key.pem"), secret);
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> Backup.write(state, file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("key.pem is no file of a state, but a link or a pipe");
        assertThat(file).hasBinaryContent(before);

        Files.delete(pki.resolve("key.pem"));
        Files.createSymbolicLink(state.path().resolve("pki/b"), folder);
        assertThatThrownBy(() -> Backup.write(state, file))
                .hasMessageContaining("a link or a pipe");
    }

    @Test
    void whatIsTooLargeForAKeyIsNotRead() throws IOException {
        Path key = folder.resolve("key");
        try (RandomAccessFile large = new RandomAccessFile(key.toFile(), "rw")) {
            large.setLength(100 << 20);
        }
        assertThatThrownBy(() -> RecoveryKey.read(key))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("1024 KiB, which is the most that is read");
    }

    private static void nothing(OutputStream stream, int megabytes) throws IOException {
        byte[] megabyte = new byte[1 << 20];
        for (int i = 0; i < megabytes; i++) {
            stream.write(megabyte);
        }
    }
}
