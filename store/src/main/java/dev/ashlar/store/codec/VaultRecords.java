package dev.ashlar.store.codec;

import dev.ashlar.model.journal.JournalRecord.Change;
import dev.ashlar.model.journal.JournalRecord.VaultChanged;
import dev.ashlar.model.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What records say of secrets: names and versions, and nothing else.
final class VaultRecords {
    private VaultRecords() {}

    static void encode(ObjectNode json, VaultChanged r) {
        json.put("type", "vault-changed")
                .put("run", r.run())
                .put("epoch", r.epoch())
                .put("digest", r.digest())
                .put("change", Json.word(r.change()))
                .put("who", r.who())
                .put("at", r.atMs());
        putVersions(json, "secrets", r.versions());
    }

    static VaultChanged decode(JsonNode json, long at) {
        return new VaultChanged(
                Json.number(json, "epoch"),
                Json.text(json, "digest"),
                Json.constant(Change.class, json, "change"),
                versions(json, "secrets"),
                Json.text(json, "who"),
                at);
    }

    /// Those that may be written down: what is secret among them is in the vault.
    static SequencedMap<String, Value> withoutSecrets(SequencedMap<String, Value> outputs) {
        SequencedMap<String, Value> open = new LinkedHashMap<>(outputs);
        open.values().removeIf(Value::isSecret);
        return open;
    }

    /// Where there are none nothing is written, as in records of earlier versions.
    static void putVersions(ObjectNode json, String name, Map<String, Integer> versions) {
        if (!versions.isEmpty()) {
            versions.forEach(json.putObject(name)::put);
        }
    }

    static SortedMap<String, Integer> versions(JsonNode json, String name) {
        SortedMap<String, Integer> versions = new TreeMap<>();
        if (json.has(name)) {
            JsonNode all = Json.object(json, name);
            all.propertyNames().forEach(secret -> versions.put(secret, Json.count(all, secret)));
        }
        return versions;
    }
}
