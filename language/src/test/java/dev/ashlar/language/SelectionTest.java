package dev.ashlar.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Values that are chosen by another; what may not be written is among the broken inputs.
class SelectionTest {
    private static final String INPUTS =
            """
            component: web
            types:
              Picked: { select: string, cases: map(int) }
            inputs:
              size: { type: string, default: small, one_of: [small, large] }
              spare: { type: int, default: 1 }
              port:
                type: int
                default: { select: "${inputs.size}", cases: { small: 80, large: "${inputs.spare}" } }
              names:
                type: list(string)
                default: [a, { select: "${inputs.size}", cases: { small: b, large: c } }]
              words: { type: map(string), default: { select: a, cases: b } }
              nested: { type: map(map(int)), default: { select: { a: 1 }, cases: { b: 2 } } }
              picked: { type: Picked, default: { select: "${inputs.size}", cases: { small: 1 } } }
              limits: { type: map(int), default: { open: 1 } }
            """;

    private static final String READERS =
            """
            outputs:
              url:
                type: string
                value:
                  select: "${inputs.port == 80}"
                  cases: { true: "http://${node.name}", false: "http://${node.name}:x" }
            cluster_outputs:
              size:
                type: string
                value: { select: "${inputs.size}", cases: { small: s, large: l } }
            steps:
              page:
                inputs:
                  depth: { select: "${inputs.size}", cases: { small: 1, large: 2 } }
                  width:
                    type: double
                    value: { select: "${inputs.size}", cases: { small: 1, large: 2.5 } }
                resources:
                  - file:
                      path: { select: "${inputs.size}", cases: { small: /srv/s, large: /srv/l } }
                      template: page.peb
            """;

    private final WrittenFiles files;

    SelectionTest(@TempDir Path folder) {
        files = new WrittenFiles(folder);
    }

    private Expression input(String name) throws InterruptedException {
        return Objects.requireNonNull(
                        Objects.requireNonNull(composition().uses().get("web")).inputs().get(name))
                .effective(Optional.empty());
    }

    private Composition composition() throws InterruptedException {
        files.write(
                "cluster.yaml",
                """
                cluster: demo
                site: lab
                packs: [app]
                groups:
                  front:
                    count: 2
                    uses:
                      web:
                        component: app/web
                        with:
                          limits:
                            select: "${node.index == 1}"
                            cases: { true: { open: 2 }, false: { select: 3, cases: 4 } }
                """);
        files.write("sites/lab.yaml", "site: lab\nproviders:\n  default: { kind: lab }\n");
        files.write("packs/app/pack.yaml", "pack: app\nversion: 1.0.0\n");
        files.write("packs/app/page.peb", "{{ inputs.depth }}{{ inputs.width }}\n");
        files.write("packs/app/web.yaml", INPUTS + READERS);
        return files.thoroughly();
    }

    private static Value evaluated(Expression expression, Value size, Value spare) {
        Value inputs = Value.structure("Inputs", Map.of("size", size, "spare", spare));
        return expression.evaluate(_ -> inputs);
    }

    @Test
    void onlyTheCaseThatIsChosenIsEvaluated() throws InterruptedException {
        Expression port = input("port");
        Origin said = new Origin.Written(Span.of("cluster.yaml", 7, 3, 5));
        Value small = Value.text("small").labelled(Label.from(said));
        Value broken = new Value(new Data.Invalid("never asked for", port.span()), Label.NONE);

        Value chosen = evaluated(port, small, broken);
        assertThat(chosen.data()).isEqualTo(new Data.Int(80));
        assertThat(chosen.label().origins()).contains(said).hasSize(2);
        assertThat(evaluated(port, Value.text("large"), broken).data())
                .isInstanceOf(Data.Invalid.class);
    }

    @Test
    void whileItIsNotKnownWhichCaseThatAloneIsWaitedFor() throws InterruptedException {
        Expression port = input("port");
        Await first = new Await.Success(InstanceKey.acquire("front-1"));
        Await other = new Await.Success(InstanceKey.acquire("front-2"));
        Value spare = Value.unknown(Type.Scalar.INT, other);

        Value waiting = evaluated(port, Value.unknown(Type.Scalar.TEXT, first), spare);
        assertThat(waiting.data()).isEqualTo(new Data.Unknown(Type.Scalar.INT));
        assertThat(waiting.label().awaits()).containsExactly(first);
        assertThat(evaluated(port, Value.text("large"), spare).label().awaits())
                .containsExactly(other);
    }

    @Test
    void whatIsOutsideOfTheEnumerationHasNoValue() throws InterruptedException {
        assertThat(evaluated(input("port"), Value.text("huge"), Value.number(1)).data())
                .isEqualTo(new Data.Invalid("there is no case huge", input("port").span()));
    }

    @Test
    void mapsAndStructuresWithSuchKeysAreWhatTheyAre() throws InterruptedException {
        assertThat(input("words").source()).isEqualTo("{select: a, cases: b}");
        assertThat(evaluated(input("words"), Value.text("small"), Value.number(1)).data())
                .isInstanceOf(Data.Mapping.class);
        assertThat(evaluated(input("nested"), Value.text("small"), Value.number(1)).data())
                .isInstanceOf(Data.Mapping.class);
        assertThat(evaluated(input("picked"), Value.text("small"), Value.number(1)).data())
                .isInstanceOf(Data.Structure.class);
    }

    @Test
    void aWholeMapCanBeChosen() throws InterruptedException {
        Expression limits = input("limits");
        Value second = Value.structure("Node", Map.of("index", Value.number(2)));
        assertThat(limits.evaluate(_ -> second).data())
                .isInstanceOfSatisfying(
                        Data.Mapping.class,
                        map -> assertThat(map.entries()).containsOnlyKeys("select", "cases"));
        assertThat(limits.source())
                .isEqualTo(
                        "{select: ${node.index == 1},"
                                + " cases: {true: {open: 2}, false: {select: 3, cases: 4}}}");
    }
}
