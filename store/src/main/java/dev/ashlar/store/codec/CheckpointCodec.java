package dev.ashlar.store.codec;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Authorities;
import dev.ashlar.model.journal.Checkpoint;
import dev.ashlar.model.journal.Checkpoint.Chosen;
import dev.ashlar.model.journal.Checkpoint.Members;
import dev.ashlar.model.journal.Checkpoint.Standing;
import dev.ashlar.model.journal.Failing;
import dev.ashlar.model.journal.Interrupted;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.AuthorityOrdered;
import dev.ashlar.model.journal.JournalRecord.Failed;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.model.journal.JournalRecord.Succeeded;
import dev.ashlar.model.journal.JournalRecord.VaultChanged;
import dev.ashlar.model.journal.Receipt;
import dev.ashlar.model.journal.RunSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Checkpoints as lines of JSON: the first has all but what stands, then each instance that stands
/// has one. `v` is the version of the form, and of what records come to: a reader takes its own and
/// no other, for without a checkpoint it reads the records themselves.
public final class CheckpointCodec {
    /// Raised when the form changes, or what a fold makes of the same records.
    static final int VERSION = 6;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Pool pool = new Pool();

    private CheckpointCodec() {}

    public static List<String> encode(Checkpoint checkpoint) {
        ObjectNode json = JSON.objectNode();
        json.put("v", VERSION).put("records", checkpoint.records());
        json.put("standing", checkpoint.standing().size());
        checkpoint.last().ifPresent(last -> json.set("last", RecordCodec.json(last)));
        checkpoint.verifiedBy().ifPresent(run -> json.put("verified_by", run));
        json.set("runs", array(checkpoint.runs(), CheckpointCodec::run));
        json.set("interrupted", object(checkpoint.interrupted(), CheckpointCodec::begun));
        json.set("failures", object(checkpoint.failures(), CheckpointCodec::failing));
        json.set("refusals", array(checkpoint.refusals(), RecordCodec::json));
        json.set("leftovers", object(checkpoint.leftovers(), OutcomeCodec::encode));
        json.set("chosen", object(checkpoint.chosen(), CheckpointCodec::chosen));
        json.set("makers", object(checkpoint.makers(), JSON::stringNode));
        members(json.putObject("members"), checkpoint.members());
        json.set("judged", array(checkpoint.judged(), RecordCodec::json));
        json.set("vault", array(checkpoint.vault(), RecordCodec::json));
        json.set("receipts", array(checkpoint.receipts(), CheckpointCodec::receipt));
        json.set("authorities", array(checkpoint.authorities().all(), RecordCodec::json));
        checkpoint.authorities().freed().forEach(json.putObject("freed")::put);
        json.put("unfinished", checkpoint.authorities().unfinished().size());
        List<String> lines = new ArrayList<>();
        lines.add(Json.write(json));
        checkpoint.standing().forEach(one -> lines.add(Json.write(standing(one))));
        return lines;
    }

    /// Reads what [#encode] of this version wrote; empty where another one wrote it.
    ///
    /// @throws MalformedException when it is something else
    public static Optional<Checkpoint> decode(List<String> lines) {
        return new CheckpointCodec().read(lines);
    }

    private Optional<Checkpoint> read(List<String> lines) {
        JsonNode json = Json.read(lines.getFirst());
        if (Json.number(json, "v") != VERSION) {
            return Optional.empty();
        }
        if (Json.count(json, "standing") != lines.size() - 1) {
            throw new MalformedException("not as many lines as there should be");
        }
        return Optional.of(
                new Checkpoint(
                        Json.number(json, "records"),
                        json.has("last")
                                ? Optional.of(RecordCodec.decode(Json.object(json, "last"), pool))
                                : Optional.empty(),
                        json.has("verified_by")
                                ? Optional.of(Json.number(json, "verified_by"))
                                : Optional.empty(),
                        Json.list(json, "runs", this::run),
                        lines.stream().skip(1).map(this::standing).toList(),
                        map(json, "interrupted", CheckpointCodec::begun),
                        map(json, "failures", this::failing),
                        Json.list(json, "refusals", one -> record(Failed.class, one)),
                        map(json, "leftovers", OutcomeCodec::owned),
                        map(json, "chosen", CheckpointCodec::chosen),
                        map(json, "makers", Json::text),
                        members(Json.object(json, "members")),
                        Json.list(json, "judged", one -> record(Judged.class, one)),
                        Json.list(json, "vault", one -> record(VaultChanged.class, one)),
                        Json.list(json, "receipts", this::receipt),
                        authorities(json)));
    }

    private Authorities authorities(JsonNode json) {
        Map<String, Integer> freed = new LinkedHashMap<>();
        JsonNode stored = Json.object(json, "freed");
        stored.propertyNames().forEach(key -> freed.put(key, Json.count(stored, key)));
        List<AuthorityOrdered> all =
                Json.list(json, "authorities", one -> record(AuthorityOrdered.class, one));
        return new Authorities(all, freed, all.size() - Json.count(json, "unfinished"));
    }

    // ---- one by one, there and back

    private static ObjectNode run(RunSummary run) {
        ObjectNode json = JSON.objectNode().put("intents", run.intents());
        json.put("resumed", run.resumed()).set("start", RecordCodec.json(run.start()));
        run.end().ifPresent(end -> json.set("end", RecordCodec.json(end)));
        return json;
    }

    private RunSummary run(JsonNode json) {
        return new RunSummary(
                record(RunStarted.class, Json.object(json, "start")),
                json.has("end")
                        ? Optional.of(record(RunEnded.class, Json.object(json, "end")))
                        : Optional.empty(),
                Json.count(json, "intents"),
                Json.count(json, "resumed"));
    }

