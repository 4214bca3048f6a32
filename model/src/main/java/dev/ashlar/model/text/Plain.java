package dev.ashlar.model.text;

import java.util.regex.Pattern;

/// Text without what could do something to the terminal of its reader: the one notion of it.
public final class Plain {
    /// What is taken out, as a regular expression: escape sequences as a whole, other control
    /// characters (also those above 127, which some terminals obey), and what turns the direction
    /// of writing round. Tabs and line ends stay.
    public static final String CONTROL =
            "\u001b\\[[0-?]*[ -/]*[@-~]|[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]";

    private static final Pattern PATTERN = Pattern.compile(CONTROL);

    private Plain() {}

    /// The text with its tabs and line ends, and no other control character.
    public static String text(String text) {
        return PATTERN.matcher(text).replaceAll("");
    }

    /// The text as one line of words: a tab is a space, a line end is nothing.
    public static String line(String text) {
        return text(text).replace('\t', ' ').replace("\n", "");
    }
}
