package dev.ashlar.app.cluster;

import dev.ashlar.engine.past.Knowledge;
import dev.ashlar.language.source.Find;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.store.folder.PrivateFile;
import dev.ashlar.store.folder.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What an `up` found that has left nothing to do. A plan comes from the files, the record, what is
/// asked and the program alone, and one without a change does not depend on the time: where all
/// four are as they were, the next `up` comes to the same, and need not work it out. Immutable.
///
/// Kept beside the record, whole or not at all, for its owner alone to read. One that is not there,
/// or cannot be read, costs time alone.
///
/// @param asked what was asked, of which build
/// @param records how many were on record
/// @param checksum of the last of them
/// @param finds all that was looked at on disk to load the files
/// @param cluster its name
/// @param headline what was said of it first
/// @param verified how fresh what stands is
/// @param notes how to reach it
/// @param ways to the machines that can be asked whether this is the latest record
public record Settled(
        List<String> asked,
        long records,
        String checksum,
        List<Find> finds,
        String cluster,
        List<String> headline,
        Knowledge verified,
        List<String> notes,
        List<NodeAccess> ways) {
    private static final JsonMapper JSON = new JsonMapper();

    public Settled {
        asked = List.copyOf(asked);
        finds = List.copyOf(finds);
        headline = List.copyOf(headline);
        notes = List.copyOf(notes);
        ways = List.copyOf(ways);
    }

    /// What was kept last, if it can be read.
    public static Optional<Settled> read(StateFolder state) {
        try {
            return Files.isRegularFile(state.settled())
                    ? Optional.of(decode(JSON.readTree(Files.readString(state.settled()))))
                    : Optional.empty();
        } catch (IOException | JacksonException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Kept in the place of what was there. A disk that refuses costs only the next one's time.
    public void keep(StateFolder state) {
        try {
            PrivateFile.write(
                    state.settled(), encode().toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // As if nothing had been found.
        }
    }

    private ObjectNode encode() {
        ObjectNode json = JSON.createObjectNode();
        put(json, "asked", asked);
        json.put("records", records);
        json.put("checksum", checksum);
        ArrayNode found = json.putArray("finds");
        finds.forEach(find ->
                found.addObject()
                        .put("kind", find.kind().name())
                        .put("path", find.path().toString())
                        .put("found", find.found()));
        json.put("cluster", cluster);
        put(json, "headline", headline);
        json.putArray("verified")
                .add(verified.newestRun())
                .add(verified.newestMs())
                .add(verified.oldestRun())
                .add(verified.oldestMs());
        put(json, "notes", notes);
        put(json, "ways", ways.stream().map(AccessCodec::encode).toList());
        return json;
    }

    private static void put(ObjectNode json, String name, List<String> texts) {
        ArrayNode all = json.putArray(name);
        texts.forEach(all::add);
    }

    private static Settled decode(JsonNode json) {
        List<Find> finds = new ArrayList<>();
        for (JsonNode find : json.path("finds")) {
            finds.add(
                    new Find(
                            Find.Kind.valueOf(find.path("kind").asString()),
                            Path.of(find.path("path").asString()),
                            find.path("found").asString()));
        }
        JsonNode verified = json.path("verified");
        return new Settled(
                texts(json, "asked"),
                json.path("records").asLong(),
                json.path("checksum").asString(),
                finds,
                json.path("cluster").asString(),
                texts(json, "headline"),
                new Knowledge(
                        verified.path(0).asLong(),
                        verified.path(1).asLong(),
                        verified.path(2).asLong(),
                        verified.path(3).asLong()),
                texts(json, "notes"),
                texts(json, "ways").stream().map(AccessCodec::decode).toList());
    }

    private static List<String> texts(JsonNode json, String name) {
        List<String> texts = new ArrayList<>();
        json.path(name).forEach(text -> texts.add(text.asString()));
        return texts;
    }
}
