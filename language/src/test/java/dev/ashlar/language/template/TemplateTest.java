package dev.ashlar.language.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ashlar.language.expression.Environment;
import dev.ashlar.model.composition.Collected;
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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(10);
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
                            "debug",
                            Type.optionalOf(Type.Scalar.BOOL),
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
                "{% if inputs.debug | default(true) %}d{% endif %}#d",
                "{% if inputs.debug is not null and inputs.debug %}d{% endif %}#``",
                "{% if inputs.port > 80 and not (inputs.names is empty) or false %}d{% endif %}#d",
                "{{ inputs.port - 1 }} {{ inputs.names | first | upper }}#2378 X",
                "{% filter upper %}a{{ inputs.port == 1 ? 'b' : 'c' }}{% endfilter %}#AC",
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
                "{% if inputs.port %}{% endif %}#ASH0201#1:7#a condition is a bool, but this is int#compare it: != 0",
                "{% if inputs.secure %}{% elseif inputs.names %}{% endif %}#ASH0201#1:33#a condition is a bool, but this is list(string)#ask `is empty`",
                "{% if inputs.debug %}{% endif %}#ASH0201#1:7#a condition is a bool, but this is optional(bool)#ask `is null`, or say what holds without it: | default(false)",
                "{% if 1 == 1 and (not inputs.port) %}{% endif %}#ASH0201#1:23#a condition is a bool, but this is int#compare it: != 0",
                "{{ inputs.secure ? 'a' : (inputs.port ? 'b' : 'c') }}#ASH0201#1:27#a condition is a bool, but this is int#compare it: != 0",
                "{{ inputs.port }} {{ 'x' ? 1 : 2 }}#ASH0201#1:22#a condition is a bool, but this is string#ask `is empty`, or compare it",
                "{{ inputs.port > 1 }} {{ 1 > inputs.names }}#ASH0201#1:30#a number is needed here, but this is list(string)#",
                "{{ inputs.port * inputs.alias }}#ASH0201#1:18#a number is needed here, but this is string#",
                "{{ inputs.port | first }}#ASH0201#1:18#first takes a list or a string, but this is int#",
                "{{ inputs.peers | join(',') }}#ASH0201#1:19#join takes a list of strings, numbers or bools, but this is list(Peer)#",
                "{{ inputs.names | join(',') }} {{ inputs.names }}#ASH0201#1:35#only strings, numbers and bools can be printed, but this is list(string)#write | join(',') or a for loop",
                "{% for inputs in inputs.names %}{% endfor %}{% for x in inputs.port %}{% endfor %}#ASH0201#1:57#a for loop goes over a list or a map, but this is int#",
                "{{ inputs.port }} {{ inputs.prot }} {{ 'inputs.prot' }}#ASH0302#1:29#undefined field \"prot\" in inputs#did you mean \"port\"?",
                "{{ inputs['port'] }} {{ inputs['prot'] }}#ASH0302#1:33#undefined field \"prot\" in inputs#did you mean \"port\"?",
                "{% verbatim %}{{ nod }}{% endverbatim %}é😀{{ 'nod' ~ nod }}#ASH0302#1:54#undefined variable \"nod\"#there is inputs",
                "{{ inputs.port | upper | upper | uper }}#ASH0304#1:34#the filter \"uper\" is not available in templates#did you mean \"upper\"?",
                "{% set p = inputs.port %}{{ p }} {{ p.p }}#ASH0302#1:39#int has no field \"p\"#",
                "a {% verbatim %} b#ASH0301#1:3#the tag is not closed#",
                "{{ i18n('a', 'b') }}#ASH0304#1:4#the function \"i18n\" is not available in templates#there is collect, max, min",
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
    void rendersWhatIsCollectedBesideAStepNamedLikeThePack() {
        Type.Struct member = Type.Struct.of("lb.Member", Map.of("name", Type.Scalar.TEXT));
        Type list = Type.listOf(member);
        Environment environment =
                Environment.of(
                        Map.of(
                                "lb",
                                Type.Struct.of("Step_lb", Map.of("port", Type.Scalar.INT)),
                                Collected.NAME,
                                Type.Struct.of(
                                        "Collected", Map.of("lb.Member", list, "Member", list))));
        Value one = Value.structure("lb.Member", Map.of("name", Value.text("a")));
        Map<String, Value> values =
                Map.of(
                        "lb",
                        Value.structure("Step_lb", Map.of("port", Value.number(80))),
                        Collected.NAME,
                        Value.structure(
                                "Collected", Map.of("lb.Member", Value.list(List.of(one)))));
        Expression template =
                new TemplateCompiler(new Diagnostics())
                        .compile(
                                "t.peb",
                                "{% for m in collect(lb.Member) %}{{ m.name }}{% endfor %}"
                                        + " {{ lb.port }} {{ collect(Member) | length }}",
                                environment)
                        .orElseThrow();
        assertThat(template.evaluate(name -> Objects.requireNonNull(values.get(name))))
                .isEqualTo(Value.text("a 80 1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "{% for lb in collect(lb.Member) %}{{ lb.name }}{% endfor %}#a",
                "{% for lb in inputs.names %}{{ lb }}{{ collect(lb.Member) | length }}{% endfor %}#x1y1",
                "{% set lb = 'own' %}{{ lb }}{% for m in collect(lb.Member) %}{{ m.name }}{% endfor %}#owna",
                "{% set Member = 'own' %}{{ Member }}{{ collect(Member) | length }}#own1",
                "{{ collect(lb.Member) | length }}{% for lb in inputs.names %}{{ lb }}{% endfor %}#1xy"
            })
    void whatIsCollectedAndVariablesDoNotHideEachOther(String template, String expected) {
        Type list = Type.listOf(Type.Struct.of("lb.Member", Map.of("name", Type.Scalar.TEXT)));
        Environment environment =
                ENVIRONMENT.with(
                        Collected.NAME,
                        Type.Struct.of("Collected", Map.of("lb.Member", list, "Member", list)));
        Value one = Value.structure("lb.Member", Map.of("name", Value.text("a")));
        Value collected =
                Value.structure("Collected", Map.of("lb.Member", Value.list(List.of(one))));
        Expression compiled =
                new TemplateCompiler(new Diagnostics())
                        .compile("t.peb", template, environment)
                        .orElseThrow();
        assertThat(
                        compiled.evaluate(name ->
                                        name.equals(Collected.NAME) ? collected : inputs(Map.of()))
                                .data())
                .isEqualTo(new Data.Text(expected));
    }

    @Test
    void reportsAllUndefinedNamesAtOnce() {
        assertThat(problems("{{ a }}\n{{ inputs.b }}\n{% if c %}{{ d }}{% endif %}"))
                .extracting(problem -> problem.span().location())
                .containsExactly("t.peb:1:4", "t.peb:2:11", "t.peb:3:7", "t.peb:3:14");
    }

    @Test
    void looksIntoTextWithValuesInIt() {
        assertThat(compile("{{ \"p#{inputs.port}\" }}").evaluate(_ -> inputs(Map.of())).data())
                .isEqualTo(new Data.Text("p2379"));
        assertThat(problems("{{ \"p#{inputs.prot}\" ~ inputs.port }}"))
                .extracting(problem -> problem.span().location())
                .containsExactly("t.peb:1:15");
        assertThat(problems("{{ \"#{" + "(".repeat(9_000) + "1" + ")".repeat(9_000) + "}\" }}"))
                .extracting(Diagnostic::message)
                .containsExactly("the tag is more than 250 levels deep");
    }

    @Test
    void reportsEachOfManyProblemsOfALineWhereItIs() {
        List<Diagnostic> found =
                assertTimeoutPreemptively(AT_ONCE, () -> problems("{{ x }}".repeat(5_000)));
        assertThat(found).hasSize(5_000);
        assertThat(found.get(4_999).span().location()).isEqualTo("t.peb:1:34997");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "{{ #(#1#)# }}",
                "{{ #[##]# }}",
                "{{ #{'a': #1#}# }}",
                "{{ #max(1, #1#)# }}",
                "{{ #not(#true#)# }}",
                "{{ #- #1## }}",
                "{{ inputs#.port### }}",
                "{{ inputs.names#[0]### }}",
                "{{ inputs.port# | upper### }}",
                "{{ 1# + 1### }}",
                "{{ #true ? 1 : #2## }}",
                "{{ true# and true### }}",
            })
    void refusesATagThatIsTooDeep(
            String before, String open, String inner, String close, String after) {
        String template =
                text(before)
                        + text(open).repeat(10_000)
                        + text(inner)
                        + text(close).repeat(10_000)
                        + text(after);
        assertThat(assertTimeoutPreemptively(AT_ONCE, () -> problems(template)))
                .extracting(Diagnostic::code, Diagnostic::message)
                .containsExactly(tuple(Code.ASH0301, "the tag is more than 250 levels deep"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% if true %}",
                "{% for x in inputs.names %}",
                "{%- filter upper -%}",
                "{% for x in inputs.names %}{% if true %}{% else %}",
            })
    void refusesBlocksThatAreNestedTooDeep(String open) {
        assertThat(assertTimeoutPreemptively(AT_ONCE, () -> problems("a\n" + open.repeat(10_000))))
                .extracting(Diagnostic::message)
                .containsExactly("blocks are nested more than 50 deep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{", "{%", "{% verbatim %}", "{{ '", "{{ \"#{"})
    void tellsWhereWhatIsNotClosedBegins(String open) {
        assertThat(assertTimeoutPreemptively(AT_ONCE, () -> problems("a\n " + open.repeat(10_000))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.span().line()).isEqualTo(2))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(Code.ASH0301));
    }

    private static String text(@Nullable String column) {
        return column == null ? "" : column;
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
        Label secret = Label.SECRET;
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
                            assertThat(it.span().location()).isEqualTo("t.peb:2:18");
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
        fields.put("debug", Value.nothing());
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
