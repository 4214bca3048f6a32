package dev.ashlar.language.name;

import java.util.regex.Pattern;

/// What a name must look like.
public enum NameKind {
    /// Steps, inputs, outputs, fields: what expressions read.
    IDENTIFIER("[a-z][a-z0-9_]*", "a lower-case letter, then lower-case letters, digits and _"),
    /// Packs, components, uses, groups, clusters, sites.
    LABEL("[a-z][a-z0-9_-]*", "a lower-case letter, then lower-case letters, digits, - and _"),
    /// Types.
    TYPE("[A-Z][A-Za-z0-9]*", "an upper-case letter, then letters and digits"),
    /// Machines.
    NODE("[A-Za-z0-9][A-Za-z0-9._-]*", "letters, digits, dots, - and _, no leading dot or dash");

    /// Longest name accepted, in characters; machines and units take it into theirs.
    public static final int LENGTH_MAX = 63;

    private final Pattern pattern;
    private final String rule;

    NameKind(String pattern, String rule) {
        this.pattern = Pattern.compile(pattern);
        this.rule = rule;
    }

    public boolean allows(String name) {
        return name.length() <= LENGTH_MAX && pattern.matcher(name).matches();
    }

    /// The regular expression that matches a whole name.
    public String pattern() {
        return pattern.pattern();
    }

    /// The rule in words.
    public String rule() {
        return rule;
    }
}
