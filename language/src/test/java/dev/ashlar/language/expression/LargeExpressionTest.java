package dev.ashlar.language.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// However long or deep an expression is, it is understood or refused at once.
class LargeExpressionTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(10);
    private static final Environment ENVIRONMENT =
            Environment.of(
                    Map.of("node", Type.Struct.of("Node", Map.of("name", Type.Scalar.TEXT))));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[||",
                "(||",
                "{|1|}",
                "!(|true|)",
                "-(|1|)",
                "size(|'a'|)",
                "[1].map(x, |1|)",
                "{'a': |1|}",
                "true ? 1 : |2|",
                "1 + |1|",
            })
    void whatIsTooDeepIsRefusedAtItsBeginning(String open, String inner, String close) {
        int times = 9_000 / (open + (close == null ? "" : close)).length();
        String text =
                open.repeat(times)
                        + (inner == null ? "" : inner)
                        + (close == null ? "" : close.repeat(times));
        assertThat(problems("a ${" + text + "}"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(Code.ASH0202);
                    assertThat(problem.span().location()).isEqualTo("a.yaml:1:5");
                    assertThat(problem.message())
                            .isEqualTo("the expression is more than 250 levels deep");
                    assertThat(problem.help()).isPresent();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {".name", "[0]", ".trim()"})
    void whatIsReadOfWhatIsReadIsALevelToo(String further) {
        assertThat(problems("${node.name" + further.repeat(1_400) + "}"))
                .extracting(Diagnostic::message)
                .containsExactly("the expression is more than 250 levels deep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "(", "node.", "!", "-", "true && ", "true ? 1 : ", "1, "})
    void whatIsTooLongIsRefusedAtItsBeginning(String part) {
        assertThat(problems("${" + part.repeat(10_001) + "1}"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(Code.ASH0202);
                    assertThat(problem.span().location()).isEqualTo("a.yaml:1:3");
                    assertThat(problem.message()).endsWith(" characters, at most 10000 are read");
                });
    }

    @Test
    void whatIsLongAndNotDeepIsUnderstood() {
        assertThat(value("${true" + " && true".repeat(1_200) + "}")).isEqualTo(new Data.Bool(true));
        assertThat(value("${" + "!".repeat(9_000) + "true}")).isEqualTo(new Data.Bool(true));
        assertThat(value("${[" + "1, ".repeat(3_000) + "1].size()}"))
                .isEqualTo(new Data.Int(3_001));
        assertThat(value("${" + "(".repeat(100) + "1" + ")".repeat(100) + "}"))
                .isEqualTo(new Data.Int(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {".map(x, ", ".all(x, ", ".exists_one(x, "})
    void loopsInLoopsEnd(String loop) {
        String ten = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";
        String inner = loop.equals(".map(x, ") ? "1" : "true";
        assertThat(value("${" + (ten + loop).repeat(9) + inner + ")".repeat(9) + "}"))
                .isInstanceOfSatisfying(
                        Data.Invalid.class,
                        invalid ->
                                assertThat(invalid.message())
                                        .isEqualTo("its loops take more than 1,000,000 passes"));
    }

    @Test
    void listsDoNotGrowWithoutAnEnd() {
        assertThat(message("${[[1, 2]]" + ".map(a, a + a)".repeat(40) + "[0].size()}"))
                .isEqualTo("the list would have more than 1,000,000 elements");
        String ten = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";
        String split = "'" + "x".repeat(8_000) + "'.split('')";
        assertThat(
                        message(
                                "${"
                                        + (ten + ".map(x, ").repeat(4)
                                        + split
                                        + ")".repeat(4)
                                        + ".size()}"))
                .isEqualTo("it makes too many and too long texts and lists");
        assertThat(
                        message(
                                "${"
                                        + (ten + ".map(x, ").repeat(4)
                                        + "'"
                                        + "x".repeat(9_000)
                                        + "' + 'y'"
                                        + ")".repeat(4)
                                        + ".size()}"))
                .isEqualTo("it makes too many and too long texts and lists");
    }

    private static String message(String scalar) {
        return ((Data.Invalid) value(scalar)).message();
    }

    @Test
    void everyProblemOfALongExpressionIsTold() {
        assertThat(problems("${[" + "foo, ".repeat(1_500) + "1]}")).hasSize(1_500);
    }

    private static Data value(String scalar) {
        Diagnostics problems = new Diagnostics();
        return assertTimeoutPreemptively(AT_ONCE, () -> compile(scalar, problems))
                .orElseThrow(() -> new AssertionError(problems.sorted().getFirst()))
                .evaluate(name -> {
                    throw new AssertionError("no variable " + name);
                })
                .data();
    }

    private static List<Diagnostic> problems(String scalar) {
        Diagnostics problems = new Diagnostics();
        assertThat(assertTimeoutPreemptively(AT_ONCE, () -> compile(scalar, problems))).isEmpty();
        return problems.sorted();
    }

    private static Optional<Expression> compile(String scalar, Diagnostics problems) {
        return new ExpressionCompiler(problems)
                .scalar(Snippet.plain(scalar, "a.yaml", 1, 1), ENVIRONMENT, Optional.empty());
    }
}
