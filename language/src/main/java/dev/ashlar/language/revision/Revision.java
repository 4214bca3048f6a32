package dev.ashlar.language.revision;

import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.language.yaml.YamlReader;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A cluster's file with values written into it. Comments, order, quotes, line ends and everything
/// else that is not such a value stay as they are.
public sealed interface Revision {
    String GROUPS = "groups";
    String USES = "uses";
    String WITH = "with";
    String COMPONENT = "component";

    /// The file's new text.
    record Done(String text) implements Revision {}

    /// A value that cannot be written without touching something else.
    ///
    /// @param path of the value
    /// @param reason in words
    record Refused(String path, String reason) implements Revision {}

    /// Writes values in: over what a key has, or under a new key. A collection is written on one
    /// line; a use in its short form becomes `{ component: …, with: { … } }`.
    ///
    /// @param text of a file that has been loaded without an error
    /// @param values by path, such as `groups.store.count`
    static Revision of(String text, SequencedMap<String, Value> values) {
        String mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
        String revised = text.substring(mark.length());
        for (Map.Entry<String, Value> one : values.entrySet()) {
            switch (write(revised, one.getKey(), one.getValue())) {
                case Done(String next) -> revised = next;
                case Refused refused -> {
                    return refused;
                }
            }
        }
        return new Done(mark + revised);
    }

    private static Revision write(String text, String path, Value value) {
        Optional<YamlNode.Mapping> before = read(text);
        Optional<List<String>> keys = keys(path);
        if (before.isEmpty() || keys.isEmpty()) {
            return new Refused(path, "the file has no place for it");
        }
        Revision revised = new Writer(text, path, value).at(before.get(), keys.get());
        if (revised instanceof Done(String next) && !isSameBut(keys.get(), before.get(), next)) {
            return new Refused(path, "something beside it would change");
        }
        return revised;
    }

    private static boolean isSameBut(List<String> keys, YamlNode before, String next) {
        return read(next)
                .map(after -> Outline.of(after).without(keys))
                .filter(Outline.of(before).without(keys)::equals)
                .isPresent();
    }

    private static Optional<YamlNode.Mapping> read(String text) {
        Diagnostics problems = new Diagnostics();
        return new YamlReader(problems)
                .read("", text.getBytes(StandardCharsets.UTF_8))
                .root()
                .filter(root -> root instanceof YamlNode.Mapping && !problems.hasErrors())
                .map(YamlNode.Mapping.class::cast);
    }

    /// The keys that lead to a path's value.
    private static Optional<List<String>> keys(String path) {
        List<String> names = List.of(path.split("\\."));
        if (!names.getFirst().equals(GROUPS)) {
            return Optional.of(names);
        }
        return switch (names.size()) {
            case 3 -> Optional.of(names);
            case 4 ->
                    Optional.of(
                            List.of(GROUPS, names.get(1), USES, names.get(2), WITH, names.get(3)));
            default -> Optional.empty();
        };
    }
}
