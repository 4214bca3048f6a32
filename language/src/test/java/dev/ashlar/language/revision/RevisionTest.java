package dev.ashlar.language.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each document before and after, written by hand: what is not the value stays byte for byte.
class RevisionTest {
    private static final String COUNT = "groups.store.count";
    private static final String PORT = "groups.store.kv.port";

    private static Arguments row(
            String what, String path, Value value, String before, String after) {
        return Arguments.of(what, path, value, before, after);
    }

    static Stream<Arguments> documents() {
        return Stream.of(counts(), uses(), newInputs(), parameters()).flatMap(rows -> rows);
    }

    private static Stream<Arguments> counts() {
        return Stream.of(
                row(
                        "a count between comments, in its own spacing",
                        COUNT,
                        Value.number(4),
                        """
                        # The shop.
                        cluster:  shop      # its name
                        groups:
                            store:
                                # odd, for a majority
                                count:   3    # nodes store-1, store-2, store-3
                                uses: { kv: etcd/member }

                        # the end
                        """,
                        """
                        # The shop.
                        cluster:  shop      # its name
                        groups:
                            store:
                                # odd, for a majority
                                count:   4    # nodes store-1, store-2, store-3
                                uses: { kv: etcd/member }

                        # the end
                        """),
                row(
                        "a count in braces",
                        COUNT,
                        Value.number(12),
                        "groups: { store: { count: 3, uses: {kv: etcd/member} } } # all\n",
                        "groups: { store: { count: 12, uses: {kv: etcd/member} } } # all\n"),
                row(
                        "a count on a line of its own",
                        COUNT,
                        Value.number(4),
                        "groups:\n  store:\n    count:\n      3\n    uses: {}\n",
                        "groups:\n  store:\n    count:\n      4\n    uses: {}\n"),
                row(
                        "line ends of Windows, and none at the end",
                        COUNT,
                        Value.number(4),
                        "cluster: é𝄞 # ü\r\ngroups:\r\n  store: # x\r\n    count: 3",
                        "cluster: é𝄞 # ü\r\ngroups:\r\n  store: # x\r\n    count: 4"),
                row(
                        "a mark at the beginning",
                        "parameters.domain",
                        Value.text("shop.example"),
                        "\uFEFFparameters: { domain: a.b }\n",
                        "\uFEFFparameters: { domain: shop.example }\n"));
    }

    private static Stream<Arguments> uses() {
        return Stream.of(
                row(
                        "a use in its short form",
                        PORT,
                        Value.number(12379),
                        "groups:\n  store:\n    count: 3\n    uses:\n      kv: etcd/member   # the store\n      web: web/server\n",
                        "groups:\n  store:\n    count: 3\n    uses:\n      kv: { component: etcd/member, with: { port: 12379 } }   # the store\n      web: web/server\n"),
                row(
                        "a use in its short form in braces",
                        PORT,
                        Value.number(1),
                        "groups: { store: { count: 3, uses: { kv: 'etcd/member', w: w/s } } }\n",
                        "groups: { store: { count: 3, uses: { kv: { component: 'etcd/member', with: { port: 1 } }, w: w/s } } }\n"),
                row(
                        "a use without `with`",
                        PORT,
                        Value.number(1),
                        "groups:\n  store:\n    uses:\n      kv:\n        component: etcd/member   # here\n\n        # more\n      web: web/server\n",
                        "groups:\n  store:\n    uses:\n      kv:\n        component: etcd/member   # here\n        with: { port: 1 }\n\n        # more\n      web: web/server\n"),
                row(
                        "a use in braces without `with`",
                        PORT,
                        Value.number(1),
                        "groups: {store: {uses: {kv: {component: etcd/member}}}}\n",
                        "groups: {store: {uses: {kv: {component: etcd/member, with: { port: 1 }}}}}\n"));
    }

    private static Stream<Arguments> newInputs() {
        return Stream.of(
                row(
                        "a new input after the last, which is a block of lines",
                        PORT,
                        Value.number(1),
                        "groups:\n  store:\n    uses:\n      kv:\n        component: etcd/member\n        with:\n          motd: |\n            # hello\n            you\n\n  # others\n  web: {}\n",
                        "groups:\n  store:\n    uses:\n      kv:\n        component: etcd/member\n        with:\n          motd: |\n            # hello\n            you\n          port: 1\n\n  # others\n  web: {}\n"),
                row(
                        "a new input where the file ends without a line end",
                        PORT,
                        Value.number(1),
                        "groups:\n  store:\n    uses:\n      kv:\n        component: etcd/member\n        with:\n          host: h",
                        "groups:\n  store:\n    uses:\n      kv:\n        component: etcd/member\n        with:\n          host: h\n          port: 1"),
                row(
                        "a new input among line ends of old",
                        PORT,
                        Value.number(1),
                        "groups:\r  store:\r    uses:\r      kv:\r        component: etcd/member\r        with:\r          host: h\r",
                        "groups:\r  store:\r    uses:\r      kv:\r        component: etcd/member\r        with:\r          host: h\r          port: 1\r"),
                row(
                        "a new input in braces, and in none",
                        PORT,
                        Value.number(1),
                        "groups: { store: { uses: { kv: { component: a/b, with: {} } } } }\n",
                        "groups: { store: { uses: { kv: { component: a/b, with: { port: 1 } } } } }\n"),
                row(
                        "a new input before a comma at the end",
                        PORT,
                        Value.number(1),
                        "groups: { store: { uses: { kv: { component: a/b, with: { host: h, } } } } }\n",
                        "groups: { store: { uses: { kv: { component: a/b, with: { host: h, port: 1, } } } } }\n"));
    }

