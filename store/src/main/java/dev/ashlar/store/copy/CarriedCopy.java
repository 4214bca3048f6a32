package dev.ashlar.store.copy;

import dev.ashlar.store.StoreException;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import dev.ashlar.store.sqlite.SqliteJournal.Mark;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// What a node has of a state: pieces, each a file. The records lie in pieces that follow each
/// other, so that each run adds one; they hold no secret. The state's files are one piece, and its
/// vault is another, both sealed. Immutable.
///
/// @param names of the files that a node has
public record CarriedCopy(List<String> names) {
    /// Records of one piece, as text: a piece stays well below what travels in one go.
    private static final int PIECE_CHARACTERS = 2_000_000;

    /// What a piece may come to: its last record is as long as it is.
    private static final int PIECE_MAX_BYTES = 64 << 20;

    private static final Pattern RECORDS =
            Pattern.compile("([0-9a-f-]{36})\\.([0-9]{10})-([0-9]{10})\\.([0-9a-f]{64})\\.gz");
    private static final Pattern FILES =
            Pattern.compile("([0-9a-f-]{36})\\.(files|vault)\\.[0-9a-f]{64}");

    public CarriedCopy {
        names = names.stream().sorted().toList();
    }

    private record Piece(String name, long from, Mark end) {}

    /// The pieces that lead from the first record on without a gap.
    private List<Piece> chain(String lineage) {
        List<Piece> chain = new ArrayList<>();
        long next = 1;
        for (String name : names) {
            Matcher found = RECORDS.matcher(name);
            if (found.matches() && found.group(1).equals(lineage)) {
                long from = Long.parseLong(found.group(2));
                if (from == next) {
                    Mark end = new Mark(Long.parseLong(found.group(3)), found.group(4));
                    chain.add(new Piece(name, from, end));
                    next = end.number() + 1;
                }
            }
        }
        return chain;
    }

    /// How far its records go; number 0 when it has none of that state.
    public Mark end(String lineage) {
        List<Piece> chain = chain(lineage);
        return chain.isEmpty() ? new Mark(0, "") : chain.getLast().end();
    }

    /// The pieces to be fetched to make that state again, in order.
    public List<String> wanted(String lineage) {
        List<String> wanted = new ArrayList<>(chain(lineage).stream().map(Piece::name).toList());
        names.stream().filter(name -> isFiles(name, lineage)).forEach(wanted::add);
        return wanted;
    }

    private static boolean isFiles(String name, String lineage) {
        Matcher found = FILES.matcher(name);
        return found.matches() && found.group(1).equals(lineage);
    }