    private static ObjectNode standing(Standing standing) {
        ObjectNode json = JSON.objectNode();
        json.put("changed_by", standing.changedBy()).put("tainted", standing.tainted());
        json.put("made", standing.madeMs()).set("last", RecordCodec.json(standing.last()));
        standing.frozenIn().forEach(json.putObject("frozen_in")::put);
        return json;
    }

    private Standing standing(String line) {
        JsonNode json = Json.read(line);
        Map<String, Long> frozenIn = new LinkedHashMap<>();
        JsonNode stored = Json.object(json, "frozen_in");
        stored.propertyNames().forEach(name -> frozenIn.put(name, Json.number(stored, name)));
        return new Standing(
                record(Succeeded.class, Json.object(json, "last")),
                Json.text(json, "changed_by"),
                Json.truth(json, "tainted"),
                Json.number(json, "made"),
                frozenIn);
    }

    private static ObjectNode begun(Interrupted begun) {
        return JSON.objectNode()
                .put("run", begun.run())
                .put("intent", begun.intent())
                .put("effect", Json.word(begun.effect()))
                .put("fingerprint", begun.fingerprint())
                .put("attempt", begun.attempt())
                .put("uncertain", begun.uncertain())
                .put("since", begun.sinceMs())
                .set("destroys", OutcomeCodec.texts(begun.destroys()));
    }

    private static Interrupted begun(JsonNode all, String key) {
        JsonNode json = Json.object(all, key);
        return new Interrupted(
                Json.number(json, "run"),
                Json.text(json, "intent"),
                RecordCodec.effect(json),
                Json.text(json, "fingerprint"),
                Json.count(json, "attempt"),
                Json.truth(json, "uncertain"),
                Json.texts(json, "destroys"),
                Json.number(json, "since"));
    }

    private static ObjectNode failing(Failing failing) {
        ObjectNode json = JSON.objectNode();
        json.set("begun", begun(failing.begun()));
        json.set("how", RecordCodec.json(failing.how()));
        return json;
    }

    private Failing failing(JsonNode all, String key) {
        JsonNode json = Json.object(all, key);
        return new Failing(begun(json, "begun"), record(Failed.class, Json.object(json, "how")));
    }

    private static ObjectNode chosen(Chosen chosen) {
        return JSON.objectNode().put("node", chosen.node()).put("run", chosen.run());
    }

    private static Chosen chosen(JsonNode all, String key) {
        JsonNode json = Json.object(all, key);
        return new Chosen(Json.text(json, "node"), Json.number(json, "run"));
    }

    private static ObjectNode receipt(Receipt receipt) {
        ObjectNode json = JSON.objectNode();
        json.put("secret", receipt.secret()).put("version", receipt.version());
        receipt.node().ifPresent(node -> json.put("node", node));
        return json.put("step", RecordCodec.shown(receipt.step()))
                .put("run", receipt.run())
                .put("at", receipt.atMs());
    }

    private Receipt receipt(JsonNode json) {
        return new Receipt(
                Json.text(json, "secret"),
                Json.count(json, "version"),
                pool.key(Json.text(json, "step")),
                Json.optionalText(json, "node"),
                Json.number(json, "run"),
                Json.number(json, "at"));
    }

    private static void members(ObjectNode json, Members members) {
        members.founded().forEach((use, nodes) -> putNodes(json, "founded", use, nodes));
        members.remnants().forEach((use, nodes) -> putNodes(json, "remnants", use, nodes));
        json.set("reduced", OutcomeCodec.texts(List.copyOf(members.reduced())));
        json.set("sponsors", object(members.sponsors(), JSON::stringNode));
    }

    private static void putNodes(ObjectNode json, String kind, String use, Set<String> nodes) {
        json.withObject("/" + kind).set(use, OutcomeCodec.texts(List.copyOf(nodes)));
    }

    private Members members(JsonNode json) {
        return new Members(
                nodes(json, "founded"),
                nodes(json, "remnants"),
                new LinkedHashSet<>(Json.texts(json, "reduced")),
                map(json, "sponsors", Json::text));
    }

    private static Map<String, Set<String>> nodes(JsonNode json, String kind) {
        Map<String, Set<String>> all = new LinkedHashMap<>();
        if (json.has(kind)) {
            JsonNode stored = Json.object(json, kind);
            stored.propertyNames()
                    .forEach(use -> all.put(use, new LinkedHashSet<>(Json.texts(stored, use))));
        }
        return all;
    }

    // ---- in general

    private <T extends JournalRecord> T record(Class<T> type, JsonNode json) {
        JournalRecord entry = RecordCodec.decode(json, pool);
        if (!type.isInstance(entry)) {
            throw new MalformedException("a record of another type");
        }
        return type.cast(entry);
    }

    private static <T> ArrayNode array(List<T> all, Function<T, JsonNode> one) {
        ArrayNode array = JSON.arrayNode();
        all.forEach(each -> array.add(one.apply(each)));
        return array;
    }

    private static <T> ObjectNode object(Map<InstanceKey, T> all, Function<T, JsonNode> one) {
        ObjectNode json = JSON.objectNode();
        all.forEach((key, each) -> json.set(RecordCodec.shown(key), one.apply(each)));
        return json;
    }

    /// @param one reads what stands there under a key
    private <T> Map<InstanceKey, T> map(
            JsonNode json, String name, BiFunction<JsonNode, String, T> one) {
        JsonNode stored = Json.object(json, name);
        Map<InstanceKey, T> all = new LinkedHashMap<>();
        stored.propertyNames().forEach(key -> all.put(pool.key(key), one.apply(stored, key)));
        return all;
    }
}
