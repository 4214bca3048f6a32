package dev.ashlar.services.pki;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;

/// Whether an authority can stand by a chain: whether what it issues will be believed by whoever
/// believes the root (RFC 5280, 6).
final class ChainCheck {
    private static final int CERT_SIGN = 5;
    private static final int LIST_SIGN = 6;

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
            problems.addAll(ofOne(chain.certificates().get(depth), depth, now));
        }
        if (problems.isEmpty()) {
            ofAll(chain, now).forEach(problems::add);
        }
        return problems;
    }

    /// @param depth how many authorities are below it
    private static List<String> ofOne(X509Certificate one, int depth, Instant now) {
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
        if (now.isBefore(one.getNotBefore().toInstant())) {
            problems.add(
                    "%s does not hold before %s".formatted(name, one.getNotBefore().toInstant()));
        }
        if (!now.isBefore(one.getNotAfter().toInstant())) {
            problems.add("%s has ended at %s".formatted(name, one.getNotAfter().toInstant()));
        }
        return problems;
    }

    /// What else programs refuse, such as a weak signature.
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
        return one.getSubjectX500Principal().getName();
    }

    private static String issuer(X509Certificate one) {
        return one.getIssuerX500Principal().getName();
    }
}
