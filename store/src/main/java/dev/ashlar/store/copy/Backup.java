package dev.ashlar.store.copy;

import dev.ashlar.store.StoreException;
import dev.ashlar.store.folder.PrivateFile;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import dev.ashlar.store.sqlite.SqliteJournal.Mark;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// A whole state in one file: a zip archive of its identity, its records as text, and its files,
/// among them the keys of the authorities. What steps printed is not in it.
///
/// @param lineage of the state
/// @param newest its last record
/// @param files how many files it has beside its records
public record Backup(String lineage, Mark newest, int files) {
    private static final String HEAD = "ashlar-state";
    private static final String RECORDS = "records";
    private static final String FORM = "1";
    private static final int HEAD_MAX = 1_000;
    private static final Pattern HEAD_TEXT =
            Pattern.compile(FORM + " ([0-9a-f-]{36}) ([0-9]{1,18}) ([0-9a-f]{64}) ([0-9]{1,9})\n");

    /// Writes the state as it is at this moment; another process may be appending to it. The file
    /// is its owner's alone, and replaces an older one whole or not at all.
    ///
    /// @throws StoreException when the state is damaged or the disk refuses
    public static Backup write(StateFolder state, Path target) {
        try (SqliteJournal journal =
                SqliteJournal.openToRead(state)
                        .orElseThrow(() ->
                                new StoreException(
                                        StoreException.Kind.DISK,
                                        "nothing is on record in " + state.path()))) {
            Path fresh = PrivateFile.beside(target);
            try {
                // What the records speak of is there before them.
                Mark newest = journal.newest();
                StateFiles files = StateFiles.withKey(state);
                Backup backup = new Backup(state.lineage(), newest, files.contents().size());
                backup.write(files, journal, fresh);
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
                return backup;
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw StoreException.refused(target, "cannot be written", e);
        }
    }

    private void write(StateFiles files, SqliteJournal journal, Path fresh) throws IOException {
        try (var channel = PrivateFile.create(fresh);
                ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(channel))) {
            String head =
                    String.join(
                            " ",
                            FORM,
                            lineage,
                            Long.toString(newest.number()),
                            newest.checksum(),
                            Integer.toString(files.contents().size()));
            StateFiles.put(zip, HEAD, (head + "\n").getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry(RECORDS));
            journal.readTexts(0, newest.number(), (_, text) -> writeLine(zip, text));
            zip.closeEntry();
            for (Map.Entry<String, byte[]> file : files.contents().entrySet()) {
                StateFiles.put(zip, file.getKey(), file.getValue());
            }
            zip.finish();
            channel.force(true);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void writeLine(ZipOutputStream zip, String text) {
        try {
            zip.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes the state of a backup the one in a cluster's folder, where there is none.
    ///
    /// @throws StoreException when the file is no backup or is damaged, a state is there, or the
    ///   disk refuses; then nothing was changed
    public static Backup restore(Path archive, Path clusterFolder) {
        try (InputStream stream = Files.newInputStream(archive);
                ZipInputStream zip = new ZipInputStream(stream)) {
            Backup backup = head(archive, zip);
            try (NewState fresh = NewState.begin(clusterFolder, backup.lineage)) {
                ZipEntry records = zip.getNextEntry();
                if (records == null || !records.getName().equals(RECORDS)) {
                    throw damaged(archive, "it has no records");
                }
                long most = Unpacked.mostOf(Files.size(archive));
                fresh.records(lines(new Unpacked(zip, archive.toString(), most)));
                StateFiles files = StateFiles.rest(zip);
                fresh.files(files);
                if (!fresh.journal().newest().equals(backup.newest)
                        || files.contents().size() != backup.files) {
                    throw damaged(archive, "it has not all that it should have");
                }
                fresh.publish();
            }
            return backup;
        } catch (ZipException | EOFException e) {
            throw damaged(archive, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw StoreException.refused(archive, "cannot be read", e);
        }
    }

    private static Backup head(Path archive, ZipInputStream zip) throws IOException {
        ZipEntry first = zip.getNextEntry();
        if (first == null || !first.getName().equals(HEAD)) {
            throw new StoreException(
                    StoreException.Kind.FOREIGN,
                    archive + " is no backup of a state. Nothing was changed");
        }
        String text = new String(zip.readNBytes(HEAD_MAX), StandardCharsets.UTF_8);
        return parse(text)
                .orElseThrow(() ->
                        new StoreException(
                                StoreException.Kind.NEWER,
                                archive
                                        + " is a backup of a form that this version does not know. Nothing was changed"));
    }

    private static Optional<Backup> parse(String text) {
        Matcher found = HEAD_TEXT.matcher(text);
        return found.matches()
                ? Optional.of(
                        new Backup(
                                found.group(1),
                                new Mark(Long.parseLong(found.group(2)), found.group(3)),
                                Integer.parseInt(found.group(4))))
                : Optional.empty();
    }

    /// The entry's end is the text's; the archive goes on.
    private static BufferedReader lines(Unpacked records) {
        return new BufferedReader(new InputStreamReader(records, StandardCharsets.UTF_8));
    }

    private static StoreException damaged(Path archive, String what) {
        return new StoreException(
                StoreException.Kind.DAMAGED,
                archive + " is damaged: " + what + ". Nothing was changed");
    }
}
