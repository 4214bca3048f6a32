package dev.ashlar.services.pki;

import dev.ashlar.model.text.Plain;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;

/// DNS names and addresses as certificates hold them.
final class Names {
    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?";
    private static final Pattern DNS = Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*");
    private static final Pattern DOTTED = Pattern.compile("[0-9]+(\\.[0-9]+)*");
    private static final int MAX_DNS = 253;

    private Names() {}

    /// The name in the one form in which equal names are equal texts; empty when it is none.
    static Optional<String> canonical(String name) {
        if (name.contains(":")) {
            return address(name);
        }
        if (DOTTED.matcher(name).matches()) {
            // Four parts: InetAddress would take `10.1` for an address too.
            return name.chars().filter(c -> c == '.').count() == 3
                    ? address(name)
                    : Optional.empty();
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.length() <= MAX_DNS && DNS.matcher(lower).matches()
                ? Optional.of(lower)
                : Optional.empty();
    }

    static boolean isAddress(String canonical) {
        return canonical.contains(":") || DOTTED.matcher(canonical).matches();
    }

    static GeneralName general(String canonical) {
        return new GeneralName(
                isAddress(canonical) ? GeneralName.iPAddress : GeneralName.dNSName, canonical);
    }

    /// Built, not parsed: a common name may hold commas and equals signs.
    static X500Principal subject(String commonName) {
        return principal(new X500NameBuilder().addRDN(BCStyle.CN, commonName));
    }

    /// A later certificate of an authority has a name of its own: who checks a certificate finds by
    /// that name which of them has issued it, and which list says what is revoked.
    static X500Principal authority(String cluster, String name, int number) {
        String commonName = number == 1 ? name : name + " " + number;
        return principal(
                new X500NameBuilder().addRDN(BCStyle.O, cluster).addRDN(BCStyle.CN, commonName));
    }

    /// As people are told it: in a line, whoever has written it.
    static String shown(X500Principal name) {
        return Plain.line(name.getName());
    }

    private static X500Principal principal(X500NameBuilder name) {
        try {
            return new X500Principal(name.build().getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("a name that cannot be encoded", e);
        }
    }

    private static Optional<String> address(String literal) {
        try {
            InetAddress address = InetAddress.ofLiteral(literal);
            boolean mapped = literal.contains(":") && address instanceof Inet4Address;
            return mapped || literal.contains("%")
                    ? Optional.empty()
                    : Optional.of(address.getHostAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
