package dev.ashlar.language.report;

import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Severity;
import dev.ashlar.model.diagnostic.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Renders problems: each with its code, place, the lines it stands on, a caret, and what would
/// mend it. Immutable.
public final class DiagnosticRenderer {
    /// How many problems are shown; the rest is counted.
    public static final int SHOWN_MAX = 50;

    private final Excerpts excerpts;
    private final Paint paint;

    /// @param sources the text of each file, by the name that spans use
    /// @param colour whether to use ANSI colours
    public DiagnosticRenderer(Map<String, String> sources, boolean colour) {
        this.excerpts = new Excerpts(sources);
        this.paint = colour ? Paint.ANSI : Paint.NONE;
    }

    /// The problems for a terminal or a log, sorted by place, each followed by an empty line, and a
    /// line that counts them. Empty for none.
    public String render(List<Diagnostic> diagnostics) {
        if (diagnostics.isEmpty()) {
            return "";
        }
        List<Diagnostic> sorted = new ArrayList<>(diagnostics);
        sorted.sort(null);
        StringBuilder text = new StringBuilder();
        sorted.stream().limit(SHOWN_MAX).forEach(d -> append(d, text));
        if (sorted.size() > SHOWN_MAX) {
            text.append("... and ").append(sorted.size() - SHOWN_MAX).append(" more\n\n");
        }
        return text.append(summary(sorted)).append('\n').toString();
    }

    private static String summary(List<Diagnostic> all) {
        long errors = all.stream().filter(d -> d.severity() == Severity.ERROR).count();
        long warnings = all.size() - errors;
        long files = all.stream().map(d -> d.span().file()).distinct().count();
        List<String> counts = new ArrayList<>();
        if (errors > 0) {
            counts.add(counted(errors, "error"));
        }
        if (warnings > 0) {
            counts.add(counted(warnings, "warning"));
        }
        return String.join(", ", counts) + " in " + counted(files, "file");
    }

    private static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private void append(Diagnostic diagnostic, StringBuilder text) {
        String severity = diagnostic.severity().name().toLowerCase(Locale.ROOT);
        text.append(paint.severity(diagnostic.severity(), severity + "[" + diagnostic.code() + "]"))
                .append(paint.strong(": " + Excerpts.printable(diagnostic.message())))
                .append('\n');
        Span span = diagnostic.span();
        List<Excerpts.Line> lines = excerpts.around(span);
        int width = lines.isEmpty() ? 1 : Integer.toString(lines.getLast().number()).length();
        String gutter = " ".repeat(width + 1);
        text.append(" ".repeat(width))
                .append(paint.frame("--> "))
                .append(span.location())
                .append('\n');
        if (!lines.isEmpty()) {
            text.append(gutter).append(paint.frame("|")).append('\n');
            for (Excerpts.Line line : lines) {
                String number = String.format(Locale.ROOT, "%" + width + "d ", line.number());
                text.append(paint.frame(number + "|"))
                        .append(line.text().isEmpty() ? "" : " " + line.text())
                        .append('\n');
            }
            Excerpts.Line last = lines.getLast();
            String label =
                    diagnostic.label().isEmpty()
                            ? ""
                            : " " + Excerpts.printable(diagnostic.label());
            text.append(gutter)
                    .append(paint.frame("|"))
                    .append(" ".repeat(last.caretAt() + 1))
                    .append(
                            paint.severity(
                                    diagnostic.severity(), "^".repeat(last.caretLength()) + label))
                    .append('\n');
        }
        for (Diagnostic.Note note : diagnostic.notes()) {
            trailer(gutter, "note", note.text() + " (" + note.span().location() + ")", text);
        }
        diagnostic.help().ifPresent(help -> trailer(gutter, "help", help, text));
        text.append('\n');
    }

    private void trailer(String gutter, String kind, String words, StringBuilder text) {
        text.append(gutter)
                .append(paint.frame("= "))
                .append(paint.strong(kind + ":"))
                .append(' ')
                .append(Excerpts.printable(words))
                .append('\n');
    }

    /// The problems as neutral data for JSON: maps, lists, texts and numbers; all of them, sorted.
    public static List<Map<String, Object>> data(List<Diagnostic> diagnostics) {
        List<Diagnostic> sorted = new ArrayList<>(diagnostics);
        sorted.sort(null);
        return sorted.stream().map(DiagnosticRenderer::data).toList();
    }

    private static Map<String, Object> data(Diagnostic diagnostic) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("code", diagnostic.code().name());
        data.put("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
        data.put("message", diagnostic.message());
        data.putAll(place(diagnostic.span()));
        data.put("label", diagnostic.label());
        data.put("notes", diagnostic.notes().stream().map(DiagnosticRenderer::note).toList());
        diagnostic.help().ifPresent(help -> data.put("help", help));
        return data;
    }

    private static Map<String, Object> note(Diagnostic.Note note) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("message", note.text());
        data.putAll(place(note.span()));
        return data;
    }

    private static Map<String, Object> place(Span span) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("file", span.file());
        data.put("line", span.line());
        data.put("column", span.column());
        data.put("end_line", span.endLine());
        data.put("end_column", span.endColumn());
        return data;
    }
}
