package dev.ashlar.language.cluster;

import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.pack.Pack.Component;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Says of an unknown field in `groups.GROUP.USE…` which of the two does not exist: such links have
/// codes of their own.
final class Links {
    private static final Pattern LINK =
            Pattern.compile(
                    "\\bgroups\\s*\\.\\s*([A-Za-z_][A-Za-z0-9_]*)(?:\\s*\\.\\s*([A-Za-z_][A-Za-z0-9_]*))?");

    private final SequencedMap<String, SequencedMap<String, Component>> groups;
    private final List<WrittenUse> written;
    private final List<String> lines;

    Links(
            SequencedMap<String, SequencedMap<String, Component>> groups,
            List<WrittenUse> written,
            String text) {
        this.groups = groups;
        this.written = written;
        this.lines = text.lines().toList();
    }

    void pass(Diagnostics from, Diagnostics to) {
        for (Diagnostic diagnostic : from.sorted()) {
            refined(diagnostic).ifPresent(to::add);
        }
    }

    private Optional<Diagnostic> refined(Diagnostic diagnostic) {
        Span span = diagnostic.span();
        boolean unknown = diagnostic.code() == Code.ASH0206 || diagnostic.code() == Code.ASH0203;
        if (!unknown || span.line() > lines.size()) {
            return Optional.of(diagnostic);
        }
        String line = lines.get(span.line() - 1);
        int points = line.codePointCount(0, line.length());
        int at = line.offsetByCodePoints(0, Math.clamp(span.column() - 1L, 0, points));
        Matcher link = LINK.matcher(line);
        while (link.find()) {
            if (link.start() <= at && at < link.end()) {
                return judged(diagnostic, line, link);
            }
        }
        return Optional.of(diagnostic);
    }

    private Optional<Diagnostic> judged(Diagnostic diagnostic, String line, Matcher link) {
        Span span = diagnostic.span();
        String group = link.group(1);
        Optional<String> name =
                groups.keySet().stream()
                        .filter(g -> Expression.identifier(g).equals(group))
                        .findFirst();
        if (name.isEmpty()) {
            return Optional.of(
                    Hints.spelled(
                            Diagnostic.of(
                                    Code.ASH0501,
                                    place(span, line, link, 1),
                                    "unknown group \"" + group + "\""),
                            group,
                            groups.keySet().stream().map(Expression::identifier).toList()));
        }
        String use = link.group(2);
        List<String> carried =
                groups.getOrDefault(name.get(), new LinkedHashMap<>()).keySet().stream()
                        .map(Expression::identifier)
                        .toList();
        if (use == null || carried.contains(use)) {
            return Optional.of(diagnostic);
        }
        boolean unread =
                written.stream()
                        .anyMatch(u ->
                                u.group().equals(name.get())
                                        && Expression.identifier(u.name()).equals(use));
        if (unread) {
            return Optional.empty();
        }
        return Optional.of(
                Hints.spelled(
                        Diagnostic.of(
                                Code.ASH0404,
                                place(span, line, link, 2),
                                "group \"" + name.get() + "\" does not carry \"" + use + "\""),
                        use,
                        carried));
    }

    private static Span place(Span span, String line, Matcher link, int part) {
        int column = line.codePointCount(0, link.start(part)) + 1;
        return Span.of(span.file(), span.line(), column, link.group(part).length());
    }
}
