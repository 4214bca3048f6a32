package dev.ashlar.nodes.execute;

import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.nodes.channel.Answer;
import dev.ashlar.nodes.channel.Job;
import dev.ashlar.nodes.resource.ResourceRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/// Brings resources about on a node, over as many reboots as they ask for. Confined to one thread.
final class Application {
    private final Node node;
    private final List<Resource> resources;
    private final Job job;
    private final Limits limits;
    private final SequencedSet<String> changed = new LinkedHashSet<>();
    private final StringBuilder log = new StringBuilder();

    Application(Node node, List<Resource> resources, Job job, Limits limits) {
        this.node = node;
        this.resources = resources;
        this.job = job;
        this.limits = limits;
    }

    Report report(boolean again) {
        boolean collects = again;
        // Each reboot resource asks at most once; the extra rounds are for a first answer that is
        // collected from before a crash.
        for (int round = 0; round <= resources.size() + 1; round++) {
            switch (new Attempt(node, job, collects, limits).toTheEnd()) {
                case Attempt.Outcome.Failed(Failure failure) -> {
                    return new Report.NotDone(failure, List.of(), log.toString());
                }
                case Attempt.Outcome.Stopped stopped -> {
                    return complete(new Report.Stopped(owned(stopped.answer()), stopped.log()));
                }
                case Attempt.Outcome.Ended(Answer answer) -> {
                    Optional<ResourceRecord> asking =
                            ResourceReports.records(answer).stream()
                                    .filter(r -> r.status().equals("reboot"))
                                    .findFirst();
                    if (asking.isEmpty()) {
                        return complete(ResourceReports.of(resources, answer, job.timeout()));
                    }
                    remember(answer);
                    Optional<Report> unfinished =
                            reboot(asking.get().field("boot"), owned(Optional.of(answer)));
                    if (unfinished.isPresent()) {
                        return unfinished.get();
                    }
                    collects = false;
                }
            }
        }
        return new Report.NotDone(
                Failure.lasting("reboot", Failure.Fault.NODE, "asks for a reboot again and again"),
                List.of(),
                log.toString());
    }

    private void remember(Answer answer) {
        log.append(answer.text("log"));
        for (ResourceRecord record : ResourceReports.records(answer)) {
            if (record.status().equals("changed")) {
                changed.add(ResourceReports.changed(resources.get(record.index()), record));
            }
        }
    }

    /// @param owned what has been brought about before it
    private Optional<Report> reboot(String boot, List<Owned> owned) {
        try {
            return Reboot.of(node, boot.strip(), limits)
                    .map(failure -> new Report.NotDone(failure, owned, log.toString()));
        } catch (InterruptedException e) {
            return Optional.of(new Report.Stopped(owned, log.toString()));
        }
    }

    private List<Owned> owned(Optional<Answer> answer) {
        return answer.map(words -> ResourceReports.owned(resources, ResourceReports.records(words)))
                .orElse(List.of());
    }

    /// The report of the last round, with what the earlier ones changed and printed.
    private Report complete(Report last) {
        return switch (last) {
            case Report.Done(var more, var outputs, var owned, String end) -> {
                changed.addAll(more);
                yield new Report.Done(new ArrayList<>(changed), outputs, owned, log + end);
            }
            case Report.NotDone(var failure, var owned, String end) ->
                    new Report.NotDone(failure, owned, log + end);
            case Report.Stopped(var owned, String end) -> new Report.Stopped(owned, log + end);
        };
    }
}
