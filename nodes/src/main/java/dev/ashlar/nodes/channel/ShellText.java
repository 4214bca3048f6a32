package dev.ashlar.nodes.channel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Makes data safe inside a program. Thread safe.
public final class ShellText {
    private static final SecureRandom RANDOM = new SecureRandom();

    /// Linux gives no program a word of more than 128 KiB.
    private static final int MOST_WORD_BYTES = 100_000;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private ShellText() {}

    /// A text that no shell can hold.
    public static final class NulException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        private NulException() {
            super("a shell word can't hold NUL");
        }
    }

    /// The text as one word of a command.
    ///
    /// @throws NulException when it holds a NUL, which no shell can
    public static String quoted(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new NulException();
        }
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /// Each text as one word of a command.
    ///
    /// @throws NulException when one holds a NUL, which no shell can
    public static String quoted(List<String> texts) {
        return texts.stream().map(ShellText::quoted).collect(Collectors.joining(" "));
    }

    /// A command as a person would type it: words are quoted only where they hold what a shell
    /// minds. The first must be no keyword of a shell, and no assignment.
    public static String line(List<String> words) {
        return words.stream()
                .map(word -> PLAIN.matcher(word).matches() ? word : quoted(word))
                .collect(Collectors.joining(" "));
    }

    /// Random, of the letters and digits that no shell minds.
    public static String token() {
        byte[] bytes = new byte[12];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// A command that writes the bytes to the file that `path` (already shell text) names; sets
    /// `bad` when it can't.
    public static String writing(byte[] bytes, String path) {
        String end = "END_" + token();
        String text = new String(bytes, StandardCharsets.UTF_8);
        boolean plain =
                text.endsWith("\n")
                        && text.indexOf('\0') < 0
                        && text.indexOf('\r') < 0
                        && !text.contains(end)
                        && java.util.Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
        return plain
                ? "cat >" + path + " <<'" + end + "' || bad=yes\n" + text + end + "\n"
                : "base64 -d >"
                        + path
                        + " <<'"
                        + end
                        + "' || bad=yes\n"
                        + Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(bytes)
                        + "\n"
                        + end
                        + "\n";
    }

    /// The same with a text, which takes no process where the shell has a printf of its own. It
    /// must hold no secret: where printf is a program, everybody on the node sees its words.
    ///
    /// @throws NulException when it holds a NUL, which no shell can
    public static String saying(String text, String path) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length > MOST_WORD_BYTES
                ? writing(bytes, path)
                : "printf %s " + quoted(text) + " >" + path + " || bad=yes\n";
    }

    /// A shell text that is packed with Ashlar.
    public static String packed(Class<?> beside, String name) {
        try (InputStream stream = beside.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is not packed beside " + beside);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