    /// What a node has to be given and to forget, for its copy to be that of a state as it is now.
    ///
    /// @param added by name
    /// @param dropped names
    public record Change(SequencedMap<String, byte[]> added, List<String> dropped) {
        public Change {
            added = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(added));
            dropped = List.copyOf(dropped);
        }
    }

    /// @throws StoreException when the state cannot be read
    public Change towards(StateFolder state, SqliteJournal journal, RecoveryKey key) {
        String lineage = state.lineage();
        Mark end = end(lineage);
        boolean isOurs =
                end.number() == 0
                        || journal.checksum(end.number()).equals(Optional.of(end.checksum()));
        Collection<String> kept =
                isOurs ? chain(lineage).stream().map(Piece::name).toList() : List.of();
        SequencedMap<String, byte[]> records =
                pieces(lineage, journal, isOurs ? end.number() : 0, journal.newest().number());
        // What the records speak of is there before them.
        SequencedMap<String, byte[]> added = new LinkedHashMap<>();
        List<String> dropped =
                names.stream()
                        .filter(one -> !kept.contains(one) && !records.containsKey(one))
                        .toList();
        try {
            StateFiles all = StateFiles.of(state);
            List<String> gone = new ArrayList<>(dropped);
            if (all.hasAuthorities()) {
                replace(lineage + ".files.", all.withoutVault(), key, added, gone);
            } else {
                keep(lineage + ".files.", gone);
            }
            if (all.hasVault()) {
                replace(lineage + ".vault.", all.vault(), key, added, gone);
            } else {
                keep(lineage + ".vault.", gone);
            }
            added.putAll(records);
            return new Change(added, gone);
        } catch (IOException e) {
            throw StoreException.refused(state.path(), "cannot be read", e);
        }
    }

    /// The piece whose name begins like that has these files, whatever it had.
    private void replace(
            String begin,
            StateFiles files,
            RecoveryKey key,
            Map<String, byte[]> added,
            List<String> dropped)
            throws IOException {
        byte[] zipped = files.zipped();
        String name = begin + key.digest(zipped);
        if (!names.contains(name)) {
            added.put(name, key.seal(zipped));
        }
        dropped.remove(name);
    }

    /// Whoever has lost what is in a piece must not lose what is sealed of it too.
    private static void keep(String begin, List<String> dropped) {
        dropped.removeIf(name -> name.startsWith(begin));
    }

    private static SequencedMap<String, byte[]> pieces(
            String lineage, SqliteJournal journal, long after, long upTo) {
        SequencedMap<String, byte[]> pieces = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        long[] from = {after + 1};
        journal.readTexts(
                after,
                upTo,
                (number, body) -> {
                    text.append(body).append('\n');
                    if (text.length() > PIECE_CHARACTERS || number == upTo) {
                        String checksum = journal.checksum(number).orElseThrow();
                        pieces.put(
                                String.format(
                                        Locale.ROOT,
                                        "%s.%010d-%010d.%s.gz",
                                        lineage,
                                        from[0],
                                        number,
                                        checksum),
                                zipped(text.toString()));
                        text.setLength(0);
                        from[0] = number + 1;
                    }
                });
        return pieces;
    }

    private static byte[] zipped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes);
                Writer writer = new OutputStreamWriter(zip, StandardCharsets.UTF_8)) {
            writer.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// Adds the records of a copy to a new state.
    ///
    /// @param pieces those that were [wanted][#wanted], by name
    /// @throws StoreException when they are not what they were; the state is then of no use
    public static void records(NewState state, Map<String, byte[]> pieces) {
        pieces.forEach((name, bytes) -> {
            Matcher found = RECORDS.matcher(name);
            if (!found.matches()) {
                return;
            }
            try (BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(unpacked(name, bytes), StandardCharsets.UTF_8))) {
                state.records(lines);
            } catch (IOException e) {
                throw damaged(name);
            }
            Mark end = new Mark(Long.parseLong(found.group(3)), found.group(4));
            if (!state.journal().newest().equals(end)) {
                throw damaged(name);
            }
        });
    }

    private static Unpacked unpacked(String name, byte[] piece) throws IOException {
        return new Unpacked(
                new GZIPInputStream(new ByteArrayInputStream(piece)),
                "the copy's " + name,
                PIECE_MAX_BYTES);
    }

    /// Adds the sealed files of a copy to a new state.
    ///
    /// @return false when there are some that this key does not open
    public static boolean files(
            NewState state, Map<String, byte[]> pieces, Optional<RecoveryKey> key) {
        for (Map.Entry<String, byte[]> piece : pieces.entrySet()) {
            if (FILES.matcher(piece.getKey()).matches()) {
                Optional<byte[]> plain = key.flatMap(k -> k.open(piece.getValue()));
                if (plain.isEmpty()) {
                    return false;
                }
                try {
                    state.files(StateFiles.unzipped(plain.get()));
                } catch (IOException e) {
                    throw StoreException.refused(state.folder().path(), "cannot be written", e);
                }
            }
        }
        return true;
    }

    private static StoreException damaged(String piece) {
        return new StoreException(StoreException.Kind.DAMAGED, "the copy is damaged at " + piece);
    }
}
