package dev.ashlar.language.expression;

import dev.ashlar.model.composition.Scope;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Fields;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What an etcd member's expressions may read: the environment of the tests.
final class Etcd {
    static final Type.Struct PEER =
            struct("Peer", "name", Type.Scalar.TEXT, "url", Type.Scalar.TEXT);
    static final Type.Struct TUNING =
            struct(
                    "Tuning",
                    "heartbeat",
                    Type.Scalar.INT,
                    "note",
                    Type.optionalOf(Type.Scalar.TEXT));
    static final Type.Struct NODE =
            struct(
                    "Node",
                    "name",
                    Type.Scalar.TEXT,
                    "address",
                    Type.Scalar.TEXT,
                    "group",
                    Type.Scalar.TEXT,
                    "index",
                    Type.Scalar.INT);
    static final Type.Struct OUTPUTS =
            struct("outputs", "peer", PEER, "endpoint", Type.Scalar.TEXT);
    static final Type.Struct MEMBER =
            struct(
                    "Member",
                    "name",
                    Type.Scalar.TEXT,
                    "address",
                    Type.Scalar.TEXT,
                    "outputs",
                    OUTPUTS);
    static final Type.Struct INPUTS =
            struct(
                    "inputs",
                    "address",
                    Type.Scalar.TEXT,
                    "client_port",
                    Type.Scalar.INT,
                    "names",
                    Type.listOf(Type.Scalar.TEXT),
                    "labels",
                    Type.mapOf(Type.Scalar.TEXT),
                    "ratio",
                    Type.Scalar.REAL,
                    "secure",
                    Type.Scalar.BOOL,
                    "alias",
                    Type.optionalOf(Type.Scalar.TEXT),
                    "password",
                    new Type.Secret(Type.Scalar.TEXT));
    static final Environment ENVIRONMENT = environment();

    private Etcd() {}

    private static Environment environment() {
        SequencedMap<String, Type> variables = new LinkedHashMap<>();
        variables.put("inputs", INPUTS);
        variables.put("node", NODE);
        variables.put("members", Type.listOf(MEMBER));
        variables.put("certificate", struct("certificate", "key", Type.Scalar.TEXT));
        return new Environment(variables, Map.of("Peer", PEER, "Tuning", TUNING));
    }

    static Type.Struct struct(String name, Object... fields) {
        Map<String, Type> types = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            types.put((String) fields[i], (Type) fields[i + 1]);
        }
        return Type.Struct.of(name, types);
    }

    /// The scope of a cluster of that many members, all known.
    static Map<String, Value> values(int size) {
        Map<String, Value> inputs = new LinkedHashMap<>();
        inputs.put("address", Value.text("10.0.0.1"));
        inputs.put("client_port", Value.number(2379));
        inputs.put("names", Value.list(List.of(Value.text("b"), Value.text("a"), Value.text("b"))));
        inputs.put("labels", Value.map(Map.of("zone", Value.text("z1"))));
        inputs.put("ratio", Operations.plain(new dev.ashlar.model.value.Data.Real(0.5)));
        inputs.put("secure", Value.truth(true));
        inputs.put("alias", Value.nothing());
        inputs.put("password", Value.text("hunter2"));
        List<Value> members = new ArrayList<>();
        for (int i = 1; i <= size; i++) {
            members.add(member("store-" + i, Value.text("https://10.0.0." + i + ":2380")));
        }
        Map<String, Value> all = new LinkedHashMap<>();
        all.put("inputs", Value.structure("inputs", inputs));
        all.put(
                "node",
                Value.structure(
                        "Node",
                        Map.of(
                                "name", Value.text("store-1"),
                                "address", Value.text("10.0.0.1"),
                                "group", Value.text("store"),
                                "index", Value.number(1))));
        all.put("members", Value.list(members));
        all.put("certificate", Value.structure("certificate", Map.of("key", Value.text("/k"))));
        return all;
    }

    static Value member(String name, Value url) {
        Map<String, Value> peer = new LinkedHashMap<>();
        peer.put("name", Value.text(name));
        peer.put("url", url);
        Map<String, Value> outputs = new LinkedHashMap<>();
        outputs.put("peer", Value.structure("Peer", peer));
        outputs.put("endpoint", Value.text("https://" + name + ":2379"));
        return member(name, Fields.of(outputs));
    }

    static Value member(String name, Fields outputs) {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("name", Value.text(name));
        fields.put("address", Value.text("10.0.0." + name.substring(name.length() - 1)));
        fields.put("outputs", Value.structure("outputs", outputs));
        return Value.structure("Member", fields);
    }

    static Scope scope(Map<String, Value> values) {
        return name -> Optional.ofNullable(values.get(name)).orElseThrow();
    }

    /// Compiles a scalar that stands at line 1, column 1 of `a.yaml`, without problems.
    static dev.ashlar.model.composition.Expression compile(String scalar) {
        Diagnostics problems = new Diagnostics();
        var expression =
                new ExpressionCompiler(problems)
                        .scalar(
                                Snippet.plain(scalar, "a.yaml", 1, 1),
                                ENVIRONMENT,
                                Optional.empty());
        return expression.orElseThrow(() -> new AssertionError(scalar + ": " + problems.sorted()));
    }

    static Value evaluate(String scalar, Map<String, Value> values) {
        return compile(scalar).evaluate(scope(values));
    }
}
