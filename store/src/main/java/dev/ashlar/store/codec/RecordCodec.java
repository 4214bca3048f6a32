package dev.ashlar.store.codec;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.AuthorityOrdered;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.journal.JournalRecord.Failed;
import dev.ashlar.model.journal.JournalRecord.Founded;
import dev.ashlar.model.journal.JournalRecord.HealthProbe;
import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.JournalRecord.Offer;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.journal.JournalRecord.Resolved;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.model.journal.JournalRecord.Succeeded;
import dev.ashlar.model.journal.JournalRecord.VaultChanged;
import dev.ashlar.model.journal.JournalRecord.Verdict;
import dev.ashlar.model.node.HostKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Journal records as one line of JSON each. `v` is the version of the form: a reader takes every
/// version up to its own and ignores fields that it does not know.
public final class RecordCodec {
    /// Raised when an older reader would misread what is written, or has no word for it.
    static final int VERSION = 5;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RecordCodec() {}

    /// @throws IllegalArgumentException when the record holds a secret or an unknown value
    public static String encode(JournalRecord entry) {
        return Json.write(json(entry));
    }

    /// The same as a part of something larger.
    static ObjectNode json(JournalRecord entry) {
        ObjectNode json = JSON.objectNode();
        json.put("v", form(entry));
        switch (entry) {
            case RunStarted r -> encodeStart(json, r);
            case Intended r -> {
                about(json, "intended", r.run(), r.key(), r.intent(), r.effect())
                        .put("attempt", r.attempt())
                        .put("fingerprint", r.fingerprint())
                        .put("at", r.atMs());
                if (!r.maker().isEmpty()) {
                    json.put("maker", r.maker());
                }
                r.chosen().ifPresent(node -> json.put("chosen", node));
                putTexts(json, "destroys", r.destroys());
                VaultRecords.putVersions(json, "secrets", r.secrets());
            }
            case Succeeded r -> encodeSuccess(json, r);
            case Failed r -> {
                about(json, "failed", r.run(), r.key(), r.intent(), r.effect()).put("at", r.atMs());
                json.set("failure", OutcomeCodec.encode(r.failure()));
                json.set("owned", OutcomeCodec.encode(r.owned()));
            }
            case Founded r -> {
                json.put("type", "founded").put("run", r.run()).put("use", r.use());
                json.put("at", r.atMs()).set("nodes", OutcomeCodec.texts(r.nodes()));
            }
            case RunEnded r ->
                    json.put("type", "run-ended")
                            .put("run", r.run())
                            .put("outcome", r.outcome())
                            .put("ran", r.ran())
                            .put("skipped", r.skipped())
                            .put("failed", r.failed())
                            .put("blocked", r.blocked())
                            .put("verified", r.verified())
                            .put("at", r.atMs());
            case Judged r -> encodeVerdict(json, r);
            case VaultChanged r -> VaultRecords.encode(json, r);
            case AuthorityOrdered r -> AuthorityCodec.encode(json, r);
        }
        return json;
    }

    /// The version that was the first to have it: what an older one can read it goes on reading.
    private static int form(JournalRecord entry) {
        return switch (entry) {
            case AuthorityOrdered _ -> 4;
            case VaultChanged _ -> 3;
            case Judged r -> r.verdict() == Verdict.INVITED || r.token().isPresent() ? 5 : 2;
            case RunStarted _, Intended _, Succeeded _, Failed _, Founded _, RunEnded _ -> 1;
        };
    }

    /// Reads what [#encode] of this or an earlier version wrote.
    ///
    /// @throws MalformedException when it is something else
    public static JournalRecord decode(String text) {
        return decode(text, new Pool());
    }

    /// The same, for one of many records.
    public static JournalRecord decode(String text, Pool pool) {
        return decode(Json.read(text), pool);
    }

    /// What stands in the text of every record about an instance, and may stand in others.
    public static String trace(InstanceKey key) {
        return Json.write(JSON.stringNode(key.toString()));
    }

