package dev.ashlar.language.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.language.template.TemplateCompiler;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Secrecy;
import dev.ashlar.model.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Values agree with their types on what is a secret, and what has no value does not say why by
/// telling one.
class SecretValuesTest {
    private static final String WORD = "hunter2";
    private static final Type SECRET = new Type.Secret(Type.Scalar.TEXT);
    private static final Label MARK = new Label(Secrecy.SECRET, Set.of(), Set.of());
    private static final Type.Struct INPUTS =
            Type.Struct.of(
                    "Inputs",
                    Map.of(
                            "password",
                            SECRET,
                            "maybe",
                            Type.optionalOf(SECRET),
                            "hidden",
                            new Type.Secret(Type.optionalOf(Type.Scalar.TEXT)),
                            "number",
                            new Type.Secret(Type.Scalar.INT),
                            "words",
                            Type.listOf(Type.Scalar.TEXT),
                            "labels",
                            Type.mapOf(Type.Scalar.TEXT)));
    private static final Environment ENVIRONMENT = Environment.of(Map.of("inputs", INPUTS));

    private static Expression compile(String scalar, Optional<Type> type) {
        Diagnostics problems = new Diagnostics();
        Optional<Expression> expression =
                new ExpressionCompiler(problems)
                        .scalar(Snippet.plain(scalar, "a.yaml", 1, 1), ENVIRONMENT, type);
        assertThat(problems.sorted()).isEmpty();
        return expression.orElseThrow();
    }

    private static Value evaluate(Expression expression) {
        Value inputs =
                Value.structure(
                        "Inputs",
                        Map.of(
                                "password",
                                Value.text(WORD).labelled(MARK),
                                "maybe",
                                Value.text(WORD).labelled(MARK),
                                "hidden",
                                Value.text(WORD).labelled(MARK),
                                "number",
                                Value.number(4711).labelled(MARK),
                                "words",
                                Value.list(List.of(Value.text("a"))),
                                "labels",
                                Value.map(Map.of("a", Value.text("b")))));
        return expression.evaluate(_ -> inputs);
    }

    private static void isDiscreet(Value value) {
        assertThat(value.data())
                .isInstanceOfSatisfying(
                        Data.Invalid.class,
                        invalid ->
                                assertThat(invalid.message())
                                        .doesNotContain(WORD)
                                        .doesNotContain("4711"));
        assertThat(value.label().secrecy()).isEqualTo(Secrecy.SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${int(inputs.password)}",
                "${double(inputs.password)}",
                "${bool(inputs.password)}",
                "${int('a' + inputs.password) + 1}",
                "${inputs.labels[inputs.password]}",
                "${inputs.words[inputs.number]}",
                "${inputs.password.split('')[inputs.number]}",
                "${{inputs.password: 'a', inputs.password: 'b'}}",
                "${'a'.matches('(' + inputs.password)}",
                "${inputs.words.map(w, int(inputs.password))}",
                "${[inputs.password].map(p, int(p))}",
                "${inputs.password == '' ? 1 : int(inputs.password)}",
                "${double(inputs.number) * 1e300 > 0.0 ? int(double(inputs.number) * 1e300) : 0}",
            })
    void whyThereIsNoValueTellsNoSecret(String scalar) {
        isDiscreet(evaluate(compile(scalar, Optional.empty())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{{ inputs.labels[inputs.password] }}", "{{ inputs.words[inputs.number] }}"})
    void norDoesItInATemplate(String template) {
        Diagnostics problems = new Diagnostics();
        Optional<Expression> compiled =
                new TemplateCompiler(problems).compile("t.peb", template, ENVIRONMENT);
        assertThat(problems.sorted()).isEmpty();
        isDiscreet(evaluate(compiled.orElseThrow()));
    }

    @Test
    void whatIsPublicSaysWhy() {
        assertThat(evaluate(compile("${int(inputs.words[0])}", Optional.empty())).data())
                .isInstanceOfSatisfying(
                        Data.Invalid.class,
                        invalid -> assertThat(invalid.message()).isEqualTo("\"a\" is not an int"));
    }

    @ParameterizedTest
    @CsvSource({
        "has(inputs.maybe), PUBLIC",
        "inputs.?maybe.hasValue(), PUBLIC",
        "has(inputs.hidden), SECRET",
        "inputs.?hidden.hasValue(), SECRET",
        "size([inputs.password]), PUBLIC",
        "size(inputs.password), SECRET",
        "true || inputs.password == 'a', SECRET",
    })
    void theTypeAndTheValueAgree(String expression, Secrecy secrecy) {
        Expression compiled = compile("${" + expression + "}", Optional.empty());
        assertThat(compiled.type() instanceof Type.Secret).isEqualTo(secrecy == Secrecy.SECRET);
        assertThat(evaluate(compiled).deepLabel().secrecy()).isEqualTo(secrecy);
    }

    @Test
    void whatIsPublicBecomesASecretWhereverItStands() {
        assertThat(
                        evaluate(compile("${inputs.words}", Optional.of(Type.listOf(SECRET))))
                                .deepLabel())
                .isEqualTo(MARK);
        assertThat(
                        evaluate(compile("${inputs.labels}", Optional.of(Type.mapOf(SECRET))))
                                .deepLabel())
                .isEqualTo(MARK);
        Type optional = Type.optionalOf(Type.listOf(SECRET));
        assertThat(evaluate(compile("${inputs.words}", Optional.of(optional))).deepLabel())
                .isEqualTo(MARK);
    }
}
