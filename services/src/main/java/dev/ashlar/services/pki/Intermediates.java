package dev.ashlar.services.pki;

import dev.ashlar.model.journal.Authorities;
import dev.ashlar.model.resource.ServiceFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/// Authorities that another one is to sign, which is kept elsewhere, as a root that is offline: the
/// key and what it asks for wait in `_requests/NAME/NUMBER/` beside the authorities until the
/// certificate is there, and with it until the authority is made, or replaced. Confined to who may
/// change the cluster.
///
/// @param folder where the authorities lie
/// @param cluster the organisation in their names
/// @param orders what has been ordered of them
public record Intermediates(Path folder, String cluster, Authorities orders) {
    private static final String WAITING = "_requests";
    private static final String REQUEST = "request.pem";

    /// In one file.
    private static final int MOST = 64;

    /// What came of [#accept].
    public sealed interface Outcome {
        /// @param root the subject of the last of those above it
        /// @param until when it ends, or the first of what it stands by
        /// @param alike earlier certificates of the authority that stand by the same root: whoever
        ///   believes that goes on believing them when they have been replaced
        record Accepted(String subject, String root, Instant until, List<String> alike)
                implements Outcome {
            public Accepted {
                alike = List.copyOf(alike);
            }
        }

        /// Nothing was changed.
        ///
        /// @param problems whole sentences, at least one
        record Refused(List<String> problems) implements Outcome {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /// True of what an authority may be called.
    public static boolean isName(String name) {
        return CertificateSpec.isAuthority(name)
                && ServiceFunction.violation(ServiceFunction.AUTHORITY, name).isEmpty();
    }

    /// Where one waits that is to come below an authority's folder.
    static Path place(Path authority, int number) {
        return authority
                .resolveSibling(WAITING)
                .resolve(authority.getFileName())
                .resolve(Integer.toString(number));
    }

    /// The next of an authority's own certificates: the first where there is none.
    private int next(String name) {
        int newest = orders.of(name).generations().newest();
        return Generations.isThere(folder.resolve(name), newest) ? newest + 1 : newest;
    }

    /// True where the newest of an authority's certificates that was ordered is there.
    public boolean isMade(String name) {
        return next(name) > orders.of(name).generations().newest();
    }

    /// True where there is such an authority, so that what is accepted comes in its place.
    public boolean isReplacing(String name) {
        return Generations.isThere(folder.resolve(name), 1);
    }

    /// The subject of the root that an authority stands by, where it is not its own.
    ///
    /// @throws IOException when it cannot be read
    public Optional<String> root(String name) throws IOException {
        List<Chain> own = Generations.chains(folder.resolve(name));
        return own.isEmpty() || own.getLast().isAlone()
                ? Optional.empty()
                : Optional.of(rootOf(own.getLast()));
    }

    /// True where something is asked for, signed or not.
    public boolean isWaiting(String name) {
        return Files.isDirectory(place(name));
    }

    /// The authorities whose next certificate is asked for, each with the subject of the root that
    /// it will stand by, where it has been accepted.
    ///
    /// @throws IOException when it cannot be read
    public SortedMap<String, Optional<String>> asked() throws IOException {
        SortedMap<String, Optional<String>> asked = new TreeMap<>();
        for (String name : AuthorityFacts.names(folder.resolve(WAITING))) {
            Path accepted = place(name).resolve(Generations.CERTIFICATE);
            if (Files.exists(accepted)) {
                asked.put(name, Optional.of(rootOf(Generations.chain(accepted))));
            } else if (isWaiting(name)) {
                asked.put(name, Optional.empty());
            }
        }
        return asked;
    }

    private static String rootOf(Chain chain) {
        return Names.shown(chain.root().getSubjectX500Principal());
    }

    /// What is wrong by now with what was accepted, as at [#accept]; none where nothing was.
    ///
    /// @throws IOException when it cannot be read
    public List<String> problems(String name, Instant now) throws IOException {
        Path accepted = place(name).resolve(Generations.CERTIFICATE);
        return Files.exists(accepted)
                ? problems(Generations.chain(accepted), name, now)
                : List.of();
    }

    private List<String> problems(Chain chain, String name, Instant now) throws IOException {
        return ChainCheck.problems(chain, AuthorityFacts.subjects(folder.resolve(name)), now);
    }

    private Path place(String name) {
        return place(folder.resolve(name), next(name));
    }

    /// True where what an authority asks for has not been signed yet.
    public boolean isUnsigned(String name) {
        return Files.isDirectory(place(name))
                && !Files.exists(place(name).resolve(Generations.CERTIFICATE));
    }

