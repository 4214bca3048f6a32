package dev.ashlar.model.resource;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// What tells one thing on a node from all others, whichever step is about it: the name under which
/// the node keeps what was there before, and by which the record knows who else has it.
public final class ThingKey {
    private static final int DIGITS = 20;
    private static final Pattern SYNTAX = Pattern.compile("[a-z-]+-[0-9a-f]{" + DIGITS + "}");

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
        return of(resource.kind().word(), resource.identity() + "\0" + more);
    }

    /// Of a thing that its kind and what it is called tell from all others.
    public static String of(String kind, String identity) {
        String digest = sha256(identity.contains("\0") ? identity : identity + "\0");
        return kind + "-" + digest.substring(0, DIGITS);
    }

    public static boolean isKey(String text) {
        return SYNTAX.matcher(text).matches();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
