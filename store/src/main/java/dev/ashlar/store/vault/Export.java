package dev.ashlar.store.vault;

import dev.ashlar.model.secret.Secret;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Secrets for the day when neither Ashlar nor its state is at hand: a file of age, which `age -d
/// -i KEYFILE` opens.
public final class Export {
    private Export() {}

    /// In it is JSON: under `secrets` a list, each with `name`, `version`, `kind`, and `text`, or
    /// `private_key` and `public_key`.
    ///
    /// @param secrets by name
    /// @param recipients any of whom opens it
    /// @return a binary file of age
    /// @throws StoreException when no recipient is named, or a secret is no text or too long
    public static byte[] of(SortedMap<String, Secret> secrets, List<Recipient> recipients) {
        if (recipients.isEmpty()) {
            throw Fitness.unfit("no recipient is named: nobody could open that");
        }
        byte[] plain = plain(secrets).getBytes(StandardCharsets.US_ASCII);
        try {
            return Age.seal(plain, recipients.stream().distinct().toList());
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static String plain(SortedMap<String, Secret> secrets) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("format", "ashlar-secrets");
        ArrayNode all = json.put("version", 1).putArray("secrets");
        secrets.forEach((name, secret) -> {
            Fitness.check(name, secret.content());
            Body.content(
                    all.addObject().put("name", name).put("version", secret.version()),
                    secret.content());
        });
        return Json.write(json) + "\n";
    }
}
