package dev.ashlar.model.secret;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.type.Type;
import java.util.Optional;

/// A secret that the files of a cluster declare.
///
/// @param name `NAME` of one of the cluster's own, `USE.INPUT` of one that an input of a component
///   asks for
/// @param recipe how it is made when it is first needed; empty where a person gives it
public record SecretSpec(String name, Optional<Recipe> recipe, String doc, Span span) {
    /// The variable under which expressions read them.
    public static final String VARIABLE = "secrets";

    public Type type() {
        return recipe.map(Recipe::type).orElse(Recipe.TEXT);
    }

    /// True of a private key with its public key, which nobody but its recipe makes.
    public boolean isPair() {
        return recipe.filter(Recipe.KeyPair.class::isInstance).isPresent();
    }

    /// True of a content of its kind.
    public boolean takes(Secret.Content content) {
        return isPair() == content instanceof Secret.Pair;
    }

    /// The name of one that a step makes.
    public static String ofOutput(InstanceKey step, String output) {
        return step + "/" + output;
    }

    /// The name of one that an input of a use asks for.
    public static String ofInput(String use, String input) {
        return use + "." + input;
    }
}
