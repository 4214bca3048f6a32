package dev.ashlar.store.codec;

import dev.ashlar.model.journal.JournalRecord.AuthorityOrdered;
import dev.ashlar.model.journal.JournalRecord.Order;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Orders for authorities as JSON.
final class AuthorityCodec {
    static final String TYPE = "authority-ordered";

    private AuthorityCodec() {}

    static void encode(ObjectNode json, AuthorityOrdered one) {
        json.put("type", TYPE)
                .put("run", one.run())
                .put("authority", one.authority())
                .put("order", Json.word(one.order()))
                .put("reason", one.reason())
                .put("who", one.who())
                .put("at", one.atMs());
        one.certificates().forEach(json.putObject("certificates")::put);
    }

    static AuthorityOrdered decode(JsonNode json, long atMs) {
        SortedMap<String, String> certificates = new TreeMap<>();
        JsonNode all = Json.object(json, "certificates");
        all.propertyNames().forEach(serial -> certificates.put(serial, Json.text(all, serial)));
        return new AuthorityOrdered(
                Json.text(json, "authority"),
                Json.constant(Order.class, json, "order"),
                certificates,
                Json.text(json, "reason"),
                Json.text(json, "who"),
                atMs);
    }
}
