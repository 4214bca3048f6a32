package dev.ashlar.app.terminal;

import dev.ashlar.app.cluster.PkiRecord;
import dev.ashlar.services.pki.AuthorityFacts;
import dev.ashlar.services.pki.CertificateEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Authorities and certificates for people.
public final class PkiView {
    private static final int SHORT = 16;

    private final Instant now;

    public PkiView(Instant now) {
        this.now = now;
    }

    /// The certificates in use, then the authorities.
    public List<String> list(PkiRecord pki) {
        List<String> lines = new ArrayList<>(certificates(pki.inUse(), false));
        if (!pki.authorities().isEmpty()) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(authorities(pki));
        }
        lines.addAll(asked(pki));
        return lines;
    }

    private static List<String> asked(PkiRecord pki) {
        List<String> lines = new ArrayList<>();
        pki.asked()
                .forEach((name, root) ->
                        lines.add(
                                root.map(by -> "the next %s will stand by %s".formatted(name, by))
                                        .orElse(
                                                "the next %s waits to be signed elsewhere"
                                                        .formatted(name))));
        if (!lines.isEmpty()) {
            lines.addFirst("");
        }
        return lines;
    }

    /// All there is to say of one.
    ///
    /// @param pki what is of it
    public List<String> show(AuthorityFacts authority, PkiRecord pki) {
        List<String> lines = new ArrayList<>();
        for (AuthorityFacts.Generation one : authority.generations()) {
            lines.add("authority    " + authority.name() + ", certificate " + one.number());
            lines.add("state        " + pki.state(authority.name(), one.number()));
            lines.add("subject      " + one.subject());
            one.signedBy().ifPresent(by -> lines.add("signed by    " + by));
            lines.add("serial       " + one.serial());
            lines.add("key          " + one.algorithm());
            lines.add("sha-256      " + one.fingerprint());
            lines.add("holds from   " + Times.at(one.from().toEpochMilli()));
            lines.add("until        " + Times.at(one.until().toEpochMilli()) + ", " + left(one));
            lines.add("");
        }
        lines.addAll(certificates(pki.certificates(), true));
        lines.addAll(asked(pki));
        return lines;
    }

    private List<String> certificates(List<PkiRecord.Certificate> rows, boolean whole) {
        if (rows.isEmpty()) {
            return List.of();
        }
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of("certificate", "authority", "names", "serial", "until", "left"));
        for (PkiRecord.Certificate row : rows) {
            CertificateEntry entry = row.entry();
            cells.add(
                    List.of(
                            entry.instance(),
                            entry.generation() == 1
                                    ? entry.authority()
                                    : entry.authority() + " " + entry.generation(),
                            String.join(" ", entry.names()),
                            whole ? entry.serial() : entry.serial().substring(0, SHORT) + "…",
                            Times.at(entry.until().toEpochMilli()),
                            left(row)));
        }
        return Table.aligned(cells);
    }

    private List<String> authorities(PkiRecord pki) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of("authority", "subject", "state", "until", "left", "revoked", "its list"));
        for (AuthorityFacts authority : pki.authorities()) {
            for (AuthorityFacts.Generation one : authority.generations()) {
                cells.add(
                        List.of(
                                authority.name(),
                                one.subject(),
                                pki.state(authority.name(), one.number()),
                                Times.at(one.until().toEpochMilli()),
                                left(one),
                                authority
                                        .list()
                                        .map(list -> Integer.toString(list.entries()))
                                        .orElse("-"),
                                authority.list().map(this::left).orElse("-")));
            }
        }
        return Table.aligned(cells);
    }

    private String left(PkiRecord.Certificate row) {
        String left = left(row.entry().until());
        if (row.use() != PkiRecord.Use.CURRENT) {
            return left + ", " + row.use().name().toLowerCase(Locale.ROOT);
        }
        return row.entry().isDue(now) ? left + ", due" : left;
    }

    private String left(AuthorityFacts.Listing list) {
        String left = left(list.until());
        return list.isDue(now) ? left + ", due" : left;
    }

    private String left(AuthorityFacts.Generation one) {
        String left = left(one.until());
        return one.isDue(now) ? left + ", due" : left;
    }

    private String left(Instant until) {
        return now.isBefore(until)
                ? Times.lasting(Duration.between(now, until).toMillis())
                : "over";
    }
}
