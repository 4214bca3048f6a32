package dev.ashlar.language.revision;

import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A text with the places of its nodes, as offsets.
final class Written {
    private final String text;
    private final List<Integer> lines = new ArrayList<>(List.of(0));

    Written(String text) {
        this.text = text;
        for (int i = 0; i < text.length(); i++) {
            boolean ends =
                    text.charAt(i) == '\n'
                            || (text.charAt(i) == '\r' && !text.startsWith("\n", i + 1));
            if (ends) {
                lines.add(i + 1);
            }
        }
    }

    /// How its lines end.
    String lineEnd() {
        return Stream.of("\r\n", "\n", "\r").filter(text::contains).findFirst().orElse("\n");
    }

    int start(YamlNode node) {
        return offset(node.span().line(), node.span().column());
    }

    /// Where the last of a node's own text ends: line ends and comments after it are not part of
    /// it.
    int end(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> start(scalar) + scalar.raw().stripTrailing().length();
            case YamlNode.Mapping(var entries, Span span) ->
                    isFlow(node) || entries.isEmpty()
                            ? offset(span.endLine(), span.endColumn())
                            : end(entries.getLast().value());
            case YamlNode.Sequence(var elements, Span span) ->
                    isFlow(node) || elements.isEmpty()
                            ? offset(span.endLine(), span.endColumn())
                            : end(elements.getLast());
        };
    }

    /// True for a collection in braces or brackets.
    boolean isFlow(YamlNode node) {
        int at = start(node);
        return !(node instanceof YamlNode.Scalar)
                && (text.startsWith("{", at) || text.startsWith("[", at));
    }

    /// The end of the colon after a key.
    int afterColon(YamlNode.Scalar key) {
        return text.indexOf(':', end(key)) + 1;
    }

    /// The end of the line, without what ends it.
    int lineEnd(int offset) {
        int at = offset;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        return at;
    }

    /// True where something between two offsets is part of no scalar of a node and begins a
    /// comment.
    boolean hasComment(int from, int to, YamlNode node) {
        StringBuilder rest = new StringBuilder(text.substring(from, to));
        blank(rest, from, node);
        return rest.indexOf("#") >= 0;
    }

    private void blank(StringBuilder rest, int from, YamlNode node) {
        switch (node) {
            case YamlNode.Scalar scalar -> {
                int start = Math.max(0, start(scalar) - from);
                for (int i = start; i < Math.min(rest.length(), end(scalar) - from); i++) {
                    rest.setCharAt(i, ' ');
                }
            }
            case YamlNode.Mapping(var entries, _) ->
                    entries.forEach(entry -> {
                        blank(rest, from, entry.key());
                        blank(rest, from, entry.value());
                    });
            case YamlNode.Sequence(var elements, _) ->
                    elements.forEach(element -> blank(rest, from, element));
        }
    }

    private int offset(int line, int column) {
        int from = lines.get(Math.min(line, lines.size()) - 1);
        int points = Math.min(column - 1, text.codePointCount(from, text.length()));
        return text.offsetByCodePoints(from, points);
    }
}
