package dev.ashlar.app.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// A secret that is looked for where it must not be: as it is, and in the spellings in which one
/// gets about.
public final class Needle {
    private final Map<String, byte[]> spellings = new LinkedHashMap<>();

    public Needle(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String hex = HexFormat.of().formatHex(bytes);
        put("plain", secret);
        put("hex", hex);
        put("HEX", HexFormat.of().withUpperCase().formatHex(bytes));
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        put("URL", url);
        put("URL with %20", url.replace("+", "%20"));
        put("url", lowerEscapes(url));
        String json = JsonMapper.shared().writeValueAsString(secret);
        put("JSON", json.substring(1, json.length() - 1));
        put("JSON in ASCII", ascii(json.substring(1, json.length() - 1), "\\u%04X"));
        put("json in ascii", ascii(json.substring(1, json.length() - 1), "\\u%04x"));
        spellings.put("UTF-16LE", secret.getBytes(StandardCharsets.UTF_16LE));
        spellings.put("UTF-16BE", secret.getBytes(StandardCharsets.UTF_16BE));
        for (int begin = 0; begin < 3; begin++) {
            String base64 = base64(bytes, begin);
            put("base64 from " + begin, base64);
            put("base64url from " + begin, base64.replace('+', '-').replace('/', '_'));
        }
    }

    private void put(String name, String text) {
        spellings.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String lowerEscapes(String url) {
        return Pattern.compile("%..")
                .matcher(url)
                .replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT));
    }

    private static String ascii(String text, String escape) {
        StringBuilder plain = new StringBuilder();
        text.chars()
                .forEach(one ->
                        plain.append(
                                one < 0x80 ? String.valueOf((char) one) : escape.formatted(one)));
        return plain.toString();
    }

    /// What is the same whatever stands around it.
    private static String base64(byte[] bytes, int begin) {
        byte[] moved = new byte[begin + bytes.length];
        System.arraycopy(bytes, 0, moved, begin, bytes.length);
        int whole = moved.length / 3 * 3;
        String text = Base64.getEncoder().encodeToString(Arrays.copyOf(moved, whole));
        return text.substring(begin == 0 ? 0 : 4);
    }

    /// The spellings that have a line of their own in a file of patterns.
    public byte[] patterns() {
        List<String> lines = new ArrayList<>();
        spellings.forEach((name, bytes) -> {
            if (!name.startsWith("UTF-16")) {
                lines.add(new String(bytes, StandardCharsets.UTF_8));
            }
        });
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    /// How it is written in there, if it is.
    public List<String> in(byte[] bytes) {
        String hay = new String(bytes, StandardCharsets.ISO_8859_1);
        return spellings.entrySet().stream()
                .filter(one ->
                        hay.contains(new String(one.getValue(), StandardCharsets.ISO_8859_1)))
                .map(Map.Entry::getKey)
                .toList();
    }

    public List<String> in(String text) {
        return in(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The files below a folder that it is in, each with how it is written there.
    ///
    /// @param spared folders that are not looked into
    public List<String> below(Path folder, List<Path> spared) {
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                if (Files.isRegularFile(file) && spared.stream().noneMatch(file::startsWith)) {
                    in(Files.readAllBytes(file)).forEach(how -> found.add(file + ": " + how));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
