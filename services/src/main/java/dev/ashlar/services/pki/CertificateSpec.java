package dev.ashlar.services.pki;

import dev.ashlar.model.resource.ServiceFunction;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a step asks for, checked.
///
/// @param names DNS names and addresses in their usual form, each once
/// @param directory empty takes the default
/// @param days at least 1
/// @param algorithm of a key that is made
/// @param maxSkew seconds by which a node's clock may differ
record CertificateSpec(
        String authority,
        List<String> names,
        Usage usage,
        String commonName,
        String directory,
        String owner,
        int days,
        Algorithm algorithm,
        int maxSkew) {

    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
    private static final int MAX_COMMON_NAME = 64;

    /// What the certificate may be used for.
    enum Usage {
        SERVER(CertificateSpec.SERVER),
        CLIENT(CertificateSpec.CLIENT),
        PEER(CertificateSpec.SERVER, CertificateSpec.CLIENT);

        private final List<String> oids;

        Usage(String... oids) {
            this.oids = List.of(oids);
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// As the extended key usage lists them.
        List<String> oids() {
            return oids;
        }
    }

    /// What kind of key is made.
    enum Algorithm {
        EC,
        RSA;

        /// As steps and scripts name it.
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What was asked for cannot be; the message says why.
    static final class WrongException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        WrongException(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    static CertificateSpec of(Map<String, Value> arguments) throws WrongException {
        Set<String> names = new LinkedHashSet<>();
        for (String name : names(arguments)) {
            names.add(
                    Names.canonical(name)
                            .orElseThrow(() ->
                                    new WrongException(
                                            "`%s` in names is neither a DNS name nor an address"
                                                    .formatted(name))));
        }
        if (names.isEmpty()) {
            throw new WrongException("names is empty: a certificate needs at least one");
        }
        String authority = text(arguments, "authority", "");
        if (!isAuthority(authority)) {
            throw new WrongException(
                    "authority `%s` is not a name (a-z, 0-9, - and _)".formatted(authority));
        }
        Optional<String> violation =
                ServiceFunction.violation(ServiceFunction.AUTHORITY, authority);
        if (violation.isPresent()) {
            throw new WrongException(violation.get());
        }
        String commonName = text(arguments, "common_name", "");
        commonName = commonName.isEmpty() ? List.copyOf(names).getFirst() : commonName;
        if (commonName.length() > MAX_COMMON_NAME) {
            throw new WrongException(
                    "common name `%s` is longer than 64 characters".formatted(commonName));
        }
        return new CertificateSpec(
                authority,
                List.copyOf(names),
                usage(text(arguments, "usage", "peer")),
                commonName,
                text(arguments, "directory", ""),
                text(arguments, "owner", "root"),
                number(arguments, "days", 365, 3_650),
                algorithm(text(arguments, "algorithm", "ec")),
                number(arguments, "max_skew", 60, 86_400));
    }

    /// True of what an authority may be called.
    static boolean isAuthority(String name) {
        return name.matches("[a-z0-9][a-z0-9_-]{0,62}");
    }

    private static Usage usage(String word) throws WrongException {
        for (Usage usage : Usage.values()) {
            if (usage.word().equals(word)) {
                return usage;
            }
        }
        throw new WrongException("usage `%s` is none of server, client, peer".formatted(word));
    }

    private static Algorithm algorithm(String word) throws WrongException {
        for (Algorithm algorithm : Algorithm.values()) {
            if (algorithm.word().equals(word)) {
                return algorithm;
            }
        }
        throw new WrongException("algorithm `%s` is none of ec, rsa".formatted(word));
    }

    private static int number(Map<String, Value> arguments, String name, int fallback, int most)
            throws WrongException {
        Optional<Data> data = data(arguments, name);
        long number = data.isPresent() && data.get() instanceof Data.Int(long n) ? n : fallback;
        if (number < 1 || number > most) {
            throw new WrongException(
                    "%s is %d, it must be from 1 to %d".formatted(name, number, most));
        }
        return (int) number;
    }

    private static List<String> names(Map<String, Value> arguments) {
        List<String> names = new ArrayList<>();
        if (data(arguments, "names").orElse(Data.NOTHING) instanceof Data.Listing(var elements)) {
            for (Value element : elements) {
                if (element.data() instanceof Data.Text(String text)) {
                    names.add(text);
                }
            }
        }
        return names;
    }

    private static String text(Map<String, Value> arguments, String name, String fallback) {
        return data(arguments, name).orElse(Data.NOTHING) instanceof Data.Text(String text)
                ? text
                : fallback;
    }

    private static Optional<Data> data(Map<String, Value> arguments, String name) {
        return Optional.ofNullable(arguments.get(name)).map(Value::data);
    }
}
