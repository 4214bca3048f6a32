package dev.ashlar.language.yaml;

import java.util.Optional;

/// What usually mends a YAML syntax error, judged by the line it stands on.
final class SyntaxHint {
    private SyntaxHint() {}

    static Optional<String> of(String text, int line, String problem) {
        String content = text.lines().skip(line - 1L).findFirst().orElse("");
        if (content.contains("{{") || content.contains("{%")) {
            return Optional.of(
                    "YAML reads braces as a mapping; expressions are written \"${...}\", in quotes");
        }
        if (content.contains(": ${") || content.contains("- ${")) {
            return Optional.of("put the text with ${...} in double quotes");
        }
        if (problem != null && problem.contains("mapping values are not allowed here")) {
            return Optional.of(
                    "a text that contains \": \" must be quoted; or is the line indented too far?");
        }
        return Optional.empty();
    }
}
