package dev.ashlar.model.resource;

import dev.ashlar.model.resource.ResourceKind.Parameter;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.type.Type.Scalar;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The functions of services that a step may call with `uses:`. The language checks calls against
/// this table; `services` carries them out.
public enum ServiceFunction {
    /// The key is born where the step runs and never leaves it; only a signing request travels.
    PKI_CERTIFICATE(
            "pki/certificate",
            "A certificate from one of the cluster's authorities.",
            List.of(
                    Parameter.required(
                            ServiceFunction.AUTHORITY,
                            Scalar.TEXT,
                            "The authority's name, made on first use"),
                    Parameter.required(
                            "names", Type.listOf(Scalar.TEXT), "DNS names and addresses"),
                    Parameter.optional(
                            "usage", Scalar.TEXT, "peer", "`server`, `client`, or `peer` for both"),
                    Parameter.optional(
                            "common_name", Scalar.TEXT, "", "Subject; empty takes the first name"),
                    Parameter.optional(
                            ServiceFunction.DIRECTORY,
                            Scalar.TEXT,
                            "",
                            "Where the files go; empty is /etc/ashlar/pki/USE.STEP"),
                    Parameter.optional("owner", Scalar.TEXT, "root", "Owner of the files"),
                    Parameter.optional("days", Scalar.INT, "365", "Lifetime"),
                    Parameter.optional(
                            "algorithm",
                            Scalar.TEXT,
                            "ec",
                            "Of a key that is made: `ec` (P-256) or `rsa` (3072 bits)"),
                    Parameter.optional(
                            "max_skew",
                            Scalar.INT,
                            "60",
                            "Seconds by which the node's clock may be wrong")),
            outputs("certificate", "key", "authority", "revocation_list", "serial", "not_after"));

    /// The parameter that names an authority: what is ordered of that is to be brought about by the
    /// call.
    public static final String AUTHORITY = "authority";

    /// The longest name of an authority: the subject of each certificate of its own, `NAME 2` and
    /// so on, has to stay within the 64 characters of a common name (X.520).
    public static final int LONGEST_AUTHORITY = 60;

    /// What is wrong with a text that is given for a parameter, if anything.
    public static Optional<String> violation(String parameter, String text) {
        return parameter.equals(AUTHORITY) && text.length() > LONGEST_AUTHORITY
                ? Optional.of(
                        "authority `%s` has %d characters, at most %d fit into its certificates"
                                .formatted(text, text.length(), LONGEST_AUTHORITY))
                : Optional.empty();
    }

    /// The parameter by which a function is told where to put files.
    public static final String DIRECTORY = "directory";

    private final String word;
    private final String doc;
    private final List<Parameter> parameters;
    private final SequencedMap<String, Type> outputs;

    ServiceFunction(
            String word,
            String doc,
            List<Parameter> parameters,
            SequencedMap<String, Type> outputs) {
        this.word = word;
        this.doc = doc;
        this.parameters = parameters;
        this.outputs = outputs;
    }

    private static SequencedMap<String, Type> outputs(String... names) {
        SequencedMap<String, Type> all = new LinkedHashMap<>();
        for (String name : names) {
            all.put(name, Scalar.TEXT);
        }
        return Collections.unmodifiableSequencedMap(all);
    }

    /// How a step names it.
    public String word() {
        return word;
    }

    public String doc() {
        return doc;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    public SequencedMap<String, Type> outputs() {
        return outputs;
    }

    public static Optional<ServiceFunction> of(String word) {
        return Arrays.stream(values()).filter(f -> f.word.equals(word)).findFirst();
    }
}
