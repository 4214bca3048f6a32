package dev.ashlar.store.codec;

import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What came of work, as JSON: failures and what is owned.
final class OutcomeCodec {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private OutcomeCodec() {}

    static ObjectNode encode(Failure failure) {
        ObjectNode json =
                JSON.objectNode()
                        .put("kind", failure.kind())
                        .put("fault", Json.word(failure.fault()))
                        .put("lasting", failure.lasting())
                        .put("message", failure.message());
        failure.command().ifPresent(c -> json.put("command", c));
        failure.exitCode().ifPresent(c -> json.put("exit_code", c));
        failure.hint().ifPresent(h -> json.put("hint", h));
        json.set("last_output", texts(failure.lastOutput()));
        return json;
    }

    static Failure failure(JsonNode json) {
        return new Failure(
                Json.text(json, "kind"),
                Json.constant(Failure.Fault.class, json, "fault"),
                Json.truth(json, "lasting"),
                Json.text(json, "message"),
                Json.optionalText(json, "command"),
                json.has("exit_code")
                        ? Optional.of(Json.count(json, "exit_code"))
                        : Optional.empty(),
                Json.texts(json, "last_output"),
                Json.optionalText(json, "hint"));
    }

    static ArrayNode encode(List<Owned> owned) {
        ArrayNode array = JSON.arrayNode();
        for (Owned one : owned) {
            ObjectNode details = JSON.objectNode();
            one.details().forEach(details::put);
            array.add(
                    JSON.objectNode()
                            .put("kind", one.kind())
                            .put("identity", one.identity())
                            .put("data", one.data())
                            .set("details", details));
        }
        return array;
    }

    static List<Owned> owned(JsonNode json, String name) {
        return Json.list(json, name, OutcomeCodec::ownedOne);
    }

    private static Owned ownedOne(JsonNode json) {
        JsonNode stored = Json.object(json, "details");
        TreeMap<String, String> details = new TreeMap<>();
        stored.propertyNames().forEach(key -> details.put(key, Json.text(stored, key)));
        return new Owned(
                Json.text(json, "kind"),
                Json.text(json, "identity"),
                Json.truth(json, "data"),
                details);
    }

    static ArrayNode texts(List<String> texts) {
        ArrayNode array = JSON.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
