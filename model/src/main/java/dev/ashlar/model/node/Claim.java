package dev.ashlar.model.node;

import dev.ashlar.model.text.Plain;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a node carries of the state that acts on it: which one, and how far that had come when it
/// last did. Each run leaves its own on every node it touches, so that a state that has been
/// copied, lost or put back from long ago is told from the one that was there last.
///
/// @param lineage of the state
/// @param number of the journal's record that began the run
/// @param checksum of that record, 64 hexadecimal digits: covers all before it
/// @param run its number, for people
/// @param holder who acted and where the state lies, for people; one line
public record Claim(String lineage, long number, String checksum, long run, String holder) {
    /// Raised when an older Ashlar would misread it.
    private static final String FORM = "1";

    private static final int LONGEST_HOLDER = 300;
    private static final Pattern TEXT =
            Pattern.compile(
                    FORM + " ([0-9a-f-]{36}) ([0-9]{1,18}) ([0-9a-f]{64}) ([0-9]{1,18}) (.*)");

    public Claim {
        String line = Plain.line(holder);
        int end =
                line.codePointCount(0, line.length()) <= LONGEST_HOLDER
                        ? line.length()
                        : line.offsetByCodePoints(0, LONGEST_HOLDER);
        holder = line.substring(0, end).strip();
    }

    /// One line without its end.
    public String text() {
        return String.join(
                " ", FORM, lineage, Long.toString(number), checksum, Long.toString(run), holder);
    }

    /// True of what a later version may have written; what is neither that nor [parsed][#parse] has
    /// been damaged.
    public static boolean isLater(String text) {
        return text.matches("[0-9]{1,4} .*") && !text.startsWith(FORM + " ");
    }

    /// Empty when the text is none of this form.
    public static Optional<Claim> parse(String text) {
        Matcher found = TEXT.matcher(text);
        return found.matches()
                ? Optional.of(
                        new Claim(
                                found.group(1),
                                Long.parseLong(found.group(2)),
                                found.group(3),
                                Long.parseLong(found.group(4)),
                                found.group(5)))
                : Optional.empty();
    }
}
