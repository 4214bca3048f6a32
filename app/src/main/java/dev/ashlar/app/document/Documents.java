package dev.ashlar.app.document;

import dev.ashlar.app.cluster.Attempt;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.StatusRow;
import dev.ashlar.app.content.FileChange;
import dev.ashlar.app.execution.RunResult;
import dev.ashlar.app.execution.Version;
import dev.ashlar.engine.past.Knowledge;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.removal.DataFate;
import dev.ashlar.engine.run.Command;
import dev.ashlar.language.report.DiagnosticRenderer;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.RunSummary;
import dev.ashlar.model.work.Failure;
import dev.ashlar.providers.lab.LabMachine;
import dev.ashlar.store.copy.Backup;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The documents on standard output for machines. Each names its shape and version in `format`;
/// within a major version fields are only added. `docs/reference/json.md` describes them.
public final class Documents {
    private static final JsonMapper JSON = new JsonMapper();

    /// Control characters above 127, which some terminals obey, and what turns writing round.
    private static final Pattern UPPER_CONTROL =
            Pattern.compile("[\\x7f-\\x9f\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]");

    private static final String NODES_ASKED = "nodes_asked";

    private Documents() {}

    /// @param asked nodes were asked before it was worked out
    public static String plan(String cluster, Plan plan, DataFate data, boolean asked) {
        return plan(cluster, plan, data, asked, Map.of());
    }

    /// @param asked nodes were asked before it was worked out
    /// @param files what becomes of the content of files, of those instances of which that is said
    public static String plan(
            String cluster,
            Plan plan,
            DataFate data,
            boolean asked,
            Map<InstanceKey, List<FileChange>> files) {
        ObjectNode json = document("ashlar.plan/1.0", cluster);
        json.put("changes", !plan.isEmpty());
        json.put(NODES_ASKED, asked);
        ArrayNode instances = json.putArray("instances");
        for (Plan.Entry entry : plan.entries()) {
            ObjectNode instance = instances.addObject();
            entry(instance, entry);
            Optional.ofNullable(files.get(entry.key()))
                    .filter(changes -> !changes.isEmpty())
                    .ifPresent(changes -> files(instance.putArray("files"), changes));
        }
        DataDocument.put(json, data);
        return text(json);
    }

    private static void files(ArrayNode json, List<FileChange> files) {
        for (FileChange file : files) {
            ObjectNode one = json.addObject();
            one.put("path", file.path());
            strings(one.putArray("diff"), file.diff());
            file.unshown().ifPresent(why -> one.put("unshown", why));
        }
    }

    static void entry(ObjectNode json, Plan.Entry entry) {
        identity(json, entry.key());
        json.put("action", word(entry.action()));
        json.put("disruptive", entry.disruptive());
        strings(json.putArray("reasons"), entry.reasons());
        strings(
                json.putArray("known_after"),
                entry.awaits().stream().map(Object::toString).toList());
        entry.problem().ifPresent(problem -> failure(json.putObject("problem"), problem));
    }

    /// One change of a phase in a run: a line of `-o ndjson`, whose last line is the run.
    public static String event(Command.Tell tell, long atMs) {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", "ashlar.event/1.0");
        json.put("at", time(atMs));
        identity(json, tell.key());
        json.put("effect", lower(tell.effect()));
        json.put("phase", lower(tell.phase()));
        json.put("detail", tell.detail());
        tell.failure().ifPresent(failure -> failure(json.putObject("failure"), failure));
        return text(json);
    }

    public static String run(RunResult result) {
        return run(result, new LinkedHashMap<>());
    }

    /// @param waiting what the run was to bring about and has not, each with the reason
    public static String run(RunResult result, SequencedMap<InstanceKey, String> waiting) {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", "ashlar.run/1.0");
        json.put("run", result.run());
        json.put("outcome", outcome(result));
        json.put("ran", result.totals().ran());
        json.put("changed", result.totals().changed());
        json.put("unchanged", result.totals().skipped());
        json.put("failed", result.totals().failed());
        json.put("blocked", result.totals().blocked());
        json.put("left_out", result.totals().leftOut());
        json.put("resumed", result.totals().resumed());
        json.put("took_ms", result.tookMs());
        ArrayNode failures = json.putArray("failures");
        result.failures()
                .forEach((key, failure) -> {
                    ObjectNode one = failures.addObject();
                    identity(one, key);
                    failure(one.putObject("failure"), failure);
                });
        ObjectNode notes = json.putObject("notes");
        result.notes().forEach(notes::put);
        DataDocument.put(json, result.data());
        if (!waiting.isEmpty()) {
            ObjectNode reasons = json.putObject("waiting");
            waiting.forEach((key, reason) -> reasons.put(key.toString(), reason));
        }
        return text(json);
    }

