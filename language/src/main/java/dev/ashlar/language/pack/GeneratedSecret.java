package dev.ashlar.language.pack;

import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.Scope;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.secret.SecretSpec;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import java.util.List;
import java.util.Set;

/// What an input is where it is made, and nobody gives it: a secret of the vault under the names of
/// the use and the input.
public record GeneratedSecret(String input, Type type, Span span) implements Expression {

    @Override
    public String source() {
        return "generate: " + input;
    }

    @Override
    public Set<String> variables() {
        return Set.of(SecretSpec.VARIABLE, "use");
    }

    @Override
    public Set<List<String>> reads() {
        return Set.of(List.of(SecretSpec.VARIABLE, ELEMENT), List.of("use", "name"));
    }

    @Override
    public Value evaluate(Scope scope) {
        String use = text(field(scope.variable("use"), "name"));
        return field(scope.variable(SecretSpec.VARIABLE), SecretSpec.ofInput(use, input));
    }

    private static Value field(Value of, String name) {
        if (of.data() instanceof Data.Structure structure) {
            return structure.fields().get(name);
        }
        throw new IllegalStateException("no structure: " + of);
    }

    private static String text(Value value) {
        if (value.data() instanceof Data.Text(String text)) {
            return text;
        }
        throw new IllegalStateException("no text: " + value);
    }
}
