package dev.ashlar.store.vault;

import dev.ashlar.model.secret.Secret;
import dev.ashlar.model.secret.Vault;
import dev.ashlar.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/// What can be in a vault: texts of Unicode, of 1 MiB at most.
final class Fitness {
    /// Of one text, in UTF-8.
    static final int TEXT_BYTES_MAX = 1024 * 1024;

    private Fitness() {}

    /// @throws StoreException when something in it does not fit; the message names it
    static void check(Vault vault) {
        vault.secrets()
                .forEach((name, secret) -> {
                    check(name, secret.content());
                    if (!isText(secret.who())) {
                        throw unfit("the name of who gave the secret " + name + " is no text");
                    }
                });
        vault.gone().keySet().forEach(Fitness::checkName);
    }

    /// @throws StoreException when it does not fit; the message names the secret
    static void check(String name, Secret.Content content) {
        checkName(name);
        objection(content)
                .ifPresent(objection -> {
                    throw unfit("the secret " + name + " " + objection);
                });
    }

    private static void checkName(String name) {
        if (!isText(name)) {
            throw unfit("the name of a secret is no text");
        }
    }

    private static Optional<String> objection(Secret.Content content) {
        return switch (content) {
            case Secret.Text(String text) -> objection(text);
            case Secret.Pair(String privateKey, String publicKey) ->
                    Stream.of(privateKey, publicKey)
                            .flatMap(text -> objection(text).stream())
                            .findFirst();
        };
    }

    private static Optional<String> objection(String text) {
        if (!isText(text)) {
            return Optional.of("is no text: half of a surrogate pair is in it");
        }
        return text.length() > TEXT_BYTES_MAX
                        || text.getBytes(StandardCharsets.UTF_8).length > TEXT_BYTES_MAX
                ? Optional.of("is longer than 1 MiB")
                : Optional.empty();
    }

    /// False where half of a surrogate pair stands alone: nothing else writes such a text.
    static boolean isText(String text) {
        return text.codePoints()
                .noneMatch(point ->
                        point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    static StoreException unfit(String message) {
        return new StoreException(StoreException.Kind.UNFIT, message + ". Nothing was changed");
    }
}
