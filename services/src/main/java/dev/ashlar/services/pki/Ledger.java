package dev.ashlar.services.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What one authority has issued, a line each in the file `issued` beside its key. A certificate is
/// entered before anybody is given it, so none is out that could not be revoked. Confined to its
/// store.
final class Ledger {
    private static final String FILE = "issued";
    private static final String NOWHERE = "-";
    private static final int FIELDS = 10;

    private final Path file;
    private final String authority;
    private final Set<String> serials = new HashSet<>();
    private boolean isRead;

    Ledger(Path folder, String authority) {
        this.file = folder.resolve(FILE);
        this.authority = authority;
    }

    /// Enters a certificate that is not there yet; on disk when this returns.
    void enter(CertificateEntry entry) throws IOException {
        if (!isRead) {
            read(file, authority).forEach(known -> serials.add(known.serial()));
            endLastLine();
            isRead = true;
        }
        if (!serials.contains(entry.serial())) {
            // Read again where this fails: a part of the line may be there.
            isRead = false;
            PrivateFiles.append(file, line(entry) + "\n", PrivateFiles.KEY);
            isRead = true;
            serials.add(entry.serial());
        }
    }

    private void endLastLine() throws IOException {
        if (Files.exists(file) && !Files.readString(file).endsWith("\n")) {
            PrivateFiles.append(file, "\n", PrivateFiles.KEY);
        }
    }

    /// What is entered below an authority's folder, oldest first. A last line that a crash has cut
    /// is none: its certificate was given to nobody.
    static List<CertificateEntry> entries(Path folder, String authority) throws IOException {
        return read(folder.resolve(FILE), authority);
    }

    private static List<CertificateEntry> read(Path file, String authority) throws IOException {
        List<CertificateEntry> entries = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                entry(line, authority).ifPresent(entries::add);
            }
        }
        return entries;
    }

    private static String line(CertificateEntry entry) {
        return Stream.of(
                        entry.serial(),
                        Integer.toString(entry.generation()),
                        entry.from().toString(),
                        entry.until().toString(),
                        entry.instance(),
                        entry.node().orElse(NOWHERE),
                        entry.usage(),
                        entry.keySha256(),
                        String.join(" ", entry.names()),
                        entry.subject())
                .map(field -> field.replaceAll("\\p{Cntrl}", " "))
                .reduce((all, field) -> all + "\t" + field)
                .orElseThrow();
    }

    private static Optional<CertificateEntry> entry(String line, String authority) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new CertificateEntry(
                            authority,
                            Integer.parseInt(fields[1]),
                            fields[0],
                            fields[4],
                            Optional.of(fields[5]).filter(node -> !node.equals(NOWHERE)),
                            fields[9],
                            List.of(fields[8].split(" ")),
                            fields[6],
                            fields[7],
                            Instant.parse(fields[2]),
                            Instant.parse(fields[3])));
        } catch (NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
