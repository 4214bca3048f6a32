package dev.ashlar.language.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Span;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiagnosticRendererTest {

    @Test
    void showsLineCaretLabelNoteAndHelp() {
        Diagnostic problem =
                Diagnostic.of(Code.ASH0111, Span.of("a.yaml", 2, 3, 4), "unknown input \"prot\"")
                        .withLabel("here")
                        .withNote(Span.of("b.yaml", 9, 1, 1), "declared there")
                        .withHelp("did you mean \"port\"?");

        assertThat(render(Map.of("a.yaml", "with:\n  prot: 1\n"), problem))
                .isEqualTo(
                        """
                        error[ASH0111]: unknown input "prot"
                         --> a.yaml:2:3
                          |
                        1 | with:
                        2 |   prot: 1
                          |   ^^^^ here
                          = note: declared there (b.yaml:9:1)
                          = help: did you mean "port"?

                        1 error in 1 file
                        """);
    }

    @Test
    void countsCodePointsAndWidensTabs() {
        String source = "\tä𝄞: x\n";
        Diagnostic problem = Diagnostic.of(Code.ASH0101, Span.of("a", 1, 5, 1), "m");

        assertThat(render(Map.of("a", source), problem)).contains("1 |     ä𝄞: x\n  |        ^\n");
    }

    @Test
    void cutsLongLinesAroundTheCaret() {
        String line = "a".repeat(500) + "!" + "b".repeat(500);
        Diagnostic problem = Diagnostic.of(Code.ASH0101, Span.of("a", 1, 501, 1), "m");

        String[] lines = render(Map.of("a", line), problem).split("\n");

        assertThat(lines[3]).startsWith("1 | …aaa").endsWith("bbb…").hasSizeLessThan(110);
        assertThat(lines[4].indexOf('^')).isEqualTo(lines[3].indexOf('!'));
    }

    @Test
    void neverPassesOnControlCharacters() {
        Diagnostic problem =
                Diagnostic.of(Code.ASH0101, Span.of("a", 1, 1, 1), "found \u001b[31m")
                        .withHelp("\u0007");

        assertThat(render(Map.of("a", "x\u001b]0;evil\u0007y\n"), problem))
                .doesNotContain("\u001b")
                .doesNotContain("\u0007");
    }

    @Test
    void showsProblemWithoutSource() {
        Diagnostic problem = Diagnostic.of(Code.ASH0001, Span.wholeFile("gone.yaml"), "m");

        assertThat(render(Map.of(), problem))
                .isEqualTo("error[ASH0001]: m\n --> gone.yaml:1:1\n\n1 error in 1 file\n");
    }

    @Test
    void sortsAndCapsAndCounts() {
        List<Diagnostic> many =
                IntStream.range(0, 60)
                        .mapToObj(i ->
                                Diagnostic.of(
                                        Code.ASH0101,
                                        Span.of("a", 60 - i, 1, 1),
                                        "problem " + (60 - i)))
                        .toList();

        String text = new DiagnosticRenderer(Map.of(), false).render(many);

        assertThat(text)
                .startsWith("error[ASH0101]: problem 1\n")
                .contains("problem 50\n")
                .doesNotContain("problem 51\n")
                .endsWith("... and 10 more\n\n60 errors in 1 file\n");
    }

    @Test
    void coloursOnlyWhenAsked() {
        Diagnostic problem = Diagnostic.of(Code.ASH0001, Span.wholeFile("a"), "m");

        assertThat(new DiagnosticRenderer(Map.of(), true).render(List.of(problem)))
                .startsWith("\u001b[1;31merror[ASH0001]\u001b[0m");
    }

    @Test
    void givesTheSameAsData() {
        Diagnostic problem = Diagnostic.of(Code.ASH0001, Span.of("a", 2, 3, 4), "m").withHelp("h");

        assertThat(DiagnosticRenderer.data(List.of(problem)).toString())
                .isEqualTo(
                        "[{code=ASH0001, severity=error, message=m, file=a, line=2, column=3,"
                                + " end_line=2, end_column=7, label=, notes=[], help=h}]");
    }

    private static String render(Map<String, String> sources, Diagnostic problem) {
        return new DiagnosticRenderer(sources, false).render(List.of(problem));
    }
}
