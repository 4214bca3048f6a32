package dev.ashlar.simulation.fleet;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.text.Sha256;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Fields;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Owned;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Values that work on modelled machines returns, and values as text.
public final class MadeUp {
    /// How a text ends that is good for a time only: with the moment at which it lapses.
    public static final Pattern LAPSES = Pattern.compile("~([0-9]+)");

    private MadeUp() {}

    /// A value of the declared type that changes when what it is made from does; outputs named
    /// `fixed…` never change.
    static Value made(Type type, String name, String from) {
        String seed = name.contains(".fixed") ? name : name + from;
        int hash = seed.hashCode();
        return switch (type) {
            case Type.Scalar.TEXT -> Value.text("made-" + Integer.toHexString(hash));
            case Type.Scalar.INT -> Value.number(Math.abs((long) hash));
            case Type.Scalar.REAL -> new Value(new Data.Real(hash), Value.nothing().label());
            case Type.Scalar.BOOL -> Value.truth((hash & 1) == 0);
            case Type.ListOf(Type element) -> Value.list(List.of(made(element, name, from)));
            case Type.MapOf(Type value) -> Value.map(Map.of("made", made(value, name, from)));
            case Type.OptionalOf(Type value) -> made(value, name, from);
            case Type.Secret(Type value) -> made(value, name, from);
            case Type.Struct(String word, var fields) -> {
                Map<String, Value> parts = new LinkedHashMap<>();
                fields.forEach((field, t) -> parts.put(field, made(t, name + field, from)));
                yield Value.structure(word, parts);
            }
        };
    }

    /// A value for each output of an instance, made from that.
    static SequencedMap<String, Value> outputs(
            Map<String, Type> outputs, InstanceKey of, String from) {
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        outputs.forEach((name, type) -> values.put(name, made(type, of + "." + name, from)));
        return values;
    }

    /// What a machine says of a resource that is there.
    ///
    /// @param made true where it was not there before
    static Owned owned(Resource resource, boolean made) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("made", Boolean.toString(made));
        details.put(Owned.KEY, resource.key());
        if (resource.kind() == ResourceKind.FILE) {
            Value content = resource.parameters().getOrDefault("content", Value.text(""));
            details.put("sha256", Sha256.hex(shown(content)));
        }
        return Owned.of(
                resource.kind().word(), resource.identity(), resource.flag("data"), details);
    }

    /// The same, good for so long from now, where it is a text that lapses.
    static Value lapsing(Value made, Optional<Duration> validFor, long nowMs) {
        return validFor.isPresent() && made.data() instanceof Data.Text(String text)
                ? Value.text(text + "~" + (nowMs + validFor.get().toMillis()))
                : made;
    }

    static String shown(Map<String, Value> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + shown(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    static String shown(Value value) {
        return switch (value.data()) {
            case Data.Text(String text) -> text;
            case Data.Listing(List<Value> all) ->
                    all.stream().map(MadeUp::shown).toList().toString();
            case Data.Mapping(var entries) -> shown(entries);
            case Data.Structure(String type, Fields fields) ->
                    type
                            + fields.names().stream()
                                    .map(name -> name + "=" + shown(fields.get(name)))
                                    .toList();
            case Data.Blob _,
                    Data.Int _,
                    Data.Real _,
                    Data.Bool _,
                    Data.Nothing _,
                    Data.Unknown _,
                    Data.Invalid _ ->
                    value.data().toString();
        };
    }
}