    /// What the next certificate of an authority asks for (PKCS #10, PEM): the same each time until
    /// that certificate is used, or it is withdrawn. Its key stays here.
    ///
    /// @throws IOException when it cannot be kept
    public String request(String name) throws IOException {
        Path place = place(name);
        if (!Files.isDirectory(place)) {
            SigningRequest made = SigningRequest.make(cluster, name, next(name));
            PrivateFiles.makeFolder(place.resolveSibling(""));
            Path fresh = PrivateFiles.makeFolderBeside(place);
            PrivateFiles.writeNew(
                    fresh.resolve(Generations.KEY), Pem.of(made.key()), PrivateFiles.KEY);
            PrivateFiles.writeNew(fresh.resolve(REQUEST), made.pem(), PrivateFiles.PUBLIC);
            PrivateFiles.publish(fresh, place);
        }
        return Files.readString(place.resolve(REQUEST));
    }

    /// Takes a request back, with its key and its certificate where there is one.
    ///
    /// @return false where there was none
    /// @throws IOException when it cannot be removed
    public boolean withdraw(String name) throws IOException {
        Path place = place(name);
        boolean isThere = Files.isDirectory(place);
        if (isThere) {
            PrivateFiles.deleteWhole(place);
            PrivateFiles.deleteIfEmpty(place.resolveSibling(""));
            PrivateFiles.deleteIfEmpty(folder.resolve(WAITING));
        }
        return isThere;
    }

    /// Takes in the certificate for what was asked for, and those above it up to their root; in the
    /// place of one that was taken in before and is not used yet.
    ///
    /// @param pem certificates in any order, and lists of what those above have revoked; other text
    ///   is not looked at
    /// @param isShared its root may be another authority's too: whoever believes that takes what
    ///   the one has issued for the other's
    /// @throws IOException when it cannot be kept
    public Outcome accept(String name, String pem, boolean isShared, Instant now)
            throws IOException {
        Path place = place(name);
        if (!Files.isDirectory(place)) {
            return refused("nothing was asked for");
        }
        PublicKey asked = key(place);
        if (!isKept(place, asked)) {
            return refused(
                    "the key of what was asked for is lost, or another: withdraw that, and ask anew");
        }
        Optional<Chain> chain;
        try {
            List<X509Certificate> all = Pem.certificates(pem);
            if (all.size() > MOST) {
                return refused("it has more than %d certificates".formatted(MOST));
            }
            chain = Chain.from(asked, all, Pem.lists(pem));
        } catch (GeneralSecurityException e) {
            return refused("it cannot be read: " + e.getMessage());
        }
        if (chain.isEmpty()) {
            return refused("none of its certificates is for the key of what was asked for");
        }
        List<String> problems = new ArrayList<>(problems(chain.get(), name, now));
        if (!isShared) {
            othersBy(chain.get(), name)
                    .forEach(other ->
                            problems.add(
                                    "its root is that of %s too, and what the one issues would be taken for the other's"
                                            .formatted(other)));
        }
        if (!problems.isEmpty()) {
            return new Outcome.Refused(problems);
        }
        PrivateFiles.replace(
                place.resolve(Generations.CERTIFICATE), chain.get().text(), PrivateFiles.PUBLIC);
        return new Outcome.Accepted(
                Names.shown(chain.get().own().getSubjectX500Principal()),
                rootOf(chain.get()),
                chain.get()
                        .listsUntil()
                        .filter(chain.get().until()::isAfter)
                        .orElse(chain.get().until()),
                alike(chain.get(), name));
    }

    private List<String> alike(Chain chain, String name) throws IOException {
        return Generations.chains(folder.resolve(name)).stream()
                .filter(one -> one.isOfOneRoot(chain))
                .map(one -> Names.shown(one.own().getSubjectX500Principal()))
                .toList();
    }

    /// The other authorities that stand by the same root, or are about to.
    private List<String> othersBy(Chain chain, String name) throws IOException {
        List<String> others = new ArrayList<>();
        for (String other : names()) {
            List<Chain> theirs = new ArrayList<>(Generations.chains(folder.resolve(other)));
            Path waiting = place(other).resolve(Generations.CERTIFICATE);
            if (Files.exists(waiting)) {
                theirs.add(Generations.chain(waiting));
            }
            if (!other.equals(name) && theirs.stream().anyMatch(one -> one.isOfOneRoot(chain))) {
                others.add(other);
            }
        }
        return others;
    }

    private Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>(AuthorityFacts.names(folder));
        names.addAll(AuthorityFacts.names(folder.resolve(WAITING)));
        return names;
    }

    private static boolean isKept(Path place, PublicKey asked) throws IOException {
        Path file = place.resolve(Generations.KEY);
        try {
            return Files.exists(file) && Keys.isPair(Pem.privateKey(Files.readString(file)), asked);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Outcome refused(String problem) {
        return new Outcome.Refused(List.of(problem));
    }

    private static PublicKey key(Path place) throws IOException {
        try {
            byte[] der = Pem.request(Files.readString(place.resolve(REQUEST)));
            return new JcaPKCS10CertificationRequest(der).getPublicKey();
        } catch (GeneralSecurityException e) {
            throw new IOException("the request in " + place + " cannot be read", e);
        }
    }
}