    private static String outcome(RunResult result) {
        if (result.totals().isDone()) {
            return "done";
        }
        if (result.amendedBy().isPresent()) {
            return "amended";
        }
        return result.totals().cancelled() > 0 ? "interrupted" : "failed";
    }

    public static String adopt(
            String cluster,
            String lineage,
            int runs,
            List<String> nodes,
            List<String> away,
            Collection<InstanceKey> differing) {
        ObjectNode json = document("ashlar.adopt/1.0", cluster);
        json.put("lineage", lineage);
        json.put("runs", runs);
        strings(json.putArray("nodes"), nodes);
        strings(json.putArray("away"), away);
        ArrayNode differences = json.putArray("differing");
        differing.forEach(key -> identity(differences.addObject(), key));
        return text(json);
    }

    public static String state(String verb, Path file, Backup backup) {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", "ashlar.state/1.0");
        json.put("verb", verb);
        json.put("file", file.toString());
        json.put("lineage", backup.lineage());
        json.put("records", backup.newest().number());
        json.put("last_record", backup.newest().checksum());
        return text(json);
    }

    /// When there is no record, there is no name either.
    ///
    /// @param answered a node has said that no other state acts on it
    public static String nothingToDo(boolean answered) {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", "ashlar.run/1.0");
        json.put("outcome", "nothing-to-do");
        json.put(NODES_ASKED, answered);
        return text(json);
    }

    /// Nothing of what is selected.
    public static String nothingToDo(String cluster, int leftOut) {
        ObjectNode json = document("ashlar.run/1.0", cluster);
        json.put("outcome", "nothing-to-do");
        json.put("left_out", leftOut);
        return text(json);
    }

    public static String nothingToDo(String cluster, Optional<Knowledge> verified) {
        ObjectNode json = document("ashlar.run/1.0", cluster);
        json.put("outcome", "nothing-to-do");
        verified.ifPresent(known -> {
            json.put("verified_in_run", known.newestRun());
            json.put("verified_at", time(known.newestMs()));
            json.put("oldest_verified_in_run", known.oldestRun());
            json.put("oldest_verified_at", time(known.oldestMs()));
        });
        return text(json);
    }

    public static String status(Cluster cluster, boolean running, List<StatusRow> rows) {
        ObjectNode json = document("ashlar.status/1.0", cluster.composition().name());
        json.put("running", running);
        json.put(NODES_ASKED, StatusRow.wereAsked(rows));
        ObjectNode overrides = json.putObject("overrides");
        cluster.overridden().stream()
                .filter(one -> !one.agrees())
                .forEach(one -> overrides.put(one.path(), one.given()));
        ArrayNode instances = json.putArray("instances");
        for (StatusRow row : rows) {
            ObjectNode one = instances.addObject();
            identity(one, row.key());
            one.put("state", row.state());
            row.run().ifPresent(run -> one.put("run", run));
            row.atMs().ifPresent(at -> one.put("at", time(at)));
            row.healthy().ifPresent(healthy -> one.put("healthy", healthy));
            row.failure().ifPresent(failure -> failure(one.putObject("failure"), failure));
        }
        return text(json);
    }

    public static String runs(String cluster, List<RunSummary> runs) {
        ObjectNode json = document("ashlar.runs/1.0", cluster);
        ArrayNode all = json.putArray("runs");
        for (RunSummary run : runs) {
            ObjectNode one = all.addObject();
            one.put("run", run.start().run());
            one.put("purpose", lower(run.start().purpose()));
            one.put("started_at", time(run.start().atMs()));
            one.put("by", run.start().who());
            if (!run.start().selection().isEmpty()) {
                one.put("selection", run.start().selection());
            }
            if (!run.start().overrides().isEmpty()) {
                run.start().overrides().forEach(one.putObject("overrides")::put);
            }
            if (!run.start().wipes().isEmpty()) {
                strings(one.putArray("wipes"), run.start().wipes());
            }
            one.put("intents", run.intents());
            one.put("resumed", run.resumed());
            one.put("outcome", run.end().map(end -> end.outcome()).orElse("unfinished"));
            run.end().ifPresent(end -> one.put("ended_at", time(end.atMs())));
        }
        return text(json);
    }

