package dev.ashlar.language.revision;

import dev.ashlar.language.yaml.YamlNode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a cluster's file says, without where and how: each scalar by the keys that lead to it. A
/// use in its short form reads as in its long one.
record Outline(SortedMap<List<String>, String> scalars) {
    private static final int DEPTH_OF_USE = 4;

    static Outline of(YamlNode root) {
        SortedMap<List<String>, String> scalars =
                new TreeMap<>((a, b) -> String.join("\n", a).compareTo(String.join("\n", b)));
        collect(root, List.of(), scalars);
        return new Outline(scalars);
    }

    private static void collect(
            YamlNode node, List<String> at, SortedMap<List<String>, String> scalars) {
        switch (node) {
            case YamlNode.Scalar scalar ->
                    scalars.put(
                            isUse(at) ? below(at, Revision.COMPONENT) : at,
                            scalar.kind() + " " + scalar.text());
            case YamlNode.Mapping(var entries, _) -> {
                if (entries.isEmpty()) {
                    scalars.put(at, "{}");
                }
                entries.forEach(entry -> collect(entry.value(), below(at, entry.name()), scalars));
            }
            case YamlNode.Sequence(var elements, _) -> {
                scalars.put(at, "[" + elements.size() + "]");
                for (int i = 0; i < elements.size(); i++) {
                    collect(elements.get(i), below(at, Integer.toString(i)), scalars);
                }
            }
        }
    }

    private static boolean isUse(List<String> at) {
        return at.size() == DEPTH_OF_USE
                && at.getFirst().equals(Revision.GROUPS)
                && at.get(2).equals(Revision.USES);
    }

    private static List<String> below(List<String> at, String name) {
        return Stream.concat(at.stream(), Stream.of(name)).toList();
    }

    /// The same without what is at or below these keys; a mapping with nothing else in it goes too.
    Outline without(List<String> keys) {
        return new Outline(
                scalars.entrySet().stream()
                        .filter(e -> !isPrefix(keys, e.getKey()) && !isEmptyAbove(keys, e))
                        .collect(
                                Collectors.toMap(
                                        java.util.Map.Entry::getKey,
                                        java.util.Map.Entry::getValue,
                                        (a, _) -> a,
                                        () -> new TreeMap<>(scalars.comparator()))));
    }

    private static boolean isEmptyAbove(
            List<String> keys, java.util.Map.Entry<List<String>, String> entry) {
        return entry.getValue().equals("{}") && isPrefix(entry.getKey(), keys);
    }

    private static boolean isPrefix(List<String> prefix, List<String> keys) {
        return keys.size() >= prefix.size() && keys.subList(0, prefix.size()).equals(prefix);
    }
}
