package dev.ashlar.services.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What there is to be known of an authority without its key: its certificates, and what it has
/// issued.
///
/// @param generations its own certificates, oldest first; more than one where it was replaced
/// @param issued oldest first
/// @param list what is revoked, as everybody is given it; absent before anybody was
public record AuthorityFacts(
        String name,
        List<Generation> generations,
        List<CertificateEntry> issued,
        Optional<Listing> list) {
    /// Of what says no end (RFC 5280, 4.1.2.5).
    private static final Instant FOREVER = Instant.parse("9999-12-31T23:59:59Z");

    public AuthorityFacts {
        generations = List.copyOf(generations);
        issued = List.copyOf(issued);
    }

    /// One of an authority's own certificates.
    ///
    /// @param number from 1
    /// @param fingerprint SHA-256 of the certificate, as openssl prints it
    /// @param signedBy the subject of who has signed it, where that is not itself
    /// @param until when it ends, or the first of what it stands by
    /// @param pem the certificate
    public record Generation(
            int number,
            String subject,
            Optional<String> signedBy,
            String serial,
            String algorithm,
            String fingerprint,
            Instant from,
            Instant until,
            String pem) {

        /// True when it is time for another: a third of its life or less is left.
        public boolean isDue(Instant now) {
            return CertificateEntry.isDue(from, until, now);
        }

        static Generation of(int number, Chain chain) throws IOException {
            X509Certificate own = chain.own();
            Instant end = chain.until();
            try {
                return new Generation(
                        number,
                        Names.shown(own.getSubjectX500Principal()),
                        Optional.of(Names.shown(own.getIssuerX500Principal()))
                                .filter(_ -> !chain.isAlone()),
                        Pem.serial(own),
                        Keys.algorithm(own.getPublicKey()),
                        Pem.fingerprint(own),
                        own.getNotBefore().toInstant(),
                        chain.listsUntil().filter(end::isAfter).orElse(end),
                        Pem.of(own));
            } catch (GeneralSecurityException e) {
                throw new IOException("an authority's certificate cannot be encoded", e);
            }
        }
    }

    /// What of an authority comes to its end.
    ///
    /// @param newest of its own certificates: where it is being replaced, that one counts
    public record Ends(String name, Optional<Generation> newest, Optional<Listing> list) {}

    public Ends ends() {
        return new Ends(name, generations.reversed().stream().findFirst(), list);
    }

    /// The list of what is revoked.
    ///
    /// @param entries how many certificates are on it
    public record Listing(int entries, Instant from, Instant until) {

        /// True when it is time for another.
        public boolean isDue(Instant now) {
            return CertificateEntry.isDue(from, until, now);
        }

        static Listing of(X509CRL list) {
            return new Listing(
                    Optional.ofNullable(list.getRevokedCertificates()).map(Set::size).orElse(0),
                    list.getThisUpdate().toInstant(),
                    Optional.ofNullable(list.getNextUpdate()).map(Date::toInstant).orElse(FOREVER));
        }
    }

    /// All below a folder, by name; none where there is no folder.
    ///
    /// @throws IOException when what is there cannot be read
    public static List<AuthorityFacts> in(Path folder) throws IOException {
        List<AuthorityFacts> all = new ArrayList<>();
        for (String name : names(folder)) {
            all.add(of(folder.resolve(name), name));
        }
        return all;
    }

    /// What of all below a folder comes to its end, without what they have issued, which is long.
    ///
    /// @throws IOException when what is there cannot be read
    public static List<Ends> ends(Path folder) throws IOException {
        List<Ends> all = new ArrayList<>();
        for (String name : names(folder)) {
            Path place = folder.resolve(name);
            all.add(new AuthorityFacts(name, generations(place), List.of(), listing(place)).ends());
        }
        return all;
    }

    /// What those below a folder are called, in order.
    static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> places = Files.list(folder)) {
            return places.filter(Files::isDirectory)
                    .map(place -> place.getFileName().toString())
                    .filter(CertificateSpec::isAuthority)
                    .sorted()
                    .toList();
        }
    }

    /// The subjects of an authority's own certificates.
    static Set<String> subjects(Path place) throws IOException {
        return generations(place).stream().map(Generation::subject).collect(Collectors.toSet());
    }

    private static AuthorityFacts of(Path place, String name) throws IOException {
        return new AuthorityFacts(
                name, generations(place), Ledger.entries(place, name), listing(place));
    }

    private static List<Generation> generations(Path place) throws IOException {
        List<Generation> generations = new ArrayList<>();
        for (Chain chain : Generations.chains(place)) {
            generations.add(Generation.of(generations.size() + 1, chain));
        }
        return generations;
    }

    private static Optional<Listing> listing(Path place) throws IOException {
        return RevocationList.in(place).map(Listing::of);
    }
}