    static JournalRecord decode(JsonNode json, Pool pool) {
        long version = Json.number(json, "v");
        if (version > VERSION) {
            throw new MalformedException(
                    "a record of form " + version + ", written by a later version");
        }
        long run = Json.number(json, "run");
        long at = Json.number(json, "at");
        return switch (Json.text(json, "type")) {
            case "run-started" ->
                    new RunStarted(
                            run,
                            Json.constant(Purpose.class, json, "purpose"),
                            Json.text(json, "cluster"),
                            Json.text(json, "site"),
                            Json.text(json, "goal"),
                            Json.text(json, "who"),
                            Json.text(json, "version"),
                            Json.optionalText(json, "selection").orElse(""),
                            overrides(json),
                            optionalTexts(json, "wipes"),
                            at);
            case "intended" ->
                    new Intended(
                            run,
                            key(json, pool),
                            Json.text(json, "intent"),
                            effect(json),
                            Json.count(json, "attempt"),
                            Json.text(json, "fingerprint"),
                            Json.optionalText(json, "maker").orElse(""),
                            Json.optionalText(json, "chosen"),
                            optionalTexts(json, "destroys"),
                            VaultRecords.versions(json, "secrets"),
                            at);
            case "succeeded" -> decodeSuccess(json, pool, run, at);
            case "failed" ->
                    new Failed(
                            run,
                            key(json, pool),
                            Json.text(json, "intent"),
                            effect(json),
                            OutcomeCodec.failure(Json.object(json, "failure")),
                            OutcomeCodec.owned(json, "owned"),
                            at);
            case "founded" ->
                    new Founded(run, Json.text(json, "use"), Json.texts(json, "nodes"), at);
            case "run-ended" -> decodeEnd(json, run, at);
            case "judged" -> decodeVerdict(json, at);
            case "vault-changed" -> VaultRecords.decode(json, at);
            case AuthorityCodec.TYPE -> AuthorityCodec.decode(json, at);
            default -> throw new MalformedException("a record of an unknown type");
        };
    }

    private static Judged decodeVerdict(JsonNode json, long at) {
        Judged judged =
                new Judged(
                        Json.text(json, "node"),
                        Json.constant(Verdict.class, json, "verdict"),
                        Json.texts(json, "keys").stream().map(RecordCodec::hostKey).toList(),
                        Json.text(json, "reason"),
                        Json.text(json, "who"),
                        at,
                        json.has("until")
                                ? Optional.of(Json.number(json, "until"))
                                : Optional.empty(),
                        Json.optionalText(json, "token").map(RecordCodec::hostKey));
        boolean isInvitation = judged.verdict() == Verdict.INVITED;
        if (isInvitation && (judged.keys().size() != 1 || judged.untilMs().isEmpty())) {
            throw new MalformedException("an invitation without its token, or its end");
        }
        return judged;
    }

    private static void encodeStart(ObjectNode json, RunStarted r) {
        json.put("type", "run-started")
                .put("run", r.run())
                .put("purpose", Json.word(r.purpose()))
                .put("cluster", r.cluster())
                .put("site", r.site())
                .put("goal", r.goal())
                .put("who", r.who())
                .put("version", r.version())
                .put("at", r.atMs());
        if (!r.selection().isEmpty()) {
            json.put("selection", r.selection());
        }
        if (!r.overrides().isEmpty()) {
            r.overrides().forEach(json.putObject("overrides")::put);
        }
        putTexts(json, "wipes", r.wipes());
    }

    private static void encodeVerdict(ObjectNode json, Judged r) {
        json.put("type", "judged")
                .put("run", r.run())
                .put("node", r.node())
                .put("verdict", Json.word(r.verdict()))
                .put("reason", r.reason())
                .put("who", r.who())
                .put("at", r.atMs());
        r.untilMs().ifPresent(until -> json.put("until", until));
        r.token().ifPresent(token -> json.put("token", token.toString()));
        json.set("keys", OutcomeCodec.texts(keys(r)));
    }

    private static void encodeSuccess(ObjectNode json, Succeeded r) {
        about(json, "succeeded", r.run(), r.key(), r.intent(), r.effect())
                .put("fingerprint", r.fingerprint())
                .put("at", r.atMs());
        json.set("changed", OutcomeCodec.texts(r.changed()));
        json.set("outputs", ValueCodec.encodeAll(VaultRecords.withoutSecrets(r.outputs())));
        ObjectNode inputs = JSON.objectNode();
        r.inputs()
                .forEach((name, input) ->
                        inputs.set(
                                name,
                                JSON.objectNode()
                                        .put("digest", input.digest())
                                        .put("shown", input.shown())
                                        .set("origins", OutcomeCodec.texts(input.origins()))));
        json.set("inputs", inputs);
        json.set("frozen", ValueCodec.encodeAll(r.frozen()));
        json.set("owned", OutcomeCodec.encode(r.owned()));
        putTexts(json, "dropped", r.dropped());
        ArrayNode after = JSON.arrayNode();
        r.after().forEach(k -> after.add(shown(k)));
        json.set("after", after);
        putTexts(json, "served", r.served());
        if (!r.offers().isEmpty()) {
            ObjectNode offers = JSON.objectNode();
            r.offers()
                    .forEach((name, offer) ->
                            offers.set(
                                    name,
                                    JSON.objectNode()
                                            .put("written", offer.written())
                                            .set("value", ValueCodec.encode(offer.value()))));
            json.set("offers", offers);
        }
        r.health()
                .ifPresent(probe ->
                        json.set(
                                "health",
                                JSON.objectNode()
                                        .put("file", probe.script().file())
                                        .put("text", probe.script().text())
                                        .set("inputs", ValueCodec.encodeAll(probe.inputs()))));
    }

