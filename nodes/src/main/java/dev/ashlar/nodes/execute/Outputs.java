package dev.ashlar.nodes.execute;

import dev.ashlar.model.secret.Redaction;
import dev.ashlar.model.text.Plain;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Failure.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a script wrote to `$ASHLAR_OUTPUT`: lines `name=value`, typed by what the step declares. A
/// text is taken as it stands, so that digits stay a text. Where the step declares an output that
/// is secret, what cannot be read is told by its line alone: it may be a part of that.
sealed interface Outputs {

    record Good(SequencedMap<String, Value> values) implements Outputs {}

    record Bad(Failure failure) implements Outputs {}

    /// @param redaction of what the script was given
    static Outputs read(byte[] bytes, SequencedMap<String, Type> declared, Redaction redaction) {
        try {
            String written =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return written.indexOf('\0') >= 0
                    ? bad("output-type", "wrote a NUL character, which no value can hold")
                    : read(written, declared, redaction);
        } catch (CharacterCodingException _) {
            return bad("output-type", "wrote what is not UTF-8");
        }
    }

    private static Outputs read(
            String written, SequencedMap<String, Type> declared, Redaction redaction) {
        boolean isSecret = hasSecret(declared);
        Map<String, String> lines = new LinkedHashMap<>();
        int number = 0;
        for (String line : written.split("\n")) {
            number++;
            if (line.isEmpty()) {
                continue;
            }
            int equals = line.indexOf('=');
            String name = line.substring(0, Math.max(0, equals));
            if (equals < 1) {
                return bad(
                        "output-type",
                        "wrote a line that is not name=value: "
                                + shown(line, number, isSecret, redaction));
            }
            if (!declared.containsKey(name)) {
                return bad(
                        "output-surplus",
                        "wrote an output that is not declared: "
                                + shown(name, number, isSecret, redaction));
            }
            if (lines.put(name, line.substring(equals + 1)) != null) {
                return bad("output-surplus", "wrote " + name + " twice");
            }
        }
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        for (Map.Entry<String, Type> output : declared.entrySet()) {
            String text = lines.get(output.getKey());
            if (text == null) {
                if (output.getValue() instanceof Type.OptionalOf) {
                    values.put(output.getKey(), Value.nothing());
                    continue;
                }
                return bad("output-missing", "did not write the output " + output.getKey());
            }
            Optional<Value> value = value(text, output.getValue());
            if (value.isEmpty()) {
                return bad(
                        "output-type",
                        "the output "
                                + output.getKey()
                                + " is no "
                                + output.getValue()
                                + (Type.hasSecret(output.getValue())
                                        ? ""
                                        : ": " + shown(text, redaction)));
            }
            values.put(output.getKey(), value.get());
        }
        return new Good(values);
    }

    private static Optional<Value> value(String text, Type type) {
        return switch (type) {
            case Type.Scalar.TEXT -> Optional.of(Value.text(text));
            case Type.Scalar.INT -> integer(text);
            case Type.Scalar.REAL -> real(text);
            case Type.Scalar.BOOL ->
                    text.equals("true") || text.equals("false")
                            ? Optional.of(Value.truth(Boolean.parseBoolean(text)))
                            : Optional.empty();
            case Type.OptionalOf(Type inner) -> value(text, inner);
            case Type.Secret(Type inner) ->
                    value(text, inner).map(secret -> secret.joined(Label.SECRET));
            case Type.ListOf _, Type.MapOf _, Type.Struct _ -> Json.read(text, type);
        };
    }

    /// What is written for the outputs that are secret, as far as it can be told: the further lines
    /// of one that has several are none of `name=value`.
    static List<String> secrets(byte[] bytes, SequencedMap<String, Type> declared) {
        return lines(bytes, declared, true)
                .map(line ->
                        declared.containsKey(line.substring(0, Math.max(0, line.indexOf('='))))
                                ? line.substring(line.indexOf('=') + 1)
                                : line)
                .toList();
    }

    /// All else that is written.
    static byte[] open(byte[] bytes, SequencedMap<String, Type> declared) {
        return lines(bytes, declared, false)
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Stream<String> lines(
            byte[] bytes, SequencedMap<String, Type> declared, boolean secret) {
        return new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> {
                    Type type = declared.get(line.substring(0, Math.max(0, line.indexOf('='))));
                    return secret == (type == null ? hasSecret(declared) : Type.hasSecret(type));
                });
    }

    private static boolean hasSecret(SequencedMap<String, Type> declared) {
        return declared.values().stream().anyMatch(Type::hasSecret);
    }

    private static Optional<Value> integer(String text) {
        try {
            return text.matches("-?[0-9]+")
                    ? Optional.of(Value.number(Long.parseLong(text)))
                    : Optional.empty();
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }

    private static Optional<Value> real(String text) {
        return text.matches("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?")
                ? Optional.of(new Value(new Data.Real(Double.parseDouble(text)), Label.NONE))
                : Optional.empty();
    }

    private static String shown(String text, int line, boolean isSecret, Redaction redaction) {
        return isSecret ? "line " + line : shown(text, redaction);
    }

    private static String shown(String text, Redaction redaction) {
        return shown(redaction.applied(text));
    }

    private static String shown(String text) {
        String plain = Plain.line(text);
        return plain.length() > 80 ? plain.substring(0, 80) + "…" : plain;
    }

    private static Outputs bad(String kind, String message) {
        return new Bad(Failure.lasting(kind, Fault.USER, message));
    }
}
