package dev.ashlar.app.command;

import dev.ashlar.app.cluster.ClusterRequest;
import dev.ashlar.nodes.channel.ShellText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a person may type into a shell, on one line.
final class ShellWords {
    private ShellWords() {}

    /// A verb with the cluster and the site that were asked for.
    ///
    /// @param further options, as they may be typed
    static String command(String verb, ClusterRequest request, String... further) {
        List<String> words = new ArrayList<>(List.of("ashlar", verb));
        request.given().ifPresent(cluster -> words.add(quoted(cluster.toString())));
        Optional.of(request.from().toString())
                .filter(folder -> !folder.isEmpty())
                .ifPresent(folder -> words.add("-C " + quoted(folder)));
        request.site().ifPresent(site -> words.add("--site " + quoted(site)));
        words.addAll(List.of(further));
        words.removeIf(String::isEmpty);
        return "`" + String.join(" ", words) + "`";
    }

    /// Words of a command, each as it is.
    static String line(List<String> words) {
        return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
    }

    /// Where a file or a folder is, as it may be typed from here.
    static String path(Path path) {
        Path here = Path.of("").toAbsolutePath();
        Path there = path.toAbsolutePath().normalize();
        return there.startsWith(here) && !there.equals(here)
                ? here.relativize(there).toString()
                : there.toString();
    }

    /// What sets these; empty where nothing is set.
    static String sets(Map<String, String> overrides) {
        return overrides.entrySet().stream()
                .map(one -> "--set " + quoted(one.getKey() + "=" + one.getValue()))
                .collect(Collectors.joining(" "));
    }

    /// What resets these, each alone; empty where there are none.
    static String resets(Collection<String> paths) {
        return paths.stream()
                .map(path -> "--reset=" + quoted(path))
                .collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.chars().noneMatch(Character::isISOControl)
                ? ShellText.line(List.of(word))
                : word.codePoints()
                        .mapToObj(ShellWords::escaped)
                        .collect(Collectors.joining("", "$'", "'"));
    }

    private static String escaped(int point) {
        return switch (point) {
            case '\n' -> "\\n";
            case '\'' -> "\\'";
            case '\\' -> "\\\\";
            default -> Character.isISOControl(point) ? octal(point) : Character.toString(point);
        };
    }

    private static String octal(int point) {
        StringBuilder octal = new StringBuilder();
        for (byte one : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
            octal.append("\\%03o".formatted(one & 0xff));
        }
        return octal.toString();
    }
}
