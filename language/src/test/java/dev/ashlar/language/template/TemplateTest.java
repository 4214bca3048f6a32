package dev.ashlar.language.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.language.expression.Environment;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Fields;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Secrecy;
import dev.ashlar.model.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    private static final Type.Struct PEER =
            Type.Struct.of("Peer", ordered("name", Type.Scalar.TEXT, "url", Type.Scalar.TEXT));
    private static final Type.Struct INPUTS =
            Type.Struct.of(
                    "inputs",
                    ordered(
                            "peers",
                            Type.listOf(PEER),
                            "port",
                            Type.Scalar.INT,
                            "names",
                            Type.listOf(Type.Scalar.TEXT),
                            "labels",
                            Type.mapOf(Type.Scalar.TEXT),
                            "secure",
                            Type.Scalar.BOOL,
                            "alias",
                            Type.optionalOf(Type.Scalar.TEXT),
                            "password",
                            new Type.Secret(Type.Scalar.TEXT)));
    private static final Environment ENVIRONMENT = Environment.of(Map.of("inputs", INPUTS));

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "port: {{ inputs.port }}\\n#port: 2379\\n",
                "{% for p in inputs.peers %}{{ p.name }}={{ p.url }}{% if not loop.last %},{% endif %}{% endfor %}#a=ua,b=ub",
                "{% for p in inputs.peers %}[{{ loop.index + 1 }}/{{ loop.length }}]{% endfor %}#[1/2][2/2]",
                "{{ inputs.names | join(';') }} {{ inputs.names | length }} {{ inputs.names[1] }}#x;y 2 y",
                "{% for e in inputs.labels %}{{ e.key }}:{{ e.value }}{% endfor %} {{ inputs.labels.zone }}#zone:z1 z1",
                "{{ inputs.secure ? 'on' : 'off' }} {{ inputs.port | default(1) }}#on 2379",
                "{% if inputs.alias is null %}none{% else %}{{ inputs.alias }}{% endif %}#none",
                "{% set p = inputs.peers | first %}{{ p.url | upper }}#UA",
                "{% verbatim %}${x} {{ y }}{% endverbatim %} <&>#${x} {{ y }} <&>",
                "{{ inputs.labels.rack | default('r0') }}#r0",
                "a\\n{%- if inputs.secure %}\\nb\\n{%- endif %}\\nc#a\\nb\\nc",
            })
    void renders(String template, String expected) {
        Value value = compile(template.replace("\\n", "\n")).evaluate(_ -> inputs(Map.of()));
        assertThat(value.data()).isEqualTo(new Data.Text(expected.replace("\\n", "\n")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "a\\nb {{ inptus.port }}#ASH0302#2:6#undefined variable \"inptus\"#did you mean \"inputs\"?",
                "{{ inputs.prot }}#ASH0302#1:11#undefined field \"prot\" in inputs#did you mean \"port\"?",
                "{% for p in inputs.peers %}\\n{{ p.nmae }}{% endfor %}#ASH0302#2:6#undefined field \"nmae\" in Peer#did you mean \"name\"?",
                "{{ p }}{% for p in inputs.peers %}{% endfor %}#ASH0302#1:4#undefined variable \"p\"#there is inputs",
                "{% for p in inputs.peers %}{{ loop.index0 }}{% endfor %}#ASH0302#1:36#undefined field \"index0\" in loop#did you mean \"index\"?",
                "{{ inputs.port.foo }}#ASH0302#1:16#int has no field \"foo\"#",
                "{{ inputs.peers }}#ASH0201#1:4#only strings, numbers and bools can be printed, but this is list(Peer)#write | join(',') or a for loop",
                "{% for x in inputs.port %}{% endfor %}#ASH0201#1:13#a for loop goes over a list or a map, but this is int#",
                "\\n{{ 'a' if inputs.secure else 'b' }}#ASH0301#2:8#\"if\" is not expected here#Pebble writes a choice as {{ condition ? a : b }}",
                "{% if inputs.secure %}\\n{% elif inputs.secure %}{% endif %}#ASH0301#2:4#unknown tag \"elif\"#Pebble's word is elseif",
                "{% for k, v in inputs.labels.items() %}{% endfor %}#ASH0301#1:9#\",\" is not expected here#Pebble goes over a map by {% for entry in map %} with entry.key and entry.value",
                "{{ inputs.port #ASH0301#1:1#the tag is not closed#",
                "{% if inputs.secure %}#ASH0301#1:1#the template ends without its \"endif\"#",
                "{{ inputs.names.size() }}#ASH0304#1:17#a template cannot call the method \"size\"#values have fields and filters ({{ x | upper }}), no methods",
                "{{ inputs.alias.getClass() }}#ASH0304#1:17#a template cannot call the method \"getClass\"#values have fields and filters ({{ x | upper }}), no methods",
                "{% include '/etc/passwd' %}#ASH0304#1:4#the tag \"include\" is not available in templates#a template is one file that reads its declared variables; use if, for, set and verbatim",
                "{% import 'x' %}#ASH0304#1:4#the tag \"import\" is not available in templates#a template is one file that reads its declared variables; use if, for, set and verbatim",
                "{{ inputs.port | uper }}#ASH0304#1:18#the filter \"uper\" is not available in templates#did you mean \"upper\"?",
                "{{ i18n('a', 'b') }}#ASH0304#1:4#the function \"i18n\" is not available in templates#there is max, min",
            })
    void pointsAtProblem(String template, Code code, String place, String message, String help) {
        List<Diagnostic> found = problems(template.replace("\\n", "\n"));
        assertThat(found).hasSize(1);
        Diagnostic problem = found.getFirst();
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.span().location()).isEqualTo("t.peb:" + place);
        assertThat(problem.help().orElse(null)).isEqualTo(help);
    }

    @Test
    void reportsAllUndefinedNamesAtOnce() {
        assertThat(problems("{{ a }}\n{{ inputs.b }}\n{% if c %}{{ d }}{% endif %}"))
                .extracting(problem -> problem.span().location())
                .containsExactly("t.peb:1:4", "t.peb:2:11", "t.peb:3:7", "t.peb:3:14");
    }

    @Test
    void waitsForEverythingThatItReads() {
        Await one = new Await.Healthy("kv", "a");
        Await two = new Await.Healthy("kv", "b");
        Value value =
                compile("{{ inputs.port }}{% if inputs.secure %}{{ inputs.alias }}{% endif %}")
                        .evaluate(_ ->
                                inputs(
                                        Map.of(
                                                "port",
                                                Value.unknown(Type.Scalar.INT, one),
                                                "alias",
                                                Value.unknown(Type.Scalar.TEXT, two))));
        assertThat(value.data()).isEqualTo(new Data.Unknown(Type.Scalar.TEXT));
        assertThat(value.label().awaits()).containsExactlyInAnyOrder(one, two);
    }

    @Test
    void isSecretWhenItReadsSecret() {
        Expression template = compile("{{ inputs.password }}");
        assertThat(template.type()).isEqualTo(new Type.Secret(Type.Scalar.TEXT));
        Label secret = new Label(Secrecy.SECRET, Set.of(), Set.of());
        Value value =
                template.evaluate(_ -> inputs(Map.of("password", Value.text("p").joined(secret))));
        assertThat(value.label().secrecy()).isEqualTo(Secrecy.SECRET);
        assertThat(compile("{{ inputs.port }}").type()).isEqualTo(Type.Scalar.TEXT);
    }

    @Test
    void doesNotForceWhatIsNotRead() {
        Fields lazy =
                new Fields() {
                    @Override
                    public Set<String> names() {
                        return PEER.fields().keySet();
                    }

                    @Override
                    public Value get(String name) {
                        assertThat(name).isEqualTo("name");
                        return Value.text("n");
                    }
                };
        Expression template =
                compile(
                        "{% for p in inputs.peers %}{{ p.name }}{% endfor %}{{ inputs.peers | length }}");
        Value value =
                template.evaluate(_ ->
                        inputs(
                                Map.of(
                                        "peers",
                                        Value.list(List.of(Value.structure("Peer", lazy))))));
        assertThat(value.data()).isEqualTo(new Data.Text("n1"));
        assertThat(template.reads())
                .containsExactlyInAnyOrder(
                        List.of("inputs", "peers", "#"), List.of("inputs", "peers", "[]", "name"));
        assertThat(template.variables()).containsExactly("inputs");
    }

    @Test
    void givesInvalidWithLineForMissingEntry() {
        Value value = compile("a\n{{ inputs.labels.rack }}").evaluate(_ -> inputs(Map.of()));
        assertThat(value.data())
                .isInstanceOfSatisfying(
                        Data.Invalid.class,
                        it -> {
                            assertThat(it.message())
                                    .isEqualTo("there is no \"rack\" in the value read here");
                            assertThat(it.span().location()).isEqualTo("t.peb:2:1");
                        });
    }

    private static Expression compile(String template) {
        Diagnostics problems = new Diagnostics();
        return new TemplateCompiler(problems)
                .compile("t.peb", template, ENVIRONMENT)
                .orElseThrow(() -> new AssertionError(template + problems.sorted()));
    }

    private static List<Diagnostic> problems(String template) {
        Diagnostics problems = new Diagnostics();
        Optional<Expression> compiled =
                new TemplateCompiler(problems).compile("t.peb", template, ENVIRONMENT);
        assertThat(compiled).isEmpty();
        return problems.sorted();
    }

    private static Value inputs(Map<String, Value> others) {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("peers", Value.list(List.of(peer("a"), peer("b"))));
        fields.put("port", Value.number(2379));
        fields.put("names", Value.list(List.of(Value.text("x"), Value.text("y"))));
        fields.put("labels", Value.map(Map.of("zone", Value.text("z1"))));
        fields.put("secure", Value.truth(true));
        fields.put("alias", Value.nothing());
        fields.put("password", Value.text("p"));
        fields.putAll(others);
        return Value.structure("inputs", fields);
    }

    private static Value peer(String name) {
        return Value.structure(
                "Peer", Map.of("name", Value.text(name), "url", Value.text("u" + name)));
    }

    private static Map<String, Type> ordered(Object... fields) {
        Map<String, Type> types = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            types.put((String) fields[i], (Type) fields[i + 1]);
        }
        return types;
    }
}
