package dev.ashlar.services.pki;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Whether an authority can stand by a chain: whether what it issues will be believed by whoever
/// believes the root (RFC 5280, 6).
final class ChainCheck {
    private static final int CERT_SIGN = 5;
    private static final int LIST_SIGN = 6;
    private static final String ANY_PURPOSE = "2.5.29.37.0";
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final Pattern WEAK = Pattern.compile("(?i)MD5|SHA-?1with");

    private ChainCheck() {}

    /// All that is wrong with it, in whole sentences; none where it will do.
    ///
    /// @param taken the subjects of the authority's other certificates, which must not be its own
    static List<String> problems(Chain chain, Set<String> taken, Instant now) {
        List<String> problems = new ArrayList<>();
        if (!chain.isWhole()) {
            problems.add(
                    "it ends with %s, which was signed by %s: that certificate is to stand in it too, and so on up to the root"
                            .formatted(name(chain.root()), issuer(chain.root())));
        }
        String own = name(chain.own());
        if (taken.contains(own) || own.isEmpty()) {
            problems.add(
                    "it is called \"%s\", as another certificate of this authority: each wants a name of its own"
                            .formatted(own));
        }
        if (chain.isAlone() && chain.isWhole()) {
            problems.add("it was signed with its own key, and not by another authority");
        }
        for (int depth = 0; depth < chain.certificates().size(); depth++) {
            X509Certificate one = chain.certificates().get(depth);
            problems.addAll(ofOne(one, depth, Chain.isSigned(one, one), now));
        }
        for (X509CRL list : chain.lists()) {
            problems.addAll(ofList(list, chain, now));
        }
        if (problems.isEmpty()) {
            problems.addAll(ofAll(chain, now));
        }
        return problems;
    }

    /// @param depth how many authorities are below it
    private static List<String> ofOne(X509Certificate one, int depth, boolean isRoot, Instant now) {
        List<String> problems = new ArrayList<>();
        String name = name(one);
        int allowed = one.getBasicConstraints();
        if (allowed < 0) {
            problems.add("%s is no authority's: CA:TRUE is not in it".formatted(name));
        } else if (allowed < depth) {
            problems.add(
                    "%s allows %d authorities below it, and there are %d (pathlen)"
                            .formatted(name, allowed, depth));
        }
        boolean[] uses = one.getKeyUsage();
        if (uses != null && !uses[CERT_SIGN]) {
            problems.add(name + " may sign no certificates (keyCertSign)");
        }
        if (uses != null && !uses[LIST_SIGN] && depth == 0) {
            problems.add(name + " may sign no list of what is revoked (cRLSign)");
        }
        if (!isRoot && WEAK.matcher(one.getSigAlgName()).find()) {
            problems.add(
                    "%s was signed with %s, which most programs refuse"
                            .formatted(name, one.getSigAlgName()));
        }
        if (!isRoot && !isForBoth(one)) {
            problems.add(
                    "%s is restricted to other purposes than serverAuth and clientAuth (extendedKeyUsage)"
                            .formatted(name));
        }
        if (one.getExtensionValue(NAME_CONSTRAINTS) != null) {
            problems.add(
                    "%s is restricted to certain names (nameConstraints), and which ones it issues for is for steps to say"
                            .formatted(name));
        }
        if (now.isBefore(one.getNotBefore().toInstant())) {
            problems.add(
                    "%s does not hold before %s".formatted(name, one.getNotBefore().toInstant()));
        }
        if (!now.isBefore(one.getNotAfter().toInstant())) {
            problems.add("%s has ended at %s".formatted(name, one.getNotAfter().toInstant()));
        }
        return problems;
    }

    private static boolean isForBoth(X509Certificate one) {
        try {
            List<String> purposes = one.getExtendedKeyUsage();
            return purposes == null
                    || purposes.contains(ANY_PURPOSE)
                    || purposes.containsAll(CertificateSpec.Usage.PEER.oids());
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static List<String> ofList(X509CRL list, Chain chain, Instant now) {
        List<String> problems = new ArrayList<>();
        String name = "the list of " + Names.shown(list.getIssuerX500Principal());
        boolean isTheirs =
                chain.certificates().stream().skip(1).anyMatch(one -> isSigned(list, one));
        if (!isTheirs) {
            problems.add(name + " is of nobody above it");
        }
        if (list.getNextUpdate() != null && !now.isBefore(list.getNextUpdate().toInstant())) {
            problems.add("%s is over since %s".formatted(name, list.getNextUpdate().toInstant()));
        }
        chain.certificates().stream()
                .filter(one -> isTheirs && list.isRevoked(one))
                .filter(one -> one.getIssuerX500Principal().equals(list.getIssuerX500Principal()))
                .forEach(one -> problems.add("%s has %s on it".formatted(name, name(one))));
        return problems;
    }

    private static boolean isSigned(X509CRL list, X509Certificate by) {
        try {
            list.verify(by.getPublicKey());
            return list.getIssuerX500Principal().equals(by.getSubjectX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /// What else programs refuse.
    private static List<String> ofAll(Chain chain, Instant now) {
        try {
            var parameters = new PKIXParameters(Set.of(new TrustAnchor(chain.root(), null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509")
                                    .generateCertPath(chain.between()),
                            parameters);
            return List.of();
        } catch (GeneralSecurityException e) {
            return List.of("it would not be believed: " + e.getMessage());
        }
    }

    private static String name(X509Certificate one) {
        return Names.shown(one.getSubjectX500Principal());
    }

    private static String issuer(X509Certificate one) {
        return Names.shown(one.getIssuerX500Principal());
    }
}
