package dev.ashlar.providers.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where the host's apt finds Debian, read from its own files, and the same for a machine. Pure.
final class AptSources {
    private static final String KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

    private AptSources() {}

    /// One archive of Debian packages.
    record Source(String uri, List<String> suites, List<String> components) {
        Source {
            suites = List.copyOf(suites);
            components = List.copyOf(components);
        }
    }

    /// Reads paragraphs of `Types: URIs: Suites: Components:`; sources and disabled ones are left
    /// out.
    static List<Source> parseParagraphs(String text) {
        List<Source> sources = new ArrayList<>();
        String uncommented =
                String.join("\n", text.lines().filter(line -> !line.startsWith("#")).toList());
        for (String paragraph : uncommented.split("\n\\s*\n")) {
            Map<String, String> fields = fields(paragraph);
            boolean enabled = !"no".equals(fields.getOrDefault("enabled", "yes"));
            if (enabled && words(fields, "types").contains("deb")) {
                for (String uri : words(fields, "uris")) {
                    sources.add(
                            new Source(uri, words(fields, "suites"), words(fields, "components")));
                }
            }
        }
        return sources;
    }

    /// Reads lines `deb [options] URI SUITE COMPONENT...`.
    static List<Source> parseLines(String text) {
        List<Source> sources = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String plain = line.replaceAll("#.*", "").replaceAll("\\[[^]]*]", " ").strip();
            List<String> words = Arrays.asList(plain.split("\\s+"));
            if (words.size() >= 4 && words.getFirst().equals("deb")) {
                sources.add(
                        new Source(
                                words.get(1),
                                List.of(words.get(2)),
                                words.subList(3, words.size())));
            }
        }
        return sources;
    }

    /// Those that hold Debian's own packages for the host's release, said for another release.
    static List<Source> forRelease(List<Source> all, String hostRelease, String release) {
        List<Source> chosen = new ArrayList<>();
        for (Source source : all) {
            List<String> suites =
                    source.suites().stream()
                            .filter(suite -> isDebians(suite, hostRelease))
                            .map(suite -> release + suite.substring(hostRelease.length()))
                            .toList();
            if (!suites.isEmpty() && source.components().contains("main")) {
                chosen.add(new Source(source.uri(), suites, List.of("main")));
            }
        }
        return chosen;
    }

    private static boolean isDebians(String suite, String release) {
        return suite.equals(release)
                || suite.equals(release + "-updates")
                || suite.equals(release + "-security");
    }

    /// Where the release itself, not its updates, is found.
    static Optional<String> mirror(List<Source> sources, String release) {
        return sources.stream()
                .filter(source -> source.suites().contains(release))
                .map(Source::uri)
                .findFirst();
    }

    /// The text of a machine's `debian.sources`.
    static String render(List<Source> sources) {
        StringBuilder text = new StringBuilder();
        for (Source source : sources) {
            text.append("Types: deb\nURIs: ")
                    .append(source.uri())
                    .append("\nSuites: ")
                    .append(String.join(" ", source.suites()))
                    .append("\nComponents: ")
                    .append(String.join(" ", source.components()))
                    .append("\nSigned-By: ")
                    .append(KEYRING)
                    .append("\n\n");
        }
        return text.toString();
    }

    /// Of all that `apt-config dump` prints, what a machine needs to fetch as the host does.
    static String fetchOptions(String dump) {
        List<String> kept =
                dump.lines()
                        .filter(line -> line.matches("Acquire::(https?|Check-|Languages).*"))
                        .filter(line -> !line.endsWith(" \"\";"))
                        .toList();
        return kept.isEmpty() ? "" : String.join("\n", kept) + "\n";
    }

    private static Map<String, String> fields(String paragraph) {
        Map<String, String> fields = new LinkedHashMap<>();
        String last = "";
        for (String line : paragraph.split("\n")) {
            int colon = line.indexOf(':');
            if (line.startsWith(" ") || line.startsWith("\t")) {
                fields.merge(last, line.strip(), (before, more) -> before + " " + more);
            } else if (colon > 0) {
                last = line.substring(0, colon).toLowerCase(Locale.ROOT);
                fields.put(last, line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    private static List<String> words(Map<String, String> fields, String name) {
        String value = fields.getOrDefault(name, "").strip();
        return value.isEmpty() ? List.of() : List.of(value.split("\\s+"));
    }
}
