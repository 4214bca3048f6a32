package dev.ashlar.language.expression;

import java.util.Map;
import java.util.Optional;

/// What there is in the place of what people write elsewhere for values that may be absent, and for
/// elements that may not be there.
final class Absent {
    /// The name under which CEL elsewhere makes optional values.
    static final String MAKER = "optional";

    static final String STANDS_IN =
            "say what stands for one that is absent: .?name.orValue(…), of a map [?key].orValue(…)";

    private static final String ASKED =
            "ask has(x.name), x.?name.hasValue(), or of a map x[?key].hasValue()";
    private static final String ELEMENT =
            "a list is read by place, x[0] or x.first(), and where it may be empty:"
                    + " size(x) > 0 ? x[0] : …";

    private static final Map<String, String> FUNCTIONS =
            Map.of(
                    "value",
                    STANDS_IN,
                    "or",
                    STANDS_IN,
                    "orElse",
                    STANDS_IN,
                    "optMap",
                    "write has(x.name) ? … : …, where x.name is read as what is there",
                    "optFlatMap",
                    "write has(x.name) ? … : …, where x.name is read as what is there",
                    "isPresent",
                    ASKED,
                    "last",
                    "the last of a list is x[size(x) - 1]",
                    "get",
                    "an element of a list is x[0], an entry of a map x['key'] or x[?'key']");

    private Absent() {}

    /// In the place of a function that there is not.
    static Optional<String> insteadOf(String function) {
        return Optional.ofNullable(FUNCTIONS.get(function));
    }

    /// In the place of `optional.NAME(…)`.
    static String insteadOfMaking(String name) {
        return name.equals("none")
                ? "leave it out: a field or an input that is not given is absent"
                : "write the value itself: it goes where an optional one is taken";
    }

    /// Where a function or an operator does not take what may be absent, or takes nothing else.
    ///
    /// @param called true where it is called on what may be absent
    static Optional<String> help(String function, String[] operands, boolean called) {
        if (function.equals("_[?_]")) {
            return Optional.of(
                    operands.length > 0 && operands[0].startsWith("list(")
                            ? ELEMENT
                            : "an entry of a map is looked for by a text: x[?'key']");
        }
        if (function.equals("orValue") || function.equals("hasValue")) {
            return Optional.of(
                    called
                            ? "what stands for an absent value is of its type"
                            : "read the value with `.?name`, of a map `[?key]`, before "
                                    + function
                                    + "()");
        }
        if (called) {
            return Optional.of(STANDS_IN);
        }
        for (String operand : operands) {
            if (operand.startsWith("optional(")) {
                return Optional.of(STANDS_IN);
            }
            if (operand.equals("null")) {
                return Optional.of(ASKED);
            }
        }
        return function.equals("_||_") && operands[0].equals("string")
                ? Optional.of("|| joins conditions; " + STANDS_IN)
                : Optional.empty();
    }
}
