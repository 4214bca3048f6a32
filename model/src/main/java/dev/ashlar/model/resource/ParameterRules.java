package dev.ashlar.model.resource;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What parameters of resources must look like beyond their type, whether they are written or
/// worked out.
public final class ParameterRules {
    /// The mode of a file with a secret where nobody says another.
    public static final String OWNER_ONLY = "0600";

    private record Rule(Pattern pattern, String words) {}

    /// One path has one spelling, and names cannot be taken for options or lead elsewhere.
    private static final Map<String, Rule> RULES =
            Map.ofEntries(
                    rule(
                            "path",
                            "(/(?!\\.{1,2}(/|$))[^/\\p{Cc}\\p{Cs}]+)+/?",
                            "an absolute path, without //, . and .. in it"),
                    rule("mode", "[0-7]{3,4}", "octal, such as \"0644\""),
                    rule("sha256", "[0-9a-f]{64}", "64 hexadecimal digits"),
                    rule("state", "running|stopped", "running or stopped"),
                    rule("package name", "[A-Za-z0-9][A-Za-z0-9+._:~@-]*", "a package's name"),
                    rule("service name", "[A-Za-z0-9_][A-Za-z0-9_:.@\\\\-]*", "a unit's name"),
                    rule("repository name", "[A-Za-z0-9][A-Za-z0-9_.-]*", "a file's name"),
                    rule("user name", "[A-Za-z_][A-Za-z0-9_.-]*\\$?", "a user's name"),
                    rule("group name", "[A-Za-z_][A-Za-z0-9_.-]*\\$?", "a group's name"),
                    rule(
                            "sysctl key",
                            "[A-Za-z0-9_-]+([./][A-Za-z0-9_:@-]+)*",
                            "a kernel parameter, such as net.ipv4.ip_forward"),
                    rule("block name", "[^\\p{Cc}\\p{Cs}]+", "a text of one line"),
                    rule("line line", "[^\\n\\x00]*", "a line"));

    /// @param of a parameter, of all kinds or of one
    private static Map.Entry<String, Rule> rule(String of, String pattern, String words) {
        return Map.entry(of, new Rule(Pattern.compile(pattern), words));
    }

    private ParameterRules() {}

    /// True of a mode that gives people other than owner and group anything.
    public static boolean isForEverybody(String mode) {
        return !mode.endsWith("0");
    }

    /// What is wrong with a text, if anything: `"path" of file must be an absolute path …`.
    public static Optional<String> violation(ResourceKind kind, String parameter, String text) {
        return Optional.ofNullable(
                        RULES.getOrDefault(kind.word() + " " + parameter, RULES.get(parameter)))
                .filter(rule -> !rule.pattern().matcher(text).matches())
                .map(rule ->
                        "\"" + parameter + "\" of " + kind.word() + " must be " + rule.words());
    }
}
