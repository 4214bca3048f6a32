package dev.ashlar.language.yaml;

import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// Builds the tree from the parser's events.
final class TreeBuilder {
    private static final LoadSettings SETTINGS = LoadSettings.builder().build();

    private final String file;
    private final String text;
    private final Diagnostics diagnostics;
    private final java.util.Iterator<Event> events;
    private final int[] offsets;
    private boolean isBeyond;
    private int count;

    TreeBuilder(String file, String text, Diagnostics diagnostics) {
        this.file = file;
        this.text = text;
        this.diagnostics = diagnostics;
        this.offsets = offsets(text);
        this.events = new Parse(SETTINGS).parseString(text).iterator();
    }

    /// The root; empty when it cannot be used.
    Optional<YamlNode> document() {
        Optional<YamlNode> root = Optional.empty();
        boolean empty = true;
        while (!isBeyond && events.hasNext()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent start) {
                if (!empty) {
                    report(Code.ASH0002, span(start), "a second document begins here");
                    return Optional.empty();
                }
                empty = false;
                root = Optional.ofNullable(node(events.next(), 1));
            }
        }
        if (empty) {
            report(Code.ASH0103, Span.wholeFile(file), "file is empty");
        }
        return isBeyond ? Optional.empty() : root;
    }

    /// A node, or null for one that was refused. Beyond what is too deep or too much nothing is
    /// read: the parser's time grows with the square of the depth.
    private @Nullable YamlNode node(Event event, int depth) {
        if (++count > YamlReader.COUNT_MAX) {
            report(
                    Code.ASH0005,
                    span(event),
                    "more than " + YamlReader.COUNT_MAX + " keys, values and lists");
            isBeyond = true;
            return null;
        }
        refuse(event);
        if (depth > YamlReader.DEPTH_MAX && event instanceof CollectionStartEvent) {
            report(
                    Code.ASH0005,
                    span(event),
                    "nested more than " + YamlReader.DEPTH_MAX + " levels deep");
            isBeyond = true;
            return null;
        }
        return switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event);
            case SequenceStart -> sequence(event, depth);
            case MappingStart -> mapping(event, depth);
            default -> null;
        };
    }

    private @Nullable YamlNode sequence(Event start, int depth) {
        List<YamlNode> elements = new ArrayList<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.SequenceEnd) {
            YamlNode element = node(event, depth + 1);
            if (isBeyond) {
                return null;
            }
            if (element != null) {
                elements.add(element);
            }
            event = events.next();
        }
        return new YamlNode.Sequence(elements, extent(start, event));
    }

    private @Nullable YamlNode mapping(Event start, int depth) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.MappingEnd) {
            YamlNode key = node(event, depth + 1);
            YamlNode value = isBeyond ? null : node(events.next(), depth + 1);
            if (isBeyond) {
                return null;
            }
            if (key instanceof YamlNode.Scalar name) {
                put(entries, name, value);
            } else if (key != null) {
                diagnostics.add(
                        Diagnostic.of(Code.ASH0103, key.span(), "a key must be a plain word")
                                .withHelp(
                                        "put the text in quotes if braces or brackets belong to it"));
            }
            event = events.next();
        }
        return new YamlNode.Mapping(List.copyOf(entries.values()), extent(start, event));
    }

    private void put(
            Map<String, YamlNode.Entry> entries, YamlNode.Scalar key, @Nullable YamlNode value) {
        YamlNode.Entry earlier = entries.get(key.text());
        if (key.plain() && key.text().equals("<<")) {
            report(Code.ASH0005, key.span(), "merge keys are not used");
        } else if (earlier != null) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0004,
                                    key.span(),
                                    "key \"" + key.text() + "\" is there twice")
                            .withNote(earlier.key().span(), "first here"));
        } else if (value != null) {
            entries.put(key.text(), new YamlNode.Entry(key, value));
        }
    }

    private void refuse(Event event) {
        if (event instanceof AliasEvent) {
            refusal(span(event), "aliases (*) are not used");
        } else if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            Mark start = mark(event.getStartMark());
            int width = node.getAnchor().get().getValue().length() + 1;
            refusal(
                    Span.of(file, start.getLine() + 1, start.getColumn() + 1, width),
                    "anchors (&) are not used");
        }
        Optional<String> tag =
                switch (event) {
                    case ScalarEvent scalar -> scalar.getTag();
                    case CollectionStartEvent collection -> collection.getTag();
                    default -> Optional.empty();
                };
        if (tag.isPresent()) {
            report(Code.ASH0103, span(event), "tags (" + tag.get() + ") are not used");
        }
    }

    private void refusal(Span span, String message) {
        diagnostics.add(
                Diagnostic.of(Code.ASH0005, span, message)
                        .withHelp("write the value out, or make it a parameter"));
    }

    private YamlNode.Scalar scalar(ScalarEvent event) {
        Mark start = mark(event.getStartMark());
        Mark end = mark(event.getEndMark());
        int from = offset(start.getIndex());
        int to = Math.max(from, offset(end.getIndex()));
        return new YamlNode.Scalar(
                event.getValue(), event.isPlain(), text.substring(from, to), span(event));
    }

    /// The UTF-16 offset of a code point.
    private int offset(int point) {
        return offsets.length == 0
                ? Math.min(point, text.length())
                : offsets[Math.min(point, offsets.length - 1)];
    }

    /// The offset of each code point and of the end; empty where both count alike.
    private static int[] offsets(String text) {
        int points = text.codePointCount(0, text.length());
        if (points == text.length()) {
            return new int[0];
        }
        int[] offsets = new int[points + 1];
        int at = 0;
        for (int i = 0; i < points; i++) {
            offsets[i] = at;
            at += Character.charCount(text.codePointAt(at));
        }
        offsets[points] = at;
        return offsets;
    }

    private Span span(Event event) {
        return extent(event, event);
    }

    /// From the start of one event to the end of another; a block that ends at the start of a later
    /// line is cut back to what a caret can show.
    private Span extent(Event first, Event last) {
        Mark start = mark(first.getStartMark());
        Mark end = mark(last.getEndMark());
        int line = start.getLine() + 1;
        int column = start.getColumn() + 1;
        if (end.getLine() == start.getLine()) {
            int width = Math.max(1, end.getColumn() - start.getColumn());
            return Span.of(file, line, column, width);
        }
        return new Span(file, line, column, end.getLine() + 1, end.getColumn() + 1);
    }

    private static Mark mark(Optional<Mark> mark) {
        return mark.orElseThrow(() -> new IllegalStateException("the parser keeps marks"));
    }

    private void report(Code code, Span span, String message) {
        diagnostics.add(Diagnostic.of(code, span, message));
    }
}
