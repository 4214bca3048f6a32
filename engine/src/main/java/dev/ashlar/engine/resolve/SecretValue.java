package dev.ashlar.engine.resolve;

import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.secret.Recipe;
import dev.ashlar.model.secret.Secret;
import dev.ashlar.model.secret.SecretSpec;
import dev.ashlar.model.secret.Vault;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Secrecy;
import dev.ashlar.model.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A secret of the cluster as expressions read it.
final class SecretValue {
    private SecretValue() {}

    /// @param vault empty while it is locked
    static Value of(SecretSpec spec, Optional<Vault> vault) {
        if (vault.isEmpty()) {
            return Value.unknown(spec.type(), new Await.Unlocked())
                    .joined(secret(Set.of(new Origin.Written(spec.span()))));
        }
        Optional<Secret> kept = vault.get().secret(spec.name());
        if (kept.filter(secret -> !spec.takes(secret.content())).isPresent()) {
            return without(
                    "secret "
                            + spec.name()
                            + " is of another kind than the files say by now: `ashlar secret delete "
                            + spec.name()
                            + "` takes it out, and another is made or set",
                    spec.span());
        }
        return kept.map(secret -> of(secret, new Origin.Kept(spec.name(), secret.version())))
                .orElseGet(() -> missing(spec));
    }

    /// What a step has made: the record says that it has, the vault what. An optional one may not
    /// have been made.
    static Value ofOutput(InstanceKey step, String output, Type type, Composition composition) {
        String name = SecretSpec.ofOutput(step, output);
        if (composition.vault().isEmpty()) {
            return Value.unknown(type, new Await.Unlocked()).joined(secret(Set.of()));
        }
        return composition
                .vault()
                .get()
                .secret(name)
                .map(kept -> of(kept, new Origin.Kept(name, kept.version())))
                .orElseGet(() ->
                        type instanceof Type.OptionalOf
                                ? Value.nothing()
                                : missing(name, composition.span()));
    }

    private static Value missing(String name, Span span) {
        return without(
                "the secret "
                        + name
                        + " was made and is not in the vault any more: bring back the vault, or take"
                        + " out what makes it and put it back",
                span);
    }

    private static Value of(Secret kept, Origin origin) {
        return switch (kept.content()) {
            case Secret.Text(String text) -> Value.text(text).labelled(secret(Set.of(origin)));
            case Secret.Pair(String privateKey, String publicKey) -> {
                Map<String, Value> fields = new LinkedHashMap<>();
                fields.put(
                        Recipe.PRIVATE_KEY,
                        Value.text(privateKey).labelled(secret(Set.of(origin))));
                fields.put(Recipe.PUBLIC_KEY, Value.text(publicKey).labelled(Label.from(origin)));
                yield Value.structure(Recipe.PAIR.name(), fields);
            }
        };
    }

    private static Value missing(SecretSpec spec) {
        return without(
                "secret "
                        + spec.name()
                        + " has no value: `ashlar secret set "
                        + spec.name()
                        + "` gives it one",
                spec.span());
    }

    private static Value without(String message, Span span) {
        return new Value(new Data.Invalid(message, span), secret(Set.of()));
    }

    private static Label secret(Set<Origin> origins) {
        return new Label(Secrecy.SECRET, origins, Set.of());
    }
}
