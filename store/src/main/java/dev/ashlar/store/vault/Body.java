package dev.ashlar.store.vault;

import dev.ashlar.model.secret.DigestKey;
import dev.ashlar.model.secret.Secret;
import dev.ashlar.model.secret.Vault;
import dev.ashlar.store.codec.Json;
import dev.ashlar.store.codec.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What is sealed in a vault, as JSON. Its epoch is not in it: that stands outside, and is bound to
/// it.
final class Body {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Body() {}

    static byte[] write(Vault vault) {
        byte[] key = vault.key().bytes();
        ObjectNode json =
                JSON.objectNode().put("digest_key", Base64.getEncoder().encodeToString(key));
        ArrayNode secrets = json.putArray("secrets");
        // A list: a name is any text, and not every text can be a name in JSON.
        vault.secrets().forEach((name, secret) -> secrets.add(encode(name, secret)));
        ArrayNode gone = json.putArray("gone");
        vault.gone()
                .forEach((name, version) ->
                        gone.add(JSON.objectNode().put("name", name).put("version", version)));
        return Json.write(json).getBytes(StandardCharsets.US_ASCII);
    }

    private static ObjectNode encode(String name, Secret secret) {
        ObjectNode json = JSON.objectNode().put("name", name).put("version", secret.version());
        content(json, secret.content());
        return json.put("generated", secret.generated())
                .put("who", secret.who())
                .put("at_ms", secret.atMs());
    }

    /// Adds what is secret of one.
    static void content(ObjectNode json, Secret.Content content) {
        switch (content) {
            case Secret.Text(String text) -> json.put("kind", "text").put("text", text);
            case Secret.Pair(String privateKey, String publicKey) ->
                    json.put("kind", "pair")
                            .put("private_key", privateKey)
                            .put("public_key", publicKey);
        }
    }

    /// Empty when it is nothing that this version writes. Why is not told: that could hold a part
    /// of it.
    static Optional<Vault> read(byte[] bytes, long epoch) {
        try {
            JsonNode json = Json.read(new String(bytes, StandardCharsets.US_ASCII));
            DigestKey key =
                    new DigestKey(Base64.getDecoder().decode(Json.text(json, "digest_key")));
            SortedMap<String, Secret> secrets = new TreeMap<>();
            Json.forEach(json, "secrets", one -> secrets.put(Json.text(one, "name"), secret(one)));
            SortedMap<String, Integer> gone = new TreeMap<>();
            Json.forEach(json, "gone", one -> gone.put(Json.text(one, "name"), version(one)));
            return Optional.of(new Vault(epoch, key, secrets, gone));
        } catch (MalformedException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Secret secret(JsonNode json) {
        Secret.Content content =
                switch (Json.text(json, "kind")) {
                    case "text" -> new Secret.Text(Json.text(json, "text"));
                    case "pair" ->
                            new Secret.Pair(
                                    Json.text(json, "private_key"), Json.text(json, "public_key"));
                    default -> throw new IllegalArgumentException("an unknown kind");
                };
        return new Secret(
                version(json),
                content,
                Json.truth(json, "generated"),
                Json.text(json, "who"),
                Json.number(json, "at_ms"));
    }

    private static int version(JsonNode json) {
        int version = Json.count(json, "version");
        if (version < 1) {
            throw new IllegalArgumentException("versions begin with 1");
        }
        return version;
    }
}
