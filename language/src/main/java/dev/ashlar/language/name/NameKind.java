package dev.ashlar.language.name;

import java.util.regex.Pattern;

/// What a name must look like.
public enum NameKind {
    /// Steps, inputs, outputs, fields: what expressions read.
    IDENTIFIER("[a-z][a-z0-9_]*", "a lower-case letter, then lower-case letters, digits and _"),
    /// Packs, components, uses, groups, clusters, sites.
    LABEL("[a-z][a-z0-9_-]*", "a lower-case letter, then lower-case letters, digits, - and _"),
    /// A component of a pack.
    REFERENCE("[a-z][a-z0-9_-]*/[a-z][a-z0-9_-]*", "PACK/COMPONENT, as uses name it"),
    /// Where a group's nodes come from.
    PROVIDER(
            "([a-z][a-z0-9_-]*/)?[a-z][a-z0-9_-]*",
            "PROVIDER of the cluster's site, or SITE/PROVIDER of another"),
    /// Types.
    TYPE("[A-Z][A-Za-z0-9]*", "an upper-case letter, then letters and digits"),
    /// Machines.
    NODE("[A-Za-z0-9][A-Za-z0-9._-]*", "letters, digits, dots, - and _, no leading dot or dash");

    private final Pattern pattern;
    private final String rule;

    NameKind(String pattern, String rule) {
        this.pattern = Pattern.compile(pattern);
        this.rule = rule;
    }

    public boolean allows(String name) {
        return name.length() <= longest() && pattern.matcher(name).matches();
    }

    /// How long it may be, in characters; machines and units take names into theirs.
    public int longest() {
        return this == REFERENCE || this == PROVIDER ? 127 : 63;
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
