package dev.ashlar.language.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds the evaluator against the library's own, on generated expressions over known values.
class ConformanceTest {
    private static final int EXPRESSIONS = 150;
    private static final Map<String, Object> VARIABLES =
            new TreeMap<>(
                    Map.of(
                            "i",
                            7L,
                            "j",
                            -3L,
                            "d",
                            2.5,
                            "s",
                            "store-1",
                            "t",
                            "aäz",
                            "b",
                            true,
                            "li",
                            List.of(3L, 0L, 7L),
                            "ls",
                            List.of("x", "store-1", ""),
                            "m",
                            Map.of("a", 1L, "store-1", 7L)));
    private static final Map<String, Type> TYPES =
            Map.of(
                    "i", Type.Scalar.INT,
                    "j", Type.Scalar.INT,
                    "d", Type.Scalar.REAL,
                    "s", Type.Scalar.TEXT,
                    "t", Type.Scalar.TEXT,
                    "b", Type.Scalar.BOOL,
                    "li", Type.listOf(Type.Scalar.INT),
                    "ls", Type.listOf(Type.Scalar.TEXT),
                    "m", Type.mapOf(Type.Scalar.INT));
    private static final Cel LIBRARY = library();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithLibrary(long seed) {
        Generator generator = new Generator(seed);
        int failing = 0;
        for (int n = 0; n < EXPRESSIONS; n++) {
            String text = generator.expression();
            Optional<Object> theirs = theirs(text);
            Optional<Object> ours = ours(text);
            assertThat(ours).as("seed %d: %s", seed, text).isEqualTo(theirs);
            failing += theirs.isEmpty() ? 1 : 0;
        }
        assertThat(failing).isBetween(1, EXPRESSIONS / 2);
    }

    private static Cel library() {
        var builder =
                CelFactory.plannerCelBuilder()
                        .setOptions(
                                CelOptions.current()
                                        .enableHeterogeneousNumericComparisons(true)
                                        .build())
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
        builder.addVar("i", SimpleType.INT).addVar("j", SimpleType.INT);
        builder.addVar("d", SimpleType.DOUBLE).addVar("b", SimpleType.BOOL);
        builder.addVar("s", SimpleType.STRING).addVar("t", SimpleType.STRING);
        builder.addVar("li", ListType.create(SimpleType.INT));
        builder.addVar("ls", ListType.create(SimpleType.STRING));
        builder.addVar("m", MapType.create(SimpleType.STRING, SimpleType.INT));
        return builder.build();
    }

    private static Optional<Object> theirs(String text) {
        try {
            var ast = LIBRARY.compile(text).getAst();
            return Optional.of(LIBRARY.createProgram(ast).eval(VARIABLES));
        } catch (CelEvaluationException _) {
            return Optional.empty();
        } catch (CelValidationException e) {
            throw new AssertionError("the generator made " + text, e);
        }
    }

    private static Optional<Object> ours(String text) {
        Diagnostics problems = new Diagnostics();
        Expression expression =
                new ExpressionCompiler(problems)
                        .scalar(
                                Snippet.plain("${" + text + "}", "c.yaml", 1, 1),
                                Environment.of(TYPES),
                                Optional.empty())
                        .orElseThrow(() -> new AssertionError(text + problems.sorted()));
        Map<String, Value> values = new LinkedHashMap<>();
        VARIABLES.forEach((name, value) -> values.put(name, value(value)));
        return plain(expression.evaluate(Etcd.scope(values)));
    }

    private static Value value(Object plain) {
        return switch (plain) {
            case Long number -> Value.number(number);
            case Double number -> Operations.plain(new Data.Real(number));
            case Boolean truth -> Value.truth(truth);
            case List<?> list -> Value.list(list.stream().map(ConformanceTest::value).toList());
            case Map<?, ?> map ->
                    Value.map(
                            map.entrySet().stream()
                                    .collect(
                                            Collectors.toMap(
                                                    e -> (String) e.getKey(),
                                                    e -> value(e.getValue()))));
            default -> Value.text((String) plain);
        };
    }

    private static Optional<Object> plain(Value value) {
        return switch (value.data()) {
            case Data.Text(String text) -> Optional.of(text);
            case Data.Int(long number) -> Optional.of(number);
            case Data.Real(double number) -> Optional.of(number);
            case Data.Bool(boolean truth) -> Optional.of(truth);
            case Data.Listing(List<Value> elements) ->
                    Optional.of(elements.stream().map(e -> plain(e).orElseThrow()).toList());
            case Data.Invalid _ -> Optional.empty();
            default -> throw new AssertionError("not plain: " + value);
        };
    }
}
