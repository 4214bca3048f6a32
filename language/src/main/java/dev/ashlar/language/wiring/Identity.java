package dev.ashlar.language.wiring;

import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.resource.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a resource is on its node, as far as two of them must not be the same.
record Identity(String namespace, String name) {

    /// How the identity's text is found: of constants, or of a use's values.
    interface Reading {
        Optional<String> text(Expression expression);
    }

    /// The identity; empty for kinds of which several may share a name, and where the text is not
    /// known.
    static Optional<Identity> of(ResourceSpec resource, Reading reading) {
        ResourceKind kind = resource.kind();
        // A command's name is its step's own.
        if (kind.isShared() || kind == ResourceKind.COMMAND || isStopped(resource)) {
            return Optional.empty();
        }
        Optional<String> name = text(resource, kind.identity().name(), reading);
        return kind == ResourceKind.BLOCK
                ? name.flatMap(n ->
                        text(resource, "name", reading)
                                .map(b -> new Identity("block", n + " " + b)))
                : name.map(n -> new Identity(kind.namespace(), plain(kind, n)));
    }

    /// What the identity's text is made of.
    static List<Expression> expressions(ResourceSpec resource) {
        List<Expression> read = new ArrayList<>();
        of(
                resource,
                expression -> {
                    read.add(expression);
                    return Optional.of("");
                });
        return read;
    }

    /// Several may want the same unit not to run.
    private static boolean isStopped(ResourceSpec resource) {
        return resource.kind() == ResourceKind.SERVICE
                && text(resource, "state", dev.ashlar.language.binding.Constants::text)
                        .filter("stopped"::equals)
                        .isPresent();
    }

    private static String plain(ResourceKind kind, String name) {
        if (kind == ResourceKind.SERVICE && !name.contains(".")) {
            return name + ".service";
        }
        return name.length() > 1 && name.endsWith("/")
                ? name.substring(0, name.length() - 1)
                : name;
    }

    private static Optional<String> text(ResourceSpec resource, String parameter, Reading reading) {
        return Optional.ofNullable(resource.parameters().get(parameter)).flatMap(reading::text);
    }
}
