package dev.ashlar.nodes.execute;

import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.text.Plain;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.nodes.channel.Answer;
import dev.ashlar.nodes.resource.Possession;
import dev.ashlar.nodes.resource.ResourceRecord;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a job over resources came to, as a report.
final class ResourceReports {
    private ResourceReports() {}

    static Report of(List<Resource> resources, Answer answer, Duration timeout) {
        return of(resources, records(answer), answer, timeout);
    }

    /// @param records what the answer has of these resources
    static Report of(
            List<Resource> resources,
            List<ResourceRecord> records,
            Answer answer,
            Duration timeout) {
        List<Owned> owned = owned(resources, records);
        String log = log(records, answer);
        if (answer.has("cancelled")) {
            return new Report.Stopped(owned, log);
        }
        List<String> changed =
                records.stream()
                        .filter(record -> record.status().equals("changed"))
                        .map(record -> changed(resources.get(record.index()), record))
                        .toList();
        // What was begun after the first that failed went no further because of that.
        Optional<Failure> failure =
                records.stream()
                        .map(record -> failure(resources, record, answer, log, timeout))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .or(() -> ended(resources, records, answer, timeout));
        return failure.<Report>map(f -> new Report.NotDone(f, owned, log))
                .orElseGet(() -> new Report.Done(changed, new LinkedHashMap<>(), owned, log));
    }

    private static Optional<Failure> failure(
            List<Resource> resources,
            ResourceRecord record,
            Answer answer,
            String log,
            Duration timeout) {
        Resource resource = resources.get(record.index());
        return switch (record.status()) {
            case "ok", "changed" -> Optional.empty();
            case "failed" -> Optional.of(Failures.of(resource.title(), record, log));
            default -> Optional.of(cut(resource, answer, log, timeout));
        };
    }

    /// What it had begun to bring about when it ended, however that was.
    static List<Owned> owned(List<Resource> resources, List<ResourceRecord> records) {
        return records.stream()
                .map(record -> Possession.of(resources.get(record.index()), record.owned()))
                .toList();
    }

    /// How a changed resource is named to people.
    static String changed(Resource resource, ResourceRecord record) {
        return resource.title() + ": " + Plain.line(record.field("what"));
    }

    static List<ResourceRecord> records(Answer answer) {
        return answer.field("records")
                .map(field -> ResourceRecord.parse(field.bytes()))
                .orElse(List.of());
    }

    /// What was printed, and what of files differed.
    private static String log(List<ResourceRecord> records, Answer answer) {
        return answer.text("log")
                + records.stream()
                        .map(record -> record.field("shown"))
                        .filter(shown -> !shown.isEmpty())
                        .map(shown -> shown + "\n")
                        .collect(Collectors.joining());
    }

    /// The program itself ended well, and no script of a command left anything running.
    private static Optional<Failure> ended(
            List<Resource> resources,
            List<ResourceRecord> records,
            Answer answer,
            Duration timeout) {
        if (answer.has("timeout")) {
            return Optional.of(Failures.timeout(timeout));
        }
        if (answer.has("gone")) {
            return Optional.of(Failures.gone(answer.text("gone")));
        }
        String code = answer.text("exit").strip();
        if (!code.equals("0") || records.size() < resources.size()) {
            return Optional.of(
                    Failures.exit(
                            "the step's program",
                            code.isEmpty() ? -1 : Integer.parseInt(code),
                            answer.text("log")));
        }
        boolean scripts = resources.stream().anyMatch(r -> r.kind().word().equals("command"));
        return scripts && answer.has("left")
                ? Optional.of(Failures.left(answer.text("left"), answer.text("log")))
                : Optional.empty();
    }

    private static Failure cut(Resource resource, Answer answer, String log, Duration timeout) {
        Failure failure =
                answer.has("timeout")
                        ? Failures.timeout(timeout)
                        : Failures.exit(resource.title(), code(answer), log);
        return new Failure(
                failure.kind(),
                failure.fault(),
                failure.lasting(),
                resource.title() + ": " + failure.message(),
                failure.command(),
                failure.exitCode(),
                Failures.lastLines(log),
                failure.hint());
    }

    private static int code(Answer answer) {
        String code = answer.text("exit").strip();
        return code.matches("[0-9]{1,3}") ? Integer.parseInt(code) : -1;
    }
}
