package dev.ashlar.language.pack;

import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Says of an unknown name what the component knows about it: a step's output that nothing produces
/// has a code of its own, and a name whose declaration is broken is no news.
final class Refinement {
    private static final Pattern PATH =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?:\\s*\\.\\s*([A-Za-z_][A-Za-z0-9_]*))?");

    private final Signature signature;
    private final List<String> lines;
    private final String file;

    Refinement(Signature signature, String file, String text) {
        this.signature = signature;
        this.file = file;
        this.lines = text.lines().toList();
    }

    void pass(Diagnostics from, Diagnostics to) {
        for (Diagnostic diagnostic : from.sorted()) {
            refined(diagnostic).ifPresent(to::add);
        }
    }

    private Optional<Diagnostic> refined(Diagnostic diagnostic) {
        boolean unknown =
                diagnostic.code() == Code.ASH0206
                        || diagnostic.code() == Code.ASH0203
                        || diagnostic.code() == Code.ASH0302;
        Span span = diagnostic.span();
        if (!unknown) {
            return Optional.of(diagnostic);
        }
        if (signature.broken().stream().anyMatch(name -> names(diagnostic.message(), name))) {
            return Optional.empty();
        }
        if (!span.file().equals(file) || span.line() > lines.size()) {
            return Optional.of(diagnostic);
        }
        String line = lines.get(span.line() - 1);
        int at = offset(line, span.column());
        Matcher path = PATH.matcher(line);
        while (path.find()) {
            SequencedMap<String, Type> outputs = signature.steps().get(path.group(1));
            boolean here = path.start() <= at && at < path.end();
            if (here
                    && outputs != null
                    && path.group(2) != null
                    && !outputs.containsKey(path.group(2))) {
                return Optional.of(unproduced(span, line, path, outputs.keySet()));
            }
        }
        return Optional.of(diagnostic);
    }

    private static Diagnostic unproduced(
            Span span, String line, Matcher path, Set<String> outputs) {
        int column = line.codePointCount(0, path.start(2)) + 1;
        Diagnostic found =
                Diagnostic.of(
                        Code.ASH0402,
                        Span.of(span.file(), span.line(), column, path.group(2).length()),
                        "step \""
                                + path.group(1)
                                + "\" produces no output \""
                                + path.group(2)
                                + "\"");
        return dev.ashlar.language.binding.Hints.spelled(found, path.group(2), outputs);
    }

    private static boolean names(String message, String name) {
        return Pattern.compile("(?<![A-Za-z0-9_])" + Pattern.quote(name) + "(?![A-Za-z0-9_])")
                .matcher(message)
                .find();
    }

    private static int offset(String line, int column) {
        int points = line.codePointCount(0, line.length());
        return line.offsetByCodePoints(0, Math.clamp(column - 1L, 0, points));
    }
}
