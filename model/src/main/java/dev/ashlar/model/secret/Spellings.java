package dev.ashlar.model.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;

/// How programs write a text: as it is, in hexadecimal digits, in base64 (RFC 4648) wherever in it
/// the text begins, percent-encoded (RFC 3986), and as part of a JSON text (RFC 8259).
final class Spellings {
    private static final String UNRESERVED = "-._~";

    private Spellings() {}

    /// Each once; line breaks at its end are no part of a secret.
    static List<byte[]> of(String secret) {
        String text = secret.replaceFirst("[\\r\\n]+$", "");
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Set<String> all = new LinkedHashSet<>();
        all.add(latin(bytes));
        String hex = HexFormat.of().formatHex(bytes);
        all.add(hex);
        all.add(hex.toUpperCase(Locale.ROOT));
        for (int begin = 0; begin < 3; begin++) {
            all.add(base64(Base64.getEncoder(), bytes, begin));
            all.add(base64(Base64.getUrlEncoder(), bytes, begin));
        }
        for (boolean slashes : new boolean[] {true, false}) {
            String percent = percent(bytes, slashes);
            all.add(percent);
            all.add(percent.replace("%20", "+"));
            all.add(lowerCased(percent));
        }
        all.add(latin(json(text, c -> c >= ' ').getBytes(StandardCharsets.UTF_8)));
        all.add(latin(json(text, c -> c >= ' ' && c < 0x7f).getBytes(StandardCharsets.UTF_8)));
        List<byte[]> spellings = new ArrayList<>();
        all.forEach(one -> spellings.add(one.getBytes(StandardCharsets.ISO_8859_1)));
        return spellings;
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /// What is the same whatever stands before and after: of a group of three bytes the secret may
    /// begin at each.
    private static String base64(Base64.Encoder encoder, byte[] bytes, int begin) {
        byte[] moved = new byte[begin + bytes.length];
        System.arraycopy(bytes, 0, moved, begin, bytes.length);
        String text = encoder.withoutPadding().encodeToString(moved);
        int mixedAtBegin = begin == 0 ? 0 : begin + 1;
        int mixedAtEnd = moved.length % 3 == 0 ? 0 : 1;
        return text.length() > mixedAtBegin + mixedAtEnd
                ? text.substring(mixedAtBegin, text.length() - mixedAtEnd)
                : "";
    }

    private static String percent(byte[] bytes, boolean slashes) {
        StringBuilder text = new StringBuilder();
        for (byte one : bytes) {
            char c = (char) (one & 0xff);
            boolean isPlain =
                    c < 0x80
                            && (Character.isLetterOrDigit(c)
                                    || UNRESERVED.indexOf(c) >= 0
                                    || (!slashes && c == '/'));
            text.append(isPlain ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return text.toString();
    }

    /// The digits behind each `%`, and nothing else.
    private static String lowerCased(String percent) {
        char[] all = percent.toCharArray();
        for (int i = 0; i + 2 < all.length; i++) {
            if (all[i] == '%') {
                all[i + 1] = Character.toLowerCase(all[i + 1]);
                all[i + 2] = Character.toLowerCase(all[i + 2]);
            }
        }
        return String.valueOf(all);
    }

    private static String json(String text, IntPredicate isPlain) {
        StringBuilder written = new StringBuilder();
        text.chars()
                .forEach(c ->
                        written.append(
                                switch (c) {
                                    case '"' -> "\\\"";
                                    case '\\' -> "\\\\";
                                    case '\n' -> "\\n";
                                    case '\r' -> "\\r";
                                    case '\t' -> "\\t";
                                    default ->
                                            isPlain.test(c)
                                                    ? String.valueOf((char) c)
                                                    : "\\u%04x".formatted(c);
                                }));
        return written.toString();
    }
}
