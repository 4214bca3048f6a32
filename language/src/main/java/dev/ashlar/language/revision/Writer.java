package dev.ashlar.language.revision;

import dev.ashlar.language.revision.Revision.Done;
import dev.ashlar.language.revision.Revision.Refused;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.value.Value;
import java.util.List;
import java.util.Optional;

/// Writes one value into a text.
final class Writer {
    private final String text;
    private final Written written;
    private final String path;
    private final Value value;

    Writer(String text, String path, Value value) {
        this.text = text;
        this.written = new Written(text);
        this.path = path;
        this.value = value;
    }

    /// @param keys from here to the value; the mappings on the way are there, but for the last and
    ///   that of a use in its short form
    Revision at(YamlNode.Mapping mapping, List<String> keys) {
        List<String> below = keys.subList(1, keys.size());
        Optional<YamlNode.Entry> entry = mapping.entry(keys.getFirst());
        if (entry.isEmpty()) {
            return insert(mapping, keys.getFirst(), nested(below));
        }
        if (below.isEmpty()) {
            return replace(entry.get());
        }
        return switch (entry.get().value()) {
            case YamlNode.Mapping inner -> at(inner, below);
            case YamlNode.Scalar component when below.getFirst().equals(Revision.WITH) ->
                    put(
                            written.start(component),
                            written.end(component),
                            "{ component: "
                                    + component.raw()
                                    + ", with: "
                                    + nested(below.subList(1, below.size()))
                                    + " }");
            case YamlNode.Scalar _, YamlNode.Sequence _ -> refused("the file has no place for it");
        };
    }

    /// The value under the keys that are not there yet.
    private String nested(List<String> keys) {
        return keys.reversed().stream()
                .reduce(
                        FlowText.of(value, false),
                        (inner, key) -> "{ " + key + ": " + inner + " }",
                        (a, _) -> a);
    }

    private Revision insert(YamlNode.Mapping mapping, String key, String inner) {
        String line = key + ": " + inner;
        if (mapping.entries().isEmpty()) {
            return put(written.start(mapping), written.end(mapping), "{ " + line + " }");
        }
        int end = written.end(mapping.entries().getLast().value());
        if (written.isFlow(mapping)) {
            return put(end, end, ", " + line);
        }
        int at = written.lineEnd(end);
        String indent = " ".repeat(mapping.span().column() - 1);
        return put(at, at, written.lineEnd() + indent + line);
    }

    private Revision replace(YamlNode.Entry entry) {
        YamlNode old = entry.value();
        int from = written.start(old);
        int to = written.end(old);
        return switch (old) {
            case YamlNode.Scalar scalar
                    when isBlock(scalar)
                            && scalar.raw().lines().findFirst().orElse("").contains("#") ->
                    refused("a comment stands in what it would replace");
            case YamlNode.Scalar scalar -> {
                boolean quoted = !scalar.plain() && !isBlock(scalar);
                String gap = text.startsWith(":", from - 1) ? " " : "";
                yield put(from, to, gap + FlowText.of(value, quoted));
            }
            case YamlNode.Mapping _, YamlNode.Sequence _ -> {
                int start = written.isFlow(old) ? from : written.afterColon(entry.key());
                yield written.hasComment(start, to, old)
                        ? refused("a comment stands in what it would replace")
                        : put(start, to, (start == from ? "" : " ") + FlowText.of(value));
            }
        };
    }

    private static boolean isBlock(YamlNode.Scalar scalar) {
        return !scalar.plain() && (scalar.raw().startsWith("|") || scalar.raw().startsWith(">"));
    }

    private Revision put(int from, int to, String replacement) {
        return new Done(text.substring(0, from) + replacement + text.substring(to));
    }

    private Revision refused(String reason) {
        return new Refused(path, reason);
    }
}
