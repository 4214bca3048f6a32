package dev.ashlar.language.yaml;

import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads bytes as one YAML 1.2 document. Everything that is wrong with them becomes a diagnostic; a
/// file has at most [#SIZE_MAX_BYTES] bytes, [#DEPTH_MAX] levels and a number of values. Anchors,
/// aliases, merge keys and tags are refused: they hide where a value comes from. Confined to one
/// thread.
public final class YamlReader {
    public static final int SIZE_MAX_BYTES = 1 << 20;
    public static final int DEPTH_MAX = 32;

    /// Keys, values and lists: each takes many times the room of its characters.
    static final int COUNT_MAX = 100_000;

    private final Diagnostics diagnostics;

    public YamlReader(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /// The file's tree.
    ///
    /// @param name as shown to people
    public YamlFile read(String name, byte[] bytes) {
        if (bytes.length > SIZE_MAX_BYTES) {
            report(
                    Code.ASH0005,
                    Span.wholeFile(name),
                    "file has " + bytes.length + " bytes, at most " + SIZE_MAX_BYTES + " are read");
            return new YamlFile(name, "", Optional.empty());
        }
        Optional<String> decoded = decode(name, bytes);
        if (decoded.isEmpty()) {
            return new YamlFile(name, "", Optional.empty());
        }
        String text = decoded.get();
        try {
            return new YamlFile(name, text, new TreeBuilder(name, text, diagnostics).document());
        } catch (MarkedYamlEngineException failure) {
            reportSyntax(name, text, failure);
        } catch (ReaderException failure) {
            report(
                    Code.ASH0002,
                    spanAt(name, text, failure.getPosition()),
                    String.format("character U+%04X is not allowed", failure.getCodePoint()));
        } catch (YamlEngineException failure) {
            report(
                    Code.ASH0002,
                    Span.wholeFile(name),
                    firstLine(String.valueOf(failure.getMessage())));
        }
        return new YamlFile(name, text, Optional.empty());
    }

    private Optional<String> decode(String name, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(buffer)
                            .toString();
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException failure) {
            String valid = new String(bytes, 0, buffer.position(), StandardCharsets.UTF_8);
            report(
                    Code.ASH0006,
                    spanAt(name, valid, valid.codePointCount(0, valid.length())),
                    String.format(
                            "byte 0x%02X does not belong to UTF-8 text", bytes[buffer.position()]));
            return Optional.empty();
        }
    }

    private void reportSyntax(String name, String text, MarkedYamlEngineException failure) {
        Optional<Mark> mark = failure.getProblemMark().or(failure::getContextMark);
        Span span =
                mark.map(m -> Span.of(name, m.getLine() + 1, m.getColumn() + 1, 1))
                        .orElseGet(() -> Span.wholeFile(name));
        Optional<Span> tab = Indentation.tabAtOrBefore(name, text, span.line());
        if (tab.isPresent()) {
            diagnostics.add(
                    Diagnostic.of(Code.ASH0003, tab.get(), "tab used for indentation")
                            .withHelp("YAML is indented with spaces; two per level is usual"));
            return;
        }
        Diagnostic found = Diagnostic.of(Code.ASH0002, span, problem(failure));
        diagnostics.add(
                SyntaxHint.of(text, span.line(), failure.getProblem())
                        .map(found::withHelp)
                        .orElse(found));
    }

    private static String problem(MarkedYamlEngineException failure) {
        String context = failure.getContext() == null ? "" : failure.getContext();
        String problem = failure.getProblem() == null ? "not valid YAML" : failure.getProblem();
        return firstLine(context.isEmpty() ? problem : context + ", " + problem);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("not valid YAML").strip();
    }

    private static Span spanAt(String name, String text, int codePoints) {
        int line = 1;
        int column = 1;
        int[] points = text.codePoints().limit(codePoints).toArray();
        for (int point : points) {
            if (point == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return Span.of(name, line, column, 1);
    }

    private void report(Code code, Span span, String message) {
        diagnostics.add(Diagnostic.of(code, span, message));
    }
}
