package dev.ashlar.language.expression;

import java.util.Optional;
import java.util.regex.Pattern;

/// The words in which problems speak of CEL's types and operators.
final class Words {
    private static final Pattern MAP = Pattern.compile("map\\(string, ");
    private static final Pattern PARAMETER = Pattern.compile("%[A-Z]\\d*");
    private static final Pattern STAND_IN = Pattern.compile("(\\w)_+(?=[,)\\s']|$)");

    private Words() {}

    /// A text that names types as CEL does, in the language's names.
    static String type(String cel) {
        String words = MAP.matcher(cel).replaceAll("map(");
        words = words.replace("optional_type(", "optional(");
        words = PARAMETER.matcher(words).replaceAll("any type");
        return STAND_IN.matcher(words).replaceAll("$1");
    }

    /// What cannot be applied to what.
    static String overload(String function, String signature) {
        String[] operands = operands(signature);
        boolean binary =
                operands.length == 2 && function.startsWith("_") && !function.startsWith("_[");
        if (function.equals("_?_:_") && operands.length == 3) {
            return operands[0].equals("bool")
                    ? "the two results of `? :` are of different types: %s and %s"
                            .formatted(operands[1], operands[2])
                    : "the condition of `? :` is " + operands[0] + ", not bool";
        }
        if (function.equals("_[_]") && operands.length == 2) {
            return "%s cannot be indexed by %s".formatted(operands[0], operands[1]);
        }
        if (function.equals("_[?_]") && operands.length == 2) {
            return "cannot look for an entry %s of %s".formatted(operands[1], operands[0]);
        }
        if (function.equals("@in") && operands.length == 2) {
            return "cannot look for %s in %s".formatted(operands[0], operands[1]);
        }
        if (binary && (function.equals("_==_") || function.equals("_!=_"))) {
            return "cannot compare %s with %s".formatted(operands[0], operands[1]);
        }
        if (binary) {
            return "%s does not work between %s and %s"
                    .formatted(function.replace("_", ""), operands[0], operands[1]);
        }
        if (!Character.isLetter(function.charAt(0))) {
            return "%s does not work on %s"
                    .formatted(function.replace("_", ""), String.join(", ", operands));
        }
        String applied = type(signature);
        return "%s cannot be applied to %s".formatted(function, applied);
    }

    /// What would mend it, where that is plain.
    static Optional<String> help(String function, String signature) {
        String[] operands = operands(signature);
        Optional<String> absent =
                Absent.help(function, operands, type(signature).startsWith("optional("));
        if (absent.isPresent()) {
            return absent;
        }
        if (function.equals("join")) {
            return Optional.of("join() takes a list of strings: use .map(x, string(x)) first");
        }
        if (operands.length != 2 || operands[0].equals(operands[1])) {
            return Optional.empty();
        }
        boolean text = operands[0].equals("string") || operands[1].equals("string");
        String other = operands[0].equals("string") ? operands[1] : operands[0];
        boolean scalar = other.equals("int") || other.equals("double") || other.equals("bool");
        if (text && scalar && function.equals("_+_")) {
            return Optional.of("convert with string(…), or write the text with ${…} inside");
        }
        return scalar && (text || function.startsWith("_"))
                ? Optional.of("convert one side: string(…), int(…) or double(…)")
                : Optional.empty();
    }

    private static String[] operands(String signature) {
        int open = signature.startsWith("(") ? 0 : signature.indexOf(".(") + 1;
        String inner =
                signature.endsWith(")") && open >= 0
                        ? signature.substring(open + 1, signature.length() - 1)
                        : signature;
        return java.util.Arrays.stream(split(inner)).map(Words::type).toArray(String[]::new);
    }

    /// Splits at the commas outside parentheses.
    private static String[] split(String inner) {
        java.util.List<String> parts = new java.util.ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(inner.substring(from, i).strip());
                from = i + 1;
            }
        }
        parts.add(inner.substring(from).strip());
        return parts.toArray(String[]::new);
    }
}
