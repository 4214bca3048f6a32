package dev.ashlar.store.copy;

import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.JournalRecord.Verdict;
import dev.ashlar.model.journal.Verdicts;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.codec.RecordCodec;
import dev.ashlar.store.folder.ControllerLock;
import dev.ashlar.store.folder.PrivateFile;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import dev.ashlar.store.vault.Sealed;
import dev.ashlar.store.vault.VaultFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A state that is being made of a copy, aside of where it will lie; gone when it is closed, unless
/// it was published. Confined to one thread.
public final class NewState implements AutoCloseable {
    private static final int BATCH = 1_000;
    private static final int BATCH_CHARACTERS = 4_000_000;

    private final Path clusterFolder;
    private final StateFolder aside;
    private final SqliteJournal journal;
    private boolean isPublished;

    private NewState(Path clusterFolder, StateFolder aside) {
        this.clusterFolder = clusterFolder;
        this.aside = aside;
        this.journal = SqliteJournal.open(aside);
    }

    /// @param clusterFolder where `cluster.yaml` lies
    /// @throws StoreException when the disk refuses
    public static NewState begin(Path clusterFolder, String lineage) {
        return new NewState(clusterFolder, StateFolder.makeAside(clusterFolder, lineage));
    }

    /// Takes in records as text, a line each.
    ///
    /// @throws StoreException when one of them is none
    public void records(BufferedReader lines) throws IOException {
        List<String> batch = new ArrayList<>();
        long characters = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            batch.add(line);
            characters += line.length();
            if (batch.size() == BATCH || characters > BATCH_CHARACTERS) {
                journal.appendCopied(batch);
                batch.clear();
                characters = 0;
            }
        }
        journal.appendCopied(batch);
    }

    /// Of several vaults, which a cut line can leave on a node, the latest stays.
    void files(StateFiles files) throws IOException {
        Optional<byte[]> vault = VaultFile.of(aside).copy();
        long before = epoch(aside);
        files.writeTo(aside.path());
        if (vault.isPresent() && epoch(aside) < before) {
            PrivateFile.write(aside.vault(), vault.get());
        }
    }

    /// Has another state of the same identity take over the files of this one; its vault only where
    /// the other has none, or one of an earlier epoch.
    ///
    /// @throws StoreException when the vault of this one is damaged, or the disk refuses
    public void giveFilesTo(StateFolder other) {
        try {
            StateFiles files = StateFiles.of(aside);
            (hasOwnVault(other) ? files.withoutVault() : files).writeTo(other.path());
        } catch (IOException e) {
            throw StoreException.refused(other.path(), "cannot be written", e);
        }
    }

    private boolean hasOwnVault(StateFolder other) {
        try {
            return epoch(other) >= epoch(aside);
        } catch (StoreException _) {
            // What cannot be read is not taken away from its owner.
            return true;
        }
    }

    private static long epoch(StateFolder state) {
        return VaultFile.of(state).read().map(Sealed::epoch).orElse(0L);
    }

    /// The journal as it is so far.
    public SqliteJournal journal() {
        return journal;
    }

    /// The folder while it is not published.
    public StateFolder folder() {
        return aside;
    }

    /// Puts it in its place, whole; a state that a run has begun with stays. What people have made
    /// of machines in one without a run comes along, but for an approval of a key that was revoked
    /// in this one: that has to be said again.
    ///
    /// @throws StoreException when there is one, or the disk refuses
    public StateFolder publish() {
        StateFolder.find(clusterFolder).ifPresent(this::replace);
        journal.close();
        StateFolder state = aside.publish(clusterFolder);
        isPublished = true;
        return state;
    }

    private void replace(StateFolder state) {
        if (ControllerLock.take(state)
                instanceof ControllerLock.Attempt.Taken(ControllerLock lock)) {
            try (lock) {
                Optional<List<String>> said = withoutRun(state);
                if (said.isPresent()) {
                    journal.appendCopied(agreeing(said.get()));
                    state.delete();
                }
            }
        }
    }

    /// Those of some words on machines that lift no revocation here.
    private List<String> agreeing(List<String> words) {
        Verdicts here = verdicts();
        Verdicts now = here;
        List<String> agreeing = new ArrayList<>();
        for (String text : words) {
            if (RecordCodec.decode(text) instanceof Judged judged
                    && !lifts(judged, here)
                    && now.admits(judged)) {
                agreeing.add(text);
                now = now.with(judged);
            }
        }
        return agreeing;
    }

    private static boolean lifts(Judged judged, Verdicts here) {
        return judged.verdict() == Verdict.APPROVED && here.revocation(judged.keys()).isPresent();
    }

    private Verdicts verdicts() {
        List<Judged> all = new ArrayList<>();
        journal.readAll(entry -> {
            if (entry instanceof Judged judged) {
                all.add(judged);
            }
        });
        return new Verdicts(all);
    }

    /// True of a state that anything was ever done with: without a run there are but verdicts.
    public static boolean hasRun(StateFolder state) {
        return withoutRun(state).isEmpty();
    }

    /// All records of a state, where no run has ever begun with it and neither a secret nor an
    /// authority's key is kept in it.
    private static Optional<List<String>> withoutRun(StateFolder state) {
        if (VaultFile.of(state).exists() || hasFiles(state.pki())) {
            // Somebody gave it secrets, which are sealed for this identity, or authorities' keys.
            return Optional.empty();
        }
        List<String> verdicts = new ArrayList<>();
        Optional<SqliteJournal> journal = SqliteJournal.openToRead(state);
        if (journal.isEmpty()) {
            return Optional.of(verdicts);
        }
        try (SqliteJournal open = journal.get()) {
            long count = open.newest().number();
            open.readTexts(0, Math.min(count, BATCH), (_, text) -> verdicts.add(text));
            boolean isAll = count == verdicts.size();
            return isAll && verdicts.stream().allMatch(NewState::isVerdict)
                    ? Optional.of(verdicts)
                    : Optional.empty();
        }
    }

    private static boolean hasFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.anyMatch(Files::isRegularFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isVerdict(String text) {
        return RecordCodec.decode(text) instanceof Judged;
    }

    @Override
    public void close() {
        if (!isPublished) {
            journal.close();
            aside.delete();
        }
    }
}