    /// @param attempts oldest first
    public static String logs(String cluster, InstanceKey key, List<Attempt> attempts) {
        ObjectNode json = document("ashlar.logs/1.0", cluster);
        identity(json, key);
        ArrayNode all = json.putArray("attempts");
        for (Attempt attempt : attempts) {
            ObjectNode one = all.addObject();
            one.put("intent", attempt.intended().intent());
            one.put("run", attempt.intended().run());
            one.put("effect", lower(attempt.intended().effect()));
            one.put("at", time(attempt.intended().atMs()));
            attempt.log().ifPresent(log -> one.put("log", log));
            attempt.health().ifPresent(health -> one.put("health", health));
        }
        return json.toString();
    }

    /// @param now what runs is stopped too
    public static String cancel(boolean running, boolean now) {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", "ashlar.cancel/1.0");
        json.put("outcome", running ? "asked" : "nothing-running");
        json.put("now", now);
        return json.toString();
    }

    public static String version() {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", "ashlar.version/1.0");
        json.put("version", Version.NUMBER);
        json.put("java", Runtime.version().toString());
        return json.toString();
    }

    /// A verb of `lab`.
    ///
    /// @param machines all that the lab has when the verb has ended
    public static String lab(
            String cluster, String verb, List<LabMachine> machines, List<Failure> failures) {
        ObjectNode json = document("ashlar.lab/1.0", cluster);
        json.put("verb", verb);
        ArrayNode all = json.putArray("machines");
        for (LabMachine machine : machines) {
            ObjectNode one = all.addObject();
            one.put("name", machine.name());
            machine.address().ifPresent(address -> one.put("address", address));
            one.put("state", lower(machine.state()));
            one.put("host_key", machine.fingerprint());
        }
        ArrayNode failed = json.putArray("failures");
        failures.forEach(failure -> failure(failed.addObject(), failure));
        return json.toString();
    }

    /// A command on a machine of a lab.
    public static String ssh(String cluster, String machine, int exitCode, String printed) {
        ObjectNode json = document("ashlar.ssh/1.0", cluster);
        json.put("machine", machine);
        json.put("exit_code", exitCode);
        json.put("output", printed);
        return json.toString();
    }

    public static String diagnostics(List<Diagnostic> diagnostics) {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", "ashlar.diagnostics/1.0");
        json.put("valid", diagnostics.stream().noneMatch(Documents::isError));
        json.set("diagnostics", JSON.valueToTree(DiagnosticRenderer.data(diagnostics)));
        return text(json);
    }

    private static boolean isError(Diagnostic diagnostic) {
        return diagnostic.severity() == dev.ashlar.model.diagnostic.Severity.ERROR;
    }

    static ObjectNode document(String format, String cluster) {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", format);
        json.put("cluster", cluster);
        return json;
    }

    static void identity(ObjectNode json, InstanceKey key) {
        json.put("instance", key.toString());
        json.put("use", key.use());
        json.put("step", key.step());
        key.key().ifPresent(element -> json.put("key", element));
        key.node().ifPresent(node -> json.put("node", node));
    }

    static void failure(ObjectNode json, Failure failure) {
        json.put("kind", failure.kind());
        json.put("fault", lower(failure.fault()));
        json.put("lasting", failure.lasting());
        json.put("message", failure.message());
        failure.command().ifPresent(command -> json.put("command", command));
        failure.exitCode().ifPresent(code -> json.put("exit_code", code));
        strings(json.putArray("last_output"), failure.lastOutput());
        failure.hint().ifPresent(hint -> json.put("hint", hint));
    }

    static void strings(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    static String word(Plan.Action action) {
        return lower(action);
    }

    /// JSON itself escapes only the control characters below 32.
    static String text(ObjectNode json) {
        return UPPER_CONTROL
                .matcher(json.toString())
                .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(java.util.Locale.ROOT);
    }

    static String time(long atMs) {
        return Instant.ofEpochMilli(atMs).toString();
    }
}
