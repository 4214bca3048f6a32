package dev.ashlar.language.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain|plain",
                "0042|0042",
                "$${x}|${x}",
                "https://${inputs.address}:${inputs.client_port}/|https://10.0.0.1:2379/",
                "${'https://' + inputs.address + ':' + string(inputs.client_port)}|https://10.0.0.1:2379",
                "${members.map(m, m.name).join(',')}|store-1,store-2,store-3",
                "${members.map(m, m.outputs.peer)[1].url}|https://10.0.0.2:2380",
                "${members.filter(m, m.name != node.name).map(m, m.name).join(' ')}|store-2 store-3",
                "${members.map(m, m.name.endsWith('3'), m.address).first()}|10.0.0.3",
                "${Peer{name: node.name, url: 'u'}.name}|store-1",
                "${inputs.labels['zone']}|z1",
                "${inputs.labels.zone}|z1",
                "${has(inputs.labels.rack) ? inputs.labels.rack : 'none'}|none",
                "${inputs.labels.?rack.orValue('r0')}|r0",
                "${inputs.labels[?'rack'].orValue('r0')} ${inputs.labels[?'zone'].orValue('r0')}|r0 z1",
                "${string(inputs.labels[?node.name].hasValue())}|false",
                "${inputs.?alias.orValue('nobody')}|nobody",
                "${has(inputs.alias) ? inputs.alias : node.name}|store-1",
                "${inputs.names.sorted().join('')} ${inputs.names.distinct().join('')}|abb ba",
                "${'a,b'.split(',').map(x, x.upperAscii()).join('+')}|A+B",
                "${' x '.trim().replace('x', 'y')}|y",
                "${string(int('7') * 6)} ${double('1.5')} ${bool('true')}|42 1.5 true",
                "${size(members)} ${members.size()} ${'äöü'.size()}|3 3 3",
                "${math.greatest(1, 7)} ${math.least([3, 2, 5])}|7 2",
                "${members.exists(m, m.name == node.name) && members.all(m, m.name.startsWith('store'))}!|true!",
                "${members.exists_one(m, m.name == 'store-2')} ${'store-9' in members.map(m, m.name)}|true false",
                "${'store-1'.matches('^store-[0-9]+$') ? 'yes' : 'no'}|yes",
                "${Tuning{heartbeat: 5, note: 'n'}.?note.orValue('')}|n",
                "${{'a': 'x'}['a']}${['p', 'q'][1]}|xq",
            })
    void evaluatesScalar(String scalar, String expected) {
        Value value = Etcd.evaluate(scalar, Etcd.values(3));
        assertThat(value.data()).isEqualTo(new Data.Text(expected));
    }

    @Test
    void keepsTypeWhenExpressionIsAlone() {
        assertThat(Etcd.compile("${inputs.client_port}").type()).isEqualTo(Type.Scalar.INT);
        assertThat(Etcd.compile("${inputs.client_port}\n").type()).isEqualTo(Type.Scalar.INT);
        assertThat(Etcd.compile(" ${inputs.client_port}").type()).isEqualTo(Type.Scalar.TEXT);
        assertThat(Etcd.compile("${members.map(m, m.outputs.peer)}").type())
                .isEqualTo(Type.listOf(Etcd.PEER));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "${members[3].name}|index 3 is out of range: the list has 3 elements",
                "${inputs.labels['rack']}|the map has no key \"rack\"",
                "${1 / (inputs.client_port - 2379)}|division by zero",
                "${9223372036854775807 + inputs.client_port}|the result does not fit an int of 64 bits",
                "${int(node.name)}|\"store-1\" is not an int",
                "${members.filter(m, false).first().name}|first() of an empty list",
                "${[1, 2].map(x, x / (x - 2))}|division by zero",
                "text ${inputs.labels.rack}|the map has no key \"rack\"",
            })
    void givesInvalidForWhatHasNoValue(String scalar, String message) {
        Value value = Etcd.evaluate(scalar, Etcd.values(3));
        assertThat(value.data())
                .isInstanceOfSatisfying(
                        Data.Invalid.class, it -> assertThat(it.message()).isEqualTo(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${'a'.replace('a', 'bbbbbbbb'.replace('b', 'cccccccc').replace('c', 'dddddddd')"
                        + ".replace('d', 'eeeeeeee').replace('e', 'ffffffff').replace('f', 'gggggggg')"
                        + ".replace('g', 'hhhhhhhh'))}",
                "${[1,2,3,4,5,6,7,8,9,10].map(a, [1,2,3,4,5,6,7,8,9,10].map(b, 'xxxxxxxxxx'"
                        + ".replace('x', 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy')"
                        + ".replace('y', 'zzzzzzzzzzzzzzzzzzzz')).join('')).join('')}",
            })
    void aTextThatOutgrowsAllUseHasNoValue(String scalar) {
        assertThat(Etcd.evaluate(scalar, Etcd.values(1)).data())
                .isInstanceOfSatisfying(
                        Data.Invalid.class,
                        it -> assertThat(it.message()).contains("characters, more than 1048576"));
    }

    @Test
    void countsWhatAReplacementMakes() {
        assertThat(Etcd.evaluate("${'banana'.replace('an', 'x')}", Etcd.values(1)).data())
                .isEqualTo(new Data.Text("bxxa"));
        assertThat(Etcd.evaluate("${'ab'.replace('', '-')}", Etcd.values(1)).data())
                .isEqualTo(new Data.Text("-a-b-"));
    }

    @Test
    void absorbsInvalidSideWhenTheOtherDecides() {
        assertThat(Etcd.evaluate("${1 / 0 > 0 || true}", Etcd.values(1)).data())
                .isEqualTo(new Data.Bool(true));
        assertThat(Etcd.evaluate("${[0, 1].exists(x, 1 / x > 0)}", Etcd.values(1)).data())
                .isEqualTo(new Data.Bool(true));
        assertThat(Etcd.evaluate("${[0, 1].all(x, 1 / x > 1)}", Etcd.values(1)).data())
                .isEqualTo(new Data.Bool(false));
    }
}
