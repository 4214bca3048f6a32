package dev.ashlar.app.cluster;

import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// How a machine was reached, as kept in the record, so that `down` needs nothing but the record.
/// Holds no secret: of the key, only where it lies.
public final class AccessCodec {
    private static final JsonMapper JSON = new JsonMapper();

    private AccessCodec() {}

    public static String encode(NodeAccess access) {
        return tree(access).toString();
    }

    private static ObjectNode tree(NodeAccess access) {
        ObjectNode json = JSON.createObjectNode();
        json.put("node", access.node());
        json.put("address", access.address());
        json.put("port", access.port());
        json.put("user", access.user());
        json.put("identity", access.identity().toString());
        var keys = json.putArray("host_keys");
        access.hostKeys().forEach(key -> keys.add(key.toString()));
        if (!access.authorities().isEmpty()) {
            var authorities = json.putArray("authorities");
            access.authorities().forEach(key -> authorities.add(key.toString()));
        }
        json.put("sudo", access.sudo());
        access.jump().ifPresent(jump -> json.set("jump", tree(jump)));
        return json;
    }

    public static NodeAccess decode(String text) {
        return access(JSON.readTree(text));
    }

    private static NodeAccess access(JsonNode json) {
        return new NodeAccess(
                json.path("node").asString(),
                json.path("address").asString(),
                json.path("port").asInt(),
                json.path("user").asString(),
                Path.of(json.path("identity").asString()),
                keys(json.path("host_keys")),
                keys(json.path("authorities")),
                json.path("sudo").asBoolean(),
                json.has("jump") ? Optional.of(access(json.path("jump"))) : Optional.empty());
    }

    private static List<HostKey> keys(JsonNode json) {
        List<HostKey> keys = new ArrayList<>();
        json.forEach(key -> HostKey.parse(key.asString()).ifPresent(keys::add));
        return keys;
    }
}
