package dev.ashlar.language.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Fields;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Secrecy;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AbstractValuesTest {
    private static final Await FIRST = new Await.Healthy("kv", "store-1");
    private static final Await SECOND = new Await.Healthy("kv", "store-2");
    private static final Label SECRET = new Label(Secrecy.SECRET, Set.of(), Set.of());

    @Test
    void leavesOtherElementsKnownWhenOneIsUnknown() {
        Value urls = Etcd.evaluate("${members.map(m, m.outputs.peer.url)}", halfKnown());
        assertThat(urls.data())
                .isInstanceOfSatisfying(
                        Data.Listing.class,
                        list -> {
                            assertThat(list.elements().get(0).data())
                                    .isEqualTo(new Data.Unknown(Type.Scalar.TEXT));
                            assertThat(list.elements().get(0).label().awaits())
                                    .containsExactly(FIRST);
                            assertThat(list.elements().get(1)).isEqualTo(Value.text("u2"));
                            assertThat(list.elements().get(1).label().awaits()).isEmpty();
                        });
    }

    @Test
    void waitsForAllThatTextReads() {
        Map<String, Value> values = Etcd.values(1);
        values.put(
                "members",
                Value.list(
                        List.of(
                                Etcd.member("store-1", Value.unknown(Type.Scalar.TEXT, FIRST)),
                                Etcd.member("store-2", Value.unknown(Type.Scalar.TEXT, SECOND)))));
        Value text =
                Etcd.evaluate(
                        "${members[0].outputs.peer.url},${members.map(m, m.outputs.peer.url).join('')}",
                        values);
        assertThat(text.data()).isEqualTo(new Data.Unknown(Type.Scalar.TEXT));
        assertThat(text.label().awaits()).containsExactlyInAnyOrder(FIRST, SECOND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${members[0].outputs.peer == Peer{name: 'other', url: 'x'}}",
                "${members[0].outputs.peer.url == 'x' && false}",
                "${false && members[0].outputs.peer.url == 'x'}",
                "${members.all(m, m.outputs.peer.url == 'zz')}",
                "${[members[0].outputs.peer.url] == ['a', 'b']}",
                "${!members.exists(m, m.outputs.peer.url == 'u2')}",
                "${!('u2' in members.map(m, m.outputs.peer.url))}",
            })
    void decidesByWhatIsKnown(String expression) {
        Value value = Etcd.evaluate(expression, halfKnown());
        assertThat(value.data()).isEqualTo(new Data.Bool(false));
        assertThat(value.label().awaits()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${members[0].outputs.peer == Peer{name: 'store-1', url: 'x'}}",
                "${members[0].outputs.peer.url == 'x' || false}",
                "${members.exists(m, m.outputs.peer.url == 'zz')}",
                "${members.exists_one(m, m.outputs.peer.url == 'u2')}",
                "${'zz' in members.map(m, m.outputs.peer.url)}",
                "${members.filter(m, m.outputs.peer.url != 'zz').size() == 1}",
                "${members[0].outputs.peer.url == 'x' ? true : false}",
            })
    void isUnknownWhileUnknownPartsCouldDecide(String expression) {
        Value value = Etcd.evaluate(expression, halfKnown());
        assertThat(value.data()).isEqualTo(new Data.Unknown(Type.Scalar.BOOL));
        assertThat(value.label().awaits()).containsExactly(FIRST);
    }

    @Test
    void knowsSizeOfListWithUnknownElements() {
        Value size = Etcd.evaluate("${members.map(m, m.outputs.peer.url).size()}", halfKnown());
        assertThat(size).isEqualTo(Value.number(2));
        assertThat(size.label().awaits()).isEmpty();
    }

    @Test
    void givesUnknownOfResultTypeForUnknownCondition() {
        Map<String, Value> values = halfKnown();
        Value port =
                Etcd.evaluate(
                        "${members[0].outputs.peer.url == '' ? 1 : inputs.client_port}", values);
        assertThat(port.data()).isEqualTo(new Data.Unknown(Type.Scalar.INT));
    }

    @Test
    void prefersInvalidToUnknownInStrictFunction() {
        Value value =
                Etcd.evaluate("${members[0].outputs.peer.url + inputs.names[7]}", halfKnown());
        assertThat(value.data()).isInstanceOf(Data.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${node.name}",
                "${node.name + 'x'}",
                "x ${node.name}",
                "${node.name == 'a' ? 'b' : 'c'}",
                "${members.filter(m, m.name == node.name)}",
                "${['a', node.name].sorted()}",
                "${['a', node.name].join('')}",
                "${['a', node.name][1]}",
                "${['a', 'b'].exists(x, x == node.name)}",
                "${{'a': node.name}['a']}",
                "${Peer{name: node.name, url: ''}.name}",
                "${Peer{name: node.name, url: ''} == Peer{name: 'x', url: ''}}",
                "${node.name in ['a']}",
            })
    void carriesSecrecyOfWhatIsRead(String expression) {
        Map<String, Value> values = Etcd.values(2);
        values.put("node", Value.structure("Node", Map.of("name", Value.text("n").joined(SECRET))));
        assertThat(Etcd.evaluate(expression, values).label().secrecy()).isEqualTo(Secrecy.SECRET);
    }

    @Test
    void makesElementsOfSecretListSecret() {
        Map<String, Value> values = Etcd.values(2);
        values.computeIfPresent("members", (_, members) -> members.joined(SECRET));
        Value name = Etcd.evaluate("${members.map(m, m.name).filter(n, n != 'x').first()}", values);
        assertThat(name.label().secrecy()).isEqualTo(Secrecy.SECRET);
    }

    @Test
    void derivesSecretTypeFromWhatIsRead() {
        Type secret = new Type.Secret(Type.Scalar.TEXT);
        assertThat(Etcd.compile("${inputs.password}").type()).isEqualTo(secret);
        assertThat(Etcd.compile("pw: ${inputs.password}").type()).isEqualTo(secret);
        assertThat(Etcd.compile("${inputs.password + 'x'}").type()).isEqualTo(secret);
        assertThat(Etcd.compile("${inputs.address}").type()).isEqualTo(Type.Scalar.TEXT);
    }

    @Test
    void saysWhereLiteralsWereWritten() {
        Value value = Etcd.evaluate("${'a' + node.name}", Etcd.values(1));
        assertThat(value.label().origins())
                .extracting(Origin::toString)
                .containsExactly("a.yaml:1:3");
    }

    @Test
    void doesNotForceWhatIsNotRead() {
        Set<String> asked = new HashSet<>();
        Fields lazy =
                new Fields() {
                    @Override
                    public Set<String> names() {
                        return Etcd.OUTPUTS.fields().keySet();
                    }

                    @Override
                    public Value get(String name) {
                        asked.add(name);
                        assertThat(name).isEqualTo("endpoint");
                        return Value.text("e");
                    }
                };
        Map<String, Value> values = Etcd.values(1);
        values.put("members", Value.list(List.of(Etcd.member("store-1", lazy))));
        assertThat(Etcd.evaluate("${members.map(m, m.outputs.endpoint).join('')}", values))
                .isEqualTo(Value.text("e"));
        assertThat(Etcd.evaluate("${members.filter(m, m.name != '').size()}", values))
                .isEqualTo(Value.number(1));
        assertThat(Etcd.evaluate("${has(members[0].outputs.peer)}", values))
                .isEqualTo(Value.truth(true));
        assertThat(asked).containsExactly("endpoint");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${members.map(m, m.outputs.peer.name).join(',')}",
                "${members.filter(m, m.outputs.peer.name != 'x').map(m, m.outputs.peer.name).sorted()}",
                "${members.all(m, m.outputs.peer.name != 'x')}",
                "${'x' in members.map(m, m.outputs.peer.name)}",
                "${members.map(m, m.outputs.peer).distinct().size()}",
            })
    void readsAreLinearInListSize(String expression) {
        long small = reads(expression, 500);
        long large = reads(expression, 4_000);
        assertThat(large).isLessThanOrEqualTo(8 * small);
        assertThat(small).isLessThanOrEqualTo(500 * 12);
    }

    private static long reads(String expression, int size) {
        long[] count = {0};
        List<Value> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Value name = Value.text("n" + i).joined(Label.from(new Origin.Fact("n" + i, "name")));
            Value peer = Value.structure("Peer", Map.of("name", name, "url", Value.text("u")));
            members.add(
                    Etcd.member(
                            "store-" + i, counting(Map.of("peer", peer, "endpoint", name), count)));
        }
        Map<String, Value> values = Etcd.values(1);
        values.put("members", Value.list(members));
        Value value = Etcd.evaluate(expression, values);
        assertThat(value.isKnown()).isTrue();
        return count[0];
    }

    private static Fields counting(Map<String, Value> fields, long[] count) {
        Fields plain = Fields.of(fields);
        return new Fields() {
            @Override
            public Set<String> names() {
                return fields.keySet();
            }

            @Override
            public Value get(String name) {
                count[0]++;
                return plain.get(name);
            }
        };
    }

    @Test
    void tellsPathsRead() {
        assertThat(
                        paths(
                                "${members.filter(m, m.name != node.name).map(m, m.outputs.peer).first().url + inputs.labels['zone']}"))
                .containsExactlyInAnyOrder(
                        "members.#",
                        "members.[].name",
                        "node.name",
                        "members.[].outputs.peer",
                        "inputs.labels.zone");
        assertThat(paths("${size(members)} ${certificate.key}"))
                .containsExactlyInAnyOrder("members.#", "certificate.key");
        assertThat(paths("${(inputs.secure ? members[0] : members[1]).outputs.endpoint}"))
                .containsExactlyInAnyOrder("inputs.secure", "members.[].outputs.endpoint");
        assertThat(paths("${members}")).containsExactly("members");
        assertThat(Etcd.compile("${members.map(inputs, inputs.name)}").variables())
                .containsExactly("members");
    }

    private static List<String> paths(String scalar) {
        return Etcd.compile(scalar).reads().stream().map(path -> String.join(".", path)).toList();
    }

    private static Map<String, Value> halfKnown() {
        Map<String, Value> values = Etcd.values(1);
        values.put(
                "members",
                Value.list(
                        List.of(
                                Etcd.member("store-1", Value.unknown(Type.Scalar.TEXT, FIRST)),
                                Etcd.member("store-2", Value.text("u2")))));
        return values;
    }
}