    private static Stream<Arguments> parameters() {
        return Stream.of(
                row(
                        "an input that is an expression",
                        PORT,
                        Value.number(1),
                        "groups: { store: { uses: { kv: { component: a/b, with: { port: \"${parameters.port}\" } } } } }\n",
                        "groups: { store: { uses: { kv: { component: a/b, with: { port: 1 } } } } }\n"),
                row(
                        "a string in single quotes, told in double ones",
                        "parameters.domain",
                        Value.text("it's"),
                        "parameters:\n  domain: 'shop'  # quoted\n",
                        "parameters:\n  domain: \"it's\"  # quoted\n"),
                row(
                        "a string over several lines",
                        "parameters.domain",
                        Value.text("one"),
                        "parameters:\n  domain: shop\n    and more\n  # kept\n  other: 1\n",
                        "parameters:\n  domain: one\n  # kept\n  other: 1\n"),
                row(
                        "a block of lines",
                        "parameters.motd",
                        Value.text("a\nb\n"),
                        "parameters:\n  motd: |\n    hello\n\n  # kept\n  other: 1\n",
                        "parameters:\n  motd: \"a\\nb\\n\"\n\n  # kept\n  other: 1\n"),
                row(
                        "a list of lines at the depth of its key",
                        "parameters.hosts",
                        Value.list(List.of(Value.text("c"), Value.text("80"))),
                        "parameters:\n  hosts:\n  - a\n  - b\n  # kept\n  other: 1\n",
                        "parameters:\n  hosts: [c, \"80\"]\n  # kept\n  other: 1\n"),
                row(
                        "a list in brackets over several lines",
                        "parameters.hosts",
                        Value.list(List.of(Value.text("c"))),
                        "parameters:\n  hosts: [\n    a,\n    'b # no comment',\n  ] # kept\n",
                        "parameters:\n  hosts: [c] # kept\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void onlyTheValueChanges(String what, String path, Value value, String before, String after) {
        assertThat(Revision.of(before, one(path, value)))
                .as(what)
                .isEqualTo(new Revision.Done(after));
    }

    private static SequencedMap<String, Value> one(String path, Value value) {
        return new LinkedHashMap<>(Map.of(path, value));
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(Value.text("plain-word/1.0"), "plain-word/1.0"),
                Arguments.of(Value.text("true"), "\"true\""),
                Arguments.of(Value.text("null"), "\"null\""),
                Arguments.of(Value.text("12"), "\"12\""),
                Arguments.of(Value.text(""), "\"\""),
                Arguments.of(Value.text("a: b # c, [d]"), "\"a: b # c, [d]\""),
                Arguments.of(Value.text("${x}"), "\"$${x}\""),
                Arguments.of(
                        Value.text("tab\t\"é𝄞\"\\\u0007\u2028"),
                        "\"tab\\t\\\"é𝄞\\\"\\\\\\u0007\\u2028\""),
                Arguments.of(Value.number(-3), "-3"),
                Arguments.of(new Value(new Data.Real(1.5e30), Label.NONE), "1.5E30"),
                Arguments.of(Value.truth(false), "false"),
                Arguments.of(Value.nothing(), "null"),
                Arguments.of(Value.list(List.of()), "[]"),
                Arguments.of(
                        Value.map(
                                new java.util.TreeMap<>(
                                        Map.of(
                                                "b c",
                                                Value.number(1),
                                                "a",
                                                Value.list(List.of(Value.truth(true)))))),
                        "{ a: [true], \"b c\": 1 }"),
                Arguments.of(
                        Value.structure(
                                "Limits", new LinkedHashMap<>(Map.of("clients", Value.number(7)))),
                        "{ clients: 7 }"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void everyKindOfValueIsWrittenOnOneLine(Value value, String written) {
        assertThat(Revision.of("parameters: { it: 1 } # it\n", one("parameters.it", value)))
                .isEqualTo(new Revision.Done("parameters: { it: " + written + " } # it\n"));
    }

    @Test
    void severalValuesAreWrittenAtOnce() {
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        values.put(COUNT, Value.number(4));
        values.put(PORT, Value.number(1));
        values.put("groups.store.kv.host", Value.text("h"));
        assertThat(
                        Revision.of(
                                "groups:\n  store:\n    count: 3\n    uses:\n      kv: etcd/member\n",
                                values))
                .isEqualTo(
                        new Revision.Done(
                                "groups:\n  store:\n    count: 4\n    uses:\n      kv: { component: etcd/member, with: { port: 1, host: h } }\n"));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        "parameters.hosts",
                        "parameters:\n  hosts:\n    - a # the first\n    - b\n",
                        "a comment stands in what it would replace"),
                Arguments.of(
                        "parameters.hosts",
                        "parameters:\n  hosts: # of the shop\n    - a\n",
                        "a comment stands in what it would replace"),
                Arguments.of(
                        "parameters.hosts",
                        "parameters:\n  hosts: | # of the shop\n    a\n",
                        "a comment stands in what it would replace"),
                Arguments.of(
                        "groups.store.kv.port.deep",
                        "groups: {}\n",
                        "the file has no place for it"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatWouldTakeACommentAwayIsRefused(String path, String before, String reason) {
        assertThat(Revision.of(before, one(path, Value.number(1))))
                .isEqualTo(new Revision.Refused(path, reason));
    }

    @Test
    void whatIsKeptToTheLastBlankLineStaysSo() {
        String before =
                "groups:\n  store:\n    uses:\n      kv:\n        component: a/b\n        with:\n          motd: |+\n            you\n\n";
        assertThat(Revision.of(before, one(PORT, Value.number(1))))
                .isEqualTo(new Revision.Refused(PORT, "something beside it would change"));
    }
}