    private static List<String> keys(Judged judged) {
        return judged.keys().stream().map(HostKey::toString).toList();
    }

    private static HostKey hostKey(String text) {
        return HostKey.parse(text).orElseThrow(() -> new MalformedException("no host key"));
    }

    private static Succeeded decodeSuccess(JsonNode json, Pool pool, long run, long at) {
        SequencedMap<String, Resolved> inputs = new LinkedHashMap<>();
        Json.object(json, "inputs")
                .properties()
                .forEach(e -> inputs.put(e.getKey(), pool.input(resolved(e.getValue()))));
        List<InstanceKey> after = Json.texts(json, "after").stream().map(pool::key).toList();
        return new Succeeded(
                run,
                key(json, pool),
                Json.text(json, "intent"),
                effect(json),
                Json.text(json, "fingerprint"),
                Json.texts(json, "changed"),
                ValueCodec.decodeAll(Json.object(json, "outputs")),
                inputs,
                ValueCodec.decodeAll(Json.object(json, "frozen")),
                OutcomeCodec.owned(json, "owned"),
                optionalTexts(json, "dropped"),
                after,
                optionalTexts(json, "served"),
                json.has("health")
                        ? Optional.of(probe(Json.object(json, "health")))
                        : Optional.empty(),
                offers(json),
                at);
    }

    /// Where there are none nothing is written, as in records of earlier versions.
    private static void putTexts(ObjectNode json, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            json.set(name, OutcomeCodec.texts(texts));
        }
    }

    private static List<String> optionalTexts(JsonNode json, String name) {
        return json.has(name) ? Json.texts(json, name) : List.of();
    }

    /// Records of earlier versions have none: then the files alone were the goal.
    private static SequencedMap<String, String> overrides(JsonNode json) {
        SequencedMap<String, String> overrides = new LinkedHashMap<>();
        if (json.has("overrides")) {
            JsonNode all = Json.object(json, "overrides");
            all.propertyNames().forEach(path -> overrides.put(path, Json.text(all, path)));
        }
        return overrides;
    }

    private static SequencedMap<String, Offer> offers(JsonNode json) {
        SequencedMap<String, Offer> offers = new LinkedHashMap<>();
        if (json.has("offers")) {
            Json.object(json, "offers")
                    .properties()
                    .forEach(e -> offers.put(e.getKey(), offer(e.getValue())));
        }
        return offers;
    }

    private static Offer offer(JsonNode json) {
        return new Offer(Json.text(json, "written"), ValueCodec.decode(json.path("value")));
    }

    private static HealthProbe probe(JsonNode json) {
        return new HealthProbe(
                new StepSpec.Script(Json.text(json, "file"), Json.text(json, "text")),
                ValueCodec.decodeAll(Json.object(json, "inputs")));
    }

    private static RunEnded decodeEnd(JsonNode json, long run, long at) {
        return new RunEnded(
                run,
                Json.text(json, "outcome"),
                Json.count(json, "ran"),
                Json.count(json, "skipped"),
                Json.count(json, "failed"),
                Json.count(json, "blocked"),
                Json.truth(json, "verified"),
                at);
    }

    private static ObjectNode about(
            ObjectNode json, String type, long run, InstanceKey key, String intent, Effect effect) {
        return json.put("type", type)
                .put("run", run)
                .put("key", shown(key))
                .put("intent", intent)
                .put("effect", Json.word(effect));
    }

    /// A record that cannot be read back would be worse than none.
    static String shown(InstanceKey key) {
        String text = key.toString();
        if (!InstanceKey.parse(text).equals(Optional.of(key))) {
            throw new IllegalArgumentException("an identity that cannot be read back: " + text);
        }
        return text;
    }

    private static Resolved resolved(JsonNode json) {
        return new Resolved(
                Json.text(json, "digest"), Json.text(json, "shown"), Json.texts(json, "origins"));
    }

    static Effect effect(JsonNode json) {
        return Json.constant(Effect.class, json, "effect");
    }

    static InstanceKey key(JsonNode json, Pool pool) {
        return pool.key(Json.text(json, "key"));
    }
}
