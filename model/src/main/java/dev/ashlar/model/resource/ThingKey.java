package dev.ashlar.model.resource;

import dev.ashlar.model.text.Sha256;
import java.util.regex.Pattern;

/// What tells one thing on a node from all others, whichever step is about it: the name under which
/// the node keeps what was there before, and by which the record tells apart what a step owns.
public final class ThingKey {
    private static final int DIGITS = 20;
    private static final Pattern SYNTAX = Pattern.compile("[a-z]+-[0-9a-f]{" + DIGITS + "}");

    private ThingKey() {}

    /// A line is told from its file's other lines by what it replaces, a block by its name.
    static String of(Resource resource) {
        String more =
                switch (resource.kind()) {
                    case LINE ->
                            resource.text("match").isEmpty()
                                    ? resource.text("line")
                                    : resource.text("match");
                    case BLOCK -> resource.text("name");
                    default -> "";
                };
        return of(resource.kind().word(), resource.identity(), more);
    }

    /// @param more what tells it from others of its kind that are called the same; empty where
    ///   nothing else is
    public static String of(String kind, String identity, String more) {
        return kind + "-" + Sha256.hex(identity + "\0" + more).substring(0, DIGITS);
    }

    public static boolean isKey(String text) {
        return SYNTAX.matcher(text).matches();
    }
}
