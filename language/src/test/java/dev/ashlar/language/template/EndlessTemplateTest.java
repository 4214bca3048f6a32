package dev.ashlar.language.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ashlar.language.expression.Environment;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.value.Data;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A few lines that would take longer than anybody lives, or more memory than there is.
class EndlessTemplateTest {
    @ParameterizedTest
    @MethodSource("endless")
    void whatWouldNotEndIsEnded(String template, String message) {
        Data data = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> rendered(template));
        assertThat(data)
                .isInstanceOfSatisfying(
                        Data.Invalid.class,
                        invalid -> assertThat(invalid.message()).isEqualTo(message));
    }

    static Stream<Arguments> endless() {
        String passes = "its loops take more than 1,000,000 passes";
        String length = "a text would have more than 1,048,576 characters";
        String set = "{% set a = 'xx' %}";
        return Stream.of(
                Arguments.of(loops("[1, 2]", 45, ""), passes),
                Arguments.of(loops("[1,2,3,4,5,6,7,8,9]", 9, "x"), passes),
                Arguments.of(set + "{% set a = a ~ a %}".repeat(40), length),
                Arguments.of(set + "{% set a = \"#{a}#{a}\" %}".repeat(40), length),
                Arguments.of(set + "{% set a = a | replace({'x': a}) %}".repeat(40), length),
                Arguments.of(set + "{% set a = [a, a] | join(a) %}".repeat(40), length),
                Arguments.of(set + "{% set a = a | base64encode %}".repeat(90), length),
                Arguments.of(
                        set + "{% set a = a ~ a %}".repeat(18) + "{% set b = a ~ a %}".repeat(250),
                        "more than 67,108,864 characters are made on the way"));
    }

    private static String loops(String over, int times, String inner) {
        return "{% for a in OVER %}".replace("OVER", over).repeat(times)
                + inner
                + "{% endfor %}".repeat(times);
    }

    @Test
    void whatIsPrintedHasAnEnd() {
        String hundredThousand = loops("[1,2,3,4,5,6,7,8,9,10]", 5, "x".repeat(100));
        assertThat(rendered(hundredThousand))
                .isInstanceOfSatisfying(
                        Data.Invalid.class,
                        invalid ->
                                assertThat(invalid.message())
                                        .isEqualTo("it prints more than 8388608 characters"));
    }

    private static Data rendered(String template) {
        return new TemplateCompiler(new Diagnostics())
                .compile("t.peb", template, Environment.of(Map.of()))
                .orElseThrow()
                .evaluate(name -> {
                    throw new AssertionError("no variable " + name);
                })
                .data();
    }
}
