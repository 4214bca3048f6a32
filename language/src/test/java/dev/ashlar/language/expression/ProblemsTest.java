package dev.ashlar.language.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "${node.nmae}|ASH0206|8|unknown field \"nmae\" in Node|did you mean \"name\"?",
                "${nod.name}|ASH0206|3|unknown variable \"nod\"|did you mean \"node\"?",
                "${members.map(m, m.outputs.pear)}|ASH0206|28|unknown field \"pear\" in outputs|did you mean \"peer\"?",
                "x ${inputs.adress} y|ASH0206|12|unknown field \"adress\" in inputs|did you mean \"address\"?",
                "${frst(members)}|ASH0203|3|unknown function \"frst\"|did you mean \"first\"?",
                "${Pear{name: 'a', url: 'b'}}|ASH0107|3|unknown type \"Pear\"|did you mean \"Peer\"?",
                "${Peer{name: 'a'}}|ASH0207|3|Peer lacks field url|only fields of an optional(…) type may be left out",
                "${Peer{name: 'a', urk: 'b'}}|ASH0206|19|unknown field \"urk\"|did you mean \"url\"?",
                "${Peer{name: 3, url: 'b'}}|ASH0201|8|field \"name\" takes string, but this is int|",
                "${node.name +}|ASH0202|14|the expression ends too early|",
                "${node.name = 'a'}|ASH0202|13|\"=\" has no meaning in an expression|write == to compare",
                "${(1 + 2}|ASH0202|9|\")\" is missing|",
                "${'a}|ASH0202|1|`${` is not closed|write } where the expression ends, or $${ for a plain ${",
                "${}|ASH0202|3|there is no expression here|",
                "${node.name + inputs.client_port}|ASH0203|13|+ does not work between string and int|convert with string(…), or write the text with ${…} inside",
                "${node.name == 1}|ASH0203|13|cannot compare string with int|convert one side: string(…), int(…) or double(…)",
                "${inputs.secure ? 1 : 'a'}|ASH0203|17|the two results of `? :` are of different types: int and string|",
                "${node.name ? 1 : 2}|ASH0203|13|the condition of `? :` is string, not bool|",
                "${[1, 'a']}|ASH0203|3|the elements of a list must be of one type, but these are int and string|",
                "${null}|ASH0203|3|null, bytes and unsigned numbers are not values of the language|",
                "${inputs.alias + 'x'}|ASH0203|3|\"inputs.alias\" may be absent, and a value is needed here|write `has(inputs.alias) ? … : …`, or `.?` before the last name and `.orValue(…)` after it",
                "a ${members} b|ASH0201|5|text takes strings, numbers and bools, but this is a list(Member)|join it: .join(',')",
                "${[]}|ASH0203|1|what this holds cannot be told from it: declare its type|",
                "${node.name.matches('a(')}|ASH0203|21|not a regular expression: missing closing )|",
                "${members.map(m.x, 1)}|ASH0202|16|the argument must be a simple name|",
                "${inputs.names[?0].orValue('x')}|ASH0203|10|cannot look for an entry int of list(string)|a list is read by place, x[0] or x.first(), and where it may be empty: size(x) > 0 ? x[0] : …",
                "${inputs.labels[?1]}|ASH0203|10|cannot look for an entry int of map(string)|an entry of a map is looked for by a text: x[?'key']",
                "${optional.of(node.name)}|ASH0203|3|unknown function \"optional.of\"|write the value itself: it goes where an optional one is taken",
                "${optional.none()}|ASH0203|3|unknown function \"optional.none\"|leave it out: a field or an input that is not given is absent",
                "${inputs.?alias.value()}|ASH0203|17|unknown function \"value\"|say what stands for one that is absent: .?name.orValue(…), of a map [?key].orValue(…)",
                "${inputs.?alias.orElse('x')}|ASH0203|17|unknown function \"orElse\"|say what stands for one that is absent: .?name.orValue(…), of a map [?key].orValue(…)",
                "${inputs.?alias + 'x'}|ASH0203|17|+ does not work between optional(string) and string|say what stands for one that is absent: .?name.orValue(…), of a map [?key].orValue(…)",
                "${inputs.?alias.orValue(3)}|ASH0203|17|orValue cannot be applied to optional(string).(int)|what stands for an absent value is of its type",
                "${inputs.?alias.size()}|ASH0203|17|size cannot be applied to optional(string).()|say what stands for one that is absent: .?name.orValue(…), of a map [?key].orValue(…)",
                "${inputs.labels['a'].orValue('x')}|ASH0203|22|orValue cannot be applied to string.(string)|read the value with `.?name`, of a map `[?key]`, before orValue()",
                "${inputs.alias ?? 'x'}|ASH0202|17|\"?\" is not expected here|say what stands for one that is absent: .?name.orValue(…), of a map [?key].orValue(…)",
                "${inputs.alias == null}|ASH0203|16|cannot compare string with null|ask has(x.name), x.?name.hasValue(), or of a map x[?key].hasValue()",
                "${inputs.names.last()}|ASH0203|16|unknown function \"last\"|the last of a list is x[size(x) - 1]",
                "${inputs.names.get(0)}|ASH0203|16|unknown function \"get\"|an element of a list is x[0], an entry of a map x['key'] or x[?'key']",
            })
    void pointsAtProblem(String scalar, Code code, int column, String message, String help) {
        List<Diagnostic> found = problems(scalar, Optional.empty());
        assertThat(found).hasSize(1);
        Diagnostic problem = found.getFirst();
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.span().location()).isEqualTo("a.yaml:1:" + column);
        assertThat(problem.help().orElse(null)).isEqualTo(help);
    }

    @Test
    void tellsConditionsFromWhatStandsForAnAbsentValue() {
        assertThat(problems("${inputs.alias || 'x'}", Optional.empty()))
                .singleElement()
                .extracting(problem -> problem.help().orElse(""))
                .asString()
                .startsWith("|| joins conditions; say what stands for one that is absent");
    }

    @Test
    void reportsSeveralProblemsAtOnce() {
        assertThat(problems("${nod.name + foo} and ${node.nmae} and ${1 +}", Optional.empty()))
                .extracting(p -> p.code() + " " + p.span().column())
                .containsExactly("ASH0206 3", "ASH0206 14", "ASH0206 30", "ASH0202 45");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "8080|int|ASH0201|this takes an int, but this is a string",
                "${node.name}|int|ASH0201|this takes an int, but this is a string",
                "${inputs.alias}|string|ASH0201|this takes a string, but this is an optional(string)",
                "${inputs.password}|string|ASH0208|this, which is to be a string, would show inputs.password",
                "pw=${inputs.password}|string|ASH0208|this, which is to be a string, would show inputs.password",
                "${inputs.password.size() > 3 ? 'a' : 'b'}|string|ASH0208|this, which is to be a string, would show inputs.password",
            })
    void comparesWithExpectedType(String scalar, String expected, Code code, String message) {
        Type type = expected.equals("int") ? Type.Scalar.INT : Type.Scalar.TEXT;
        assertThat(problems(scalar, Optional.of(type)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(code);
                    assertThat(problem.message()).isEqualTo(message);
                });
    }

    @Test
    void takesEmptyListWhereTypeIsExpected() {
        Type wanted = Type.listOf(Etcd.PEER);
        assertThat(problems("${[]}", Optional.of(wanted))).isEmpty();
        assertThat(
                        problems(
                                "${inputs.secure ? [] : members.map(m, m.outputs.peer)}",
                                Optional.of(wanted)))
                .isEmpty();
        assertThat(problems("${inputs.alias}", Optional.of(Type.optionalOf(Type.Scalar.TEXT))))
                .isEmpty();
    }

    @Test
    void pointsIntoFoldedBlock() {
        String raw = ">-\n    https://${node.name\n      + inputs.adress}:\n    ${nod}";
        String text = "https://${node.name\n  + inputs.adress}:\n${nod}";
        assertThat(problems(Snippet.ofScalar(text, raw, new Span("f.yaml", 7, 12, 10, 11))))
                .extracting(p -> p.span().location())
                .containsExactly("f.yaml:9:16", "f.yaml:10:7");
    }

    @Test
    void pointsIntoFoldedPlainScalar() {
        String raw = "${node.name +\n     nod}";
        String text = "${node.name + nod}";
        assertThat(problems(Snippet.ofScalar(text, raw, new Span("f.yaml", 3, 8, 4, 10))))
                .extracting(p -> p.span().location())
                .containsExactly("f.yaml:4:6");
    }

    @Test
    void pointsIntoQuotedScalars() {
        String single = "'it''s ${nod} ''${foo}'";
        assertThat(
                        problems(
                                Snippet.ofScalar(
                                        "it's ${nod} '${foo}",
                                        single,
                                        Span.of("f.yaml", 1, 5, 22))))
                .extracting(p -> p.span().location())
                .containsExactly("f.yaml:1:14", "f.yaml:1:23");
        String twice = "\"\\t\\u00e4 \\\"${nod}\\\" \\\n     ${foo}\"";
        assertThat(
                        problems(
                                Snippet.ofScalar(
                                        "\tä \"${nod}\" ${foo}",
                                        twice,
                                        new Span("f.yaml", 2, 1, 3, 12))))
                .extracting(p -> p.span().location())
                .containsExactly("f.yaml:2:15", "f.yaml:3:8");
    }

    @Test
    void countsColumnsInCodePoints() {
        assertThat(problems("🎉 ${'🎉' + nod}", Optional.empty()))
                .extracting(p -> p.span().location())
                .containsExactly("a.yaml:1:11");
    }

    private static List<Diagnostic> problems(Snippet snippet) {
        Diagnostics problems = new Diagnostics();
        assertThat(
                        new ExpressionCompiler(problems)
                                .scalar(snippet, Etcd.ENVIRONMENT, Optional.empty()))
                .isEmpty();
        return problems.sorted();
    }

    private static List<Diagnostic> problems(String scalar, Optional<Type> expected) {
        Diagnostics problems = new Diagnostics();
        var expression =
                new ExpressionCompiler(problems)
                        .scalar(Snippet.plain(scalar, "a.yaml", 1, 1), Etcd.ENVIRONMENT, expected);
        assertThat(expression.isEmpty()).isEqualTo(problems.hasErrors());
        return problems.sorted();
    }
}
