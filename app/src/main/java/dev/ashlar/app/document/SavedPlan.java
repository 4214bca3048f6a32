package dev.ashlar.app.document;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.ClusterRequest;
import dev.ashlar.app.selection.SelectionRequest;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.model.journal.RunSummary;
import dev.ashlar.model.text.Sha256;
import dev.ashlar.store.codec.RecordCodec;
import dev.ashlar.store.folder.BoundedFile;
import dev.ashlar.store.folder.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A plan as a promise: what is to be done, and what that was worked out from. What a run would do
/// follows from the files and the record alone, so as long as both are what they were, a run does
/// what was planned.
///
/// @param file the cluster's
/// @param site asked for instead of the file's
/// @param sets all overrides of the goal
/// @param selection which part of the cluster it is about
/// @param basis what it was worked out from
/// @param actions of each instance, by its name
public record SavedPlan(
        Path file,
        Optional<String> site,
        SequencedMap<String, String> sets,
        SelectionRequest selection,
        Basis basis,
        SequencedMap<String, String> actions) {
    /// How the names of such files end.
    public static final String ENDING = ".ashlar";

    private static final String FORMAT = "ashlar.saved/1.0";

    /// Files and record as they were.
    ///
    /// @param goal digest of the files and of what was given beside them
    /// @param lineage of the record, empty while there is nothing in it
    /// @param records how many the record had
    /// @param last digest of the last of them, empty when there was none
    /// @param run the last run among them, 0 when there was none
    public record Basis(String goal, String lineage, long records, String last, long run) {

        static Basis of(Cluster cluster) {
            Past past = cluster.past();
            return new Basis(
                    cluster.composition().digest(),
                    past.last().flatMap(_ -> cluster.state()).map(StateFolder::lineage).orElse(""),
                    past.records(),
                    past.last().map(RecordCodec::encode).map(Sha256::hex).orElse(""),
                    past.nextRun() - 1);
        }

        private boolean isOfSameRecordAs(Basis other) {
            return lineage.equals(other.lineage)
                    && records == other.records
                    && last.equals(other.last);
        }
    }

    /// What reading a file came to.
    public sealed interface Read {
        record Good(SavedPlan plan) implements Read {}

        /// @param reason in words
        record Bad(String reason) implements Read {}
    }

    public SavedPlan {
        sets = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(sets));
        actions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(actions));
    }

    /// A plan with what it was worked out from.
    public static SavedPlan of(
            ClusterRequest request,
            SelectionRequest selection,
            Path file,
            Cluster cluster,
            Plan plan) {
        return new SavedPlan(
                file.toAbsolutePath().normalize(),
                request.site(),
                cluster.overrides(),
                selection,
                Basis.of(cluster),
                actions(plan));
    }

    private static SequencedMap<String, String> actions(Plan plan) {
        SequencedMap<String, String> actions = new LinkedHashMap<>();
        plan.entries()
                .forEach(entry ->
                        actions.put(
                                entry.key().toString(),
                                entry.action().name().toLowerCase(Locale.ROOT)));
        return actions;
    }

    /// True for a file whose name says that it is a saved plan.
    public static boolean isNamed(Path path) {
        return path.toString().endsWith(ENDING) && Files.isRegularFile(path);
    }

    /// Its content.
    public String document() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT);
        json.put("file", file.toString());
        site.ifPresent(name -> json.put("site", name));
        ObjectNode given = json.putObject("sets");
        sets.forEach(given::put);
        selection.limit().ifPresent(pattern -> json.put("limit", pattern));
        selection.only().forEach(json.putArray("only")::add);
        selection.skip().forEach(json.putArray("skip")::add);
        json.put("goal", basis.goal());
        json.put("lineage", basis.lineage());
        json.put("records", basis.records());
        json.put("last_record", basis.last());
        json.put("run", basis.run());
        ArrayNode instances = json.putArray("instances");
        actions.forEach((instance, action) ->
                instances.addObject().put("instance", instance).put("action", action));
        return json.toString();
    }

    public static Read read(Path path) {
        try {
            JsonNode json =
                    new JsonMapper().readTree(BoundedFile.text(path, BoundedFile.TEXT_MAX_BYTES));
            String format = json.path("format").asString("");
            return format.equals(FORMAT)
                    ? new Read.Good(of(json))
                    : new Read.Bad("its format is \"" + format + "\", not " + FORMAT);
        } catch (IOException e) {
            return new Read.Bad(String.valueOf(e.getMessage()));
        } catch (InvalidPathException e) {
            return new Read.Bad("its file has no name that a file can have");
        } catch (JacksonException e) {
            return new Read.Bad("it is not a JSON document");
        }
    }

    private static SavedPlan of(JsonNode json) {
        SequencedMap<String, String> sets = new LinkedHashMap<>();
        json.path("sets").forEachEntry((name, value) -> sets.put(name, value.asString("")));
        SequencedMap<String, String> actions = new LinkedHashMap<>();
        json.path("instances")
                .forEach(one ->
                        actions.put(
                                one.path("instance").asString(""),
                                one.path("action").asString("")));
        return new SavedPlan(
                Path.of(json.path("file").asString("")),
                json.path("site").asStringOpt(),
                sets,
                new SelectionRequest(
                        json.path("limit").asStringOpt(),
                        texts(json.path("only")),
                        texts(json.path("skip"))),
                new Basis(
                        json.path("goal").asString(""),
                        json.path("lineage").asString(""),
                        json.path("records").asLong(0),
                        json.path("last_record").asString(""),
                        json.path("run").asLong(0)),
                actions);
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(text -> text.asString("")).toList();
    }

    /// What is not as it was, in words; empty while the plan may be carried out.
    public List<String> moved(Cluster now, Plan plan) {
        List<String> moved = new ArrayList<>();
        Basis today = Basis.of(now);
        if (!today.goal().equals(basis.goal())) {
            moved.add(
                    "the files, what is set beside them, or what another cluster has, have changed");
        }
        if (!today.isOfSameRecordAs(basis)) {
            moved.addAll(recordedSince(now.past(), today));
        }
        SequencedMap<String, String> actions = actions(plan);
        actions.forEach((instance, action) -> {
            String before = this.actions.getOrDefault(instance, "not there");
            if (!before.equals(action)) {
                moved.add(instance + " was " + before + ", is " + action);
            }
        });
        this.actions.forEach((instance, action) -> {
            if (!actions.containsKey(instance)) {
                moved.add(instance + " was " + action + ", is not there");
            }
        });
        return moved;
    }

    private List<String> recordedSince(Past past, Basis today) {
        boolean another = !basis.lineage().isEmpty() && !basis.lineage().equals(today.lineage());
        List<String> since = new ArrayList<>();
        for (RunSummary run : past.runs()) {
            if (!another && run.start().run() > basis.run()) {
                since.add(
                        "run %d (%s by %s) is on record since: %s"
                                .formatted(
                                        run.start().run(),
                                        run.start().purpose().name().toLowerCase(Locale.ROOT),
                                        run.start().who(),
                                        run.end().map(end -> end.outcome()).orElse("unfinished")));
            }
        }
        return since.isEmpty() ? List.of("the record is not the one it was made from") : since;
    }
}
