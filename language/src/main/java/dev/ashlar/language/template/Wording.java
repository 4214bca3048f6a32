package dev.ashlar.language.template;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Says in the language's words what Pebble found.
final class Wording {
    private static final Pattern MISSING = Pattern.compile("Attribute \\[(.*?)\\] of .*");
    private static final Pattern TOKEN = Pattern.compile("Unexpected token of value \"(.*?)\".*");
    private static final Pattern OTHER_TOKEN =
            Pattern.compile("Unexpected token .* of value \"(.*?)\"");
    private static final Pattern TAG = Pattern.compile("Unexpected tag name \"(.*?)\"");
    private static final Pattern CHARACTER = Pattern.compile("Unexpected character \\[(.*)\\]");
    private static final Pattern LENGTH =
            Pattern.compile("Tried to write more than (\\d+) chars\\.");
    private static final Pattern END =
            Pattern.compile("Unexpected end of template.*\"(.*?)\" tag.*");

    private Wording() {}

    static String of(String message) {
        Matcher missing = MISSING.matcher(message);
        if (missing.matches()) {
            return "there is no \"" + missing.group(1) + "\" in the value read here";
        }
        Matcher token = TOKEN.matcher(message);
        if (token.matches()) {
            return token.group(1).equals("null")
                    ? "the tag is not closed"
                    : "\"" + token.group(1) + "\" is not expected here";
        }
        Matcher other = OTHER_TOKEN.matcher(message);
        if (other.matches()) {
            return "\"" + other.group(1) + "\" is not expected here";
        }
        Matcher tag = TAG.matcher(message);
        if (tag.matches()) {
            return "unknown tag \"" + tag.group(1) + "\"";
        }
        Matcher character = CHARACTER.matcher(message);
        if (character.matches()) {
            return character.group(1).isBlank()
                    ? "the tag is not closed"
                    : "\""
                            + character.group(1)
                            + "\" is not expected here, or a string or tag is not closed";
        }
        Matcher length = LENGTH.matcher(message);
        if (length.matches()) {
            return "it prints more than " + length.group(1) + " characters";
        }
        Matcher end = END.matcher(message);
        if (end.matches()) {
            return "the template ends without its \"" + end.group(1) + "\"";
        }
        return message.isEmpty()
                ? "cannot be rendered"
                : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    /// The name that a message speaks of, to point at.
    static String subject(String message) {
        for (Pattern pattern : new Pattern[] {MISSING, TOKEN, OTHER_TOKEN, TAG, CHARACTER}) {
            Matcher matcher = pattern.matcher(message);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        return "";
    }
}
