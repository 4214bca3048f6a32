package dev.ashlar.nodes.execute;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.text.Plain;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Failure.Fault;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.nodes.channel.Answer;
import dev.ashlar.nodes.channel.Job;
import dev.ashlar.nodes.channel.ShellChannel;
import dev.ashlar.nodes.resource.ResourceProgram;
import dev.ashlar.nodes.resource.ResourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Carries out an [Inspection] in one round trip: one request with the comparison, the facts and
/// every probe beside each other, each under a supervisor of its own, and one answer. A comparison
/// of what is light, alone, needs none. Confined to one thread.
final class Inspector {
    private static final Duration COMPARISON = Duration.ofMinutes(2);

    private final Inspection inspection;
    private final List<Resource> resources = new ArrayList<>();
    private final List<Owned> made = new ArrayList<>();

    /// By place in the comparison: whose it is and what it is called.
    private final List<InstanceKey> owners = new ArrayList<>();

    private final List<String> titles = new ArrayList<>();

    private final List<Job> jobs = new ArrayList<>();

    Inspector(Inspection inspection) {
        this.inspection = inspection;
        for (Work.Apply step : inspection.steps()) {
            for (Resource resource : step.resources()) {
                resources.add(resource);
                owners.add(step.key());
                titles.add(resource.title());
            }
        }
        inspection
                .made()
                .forEach((key, all) -> {
                    for (Owned owned : all) {
                        made.add(owned);
                        owners.add(key);
                        titles.add(owned.title());
                    }
                });
        inspection.probes().forEach(probe -> jobs.add(job(probe)));
        inspection.facts().forEach(known -> jobs.add(FactsProgram.job(known.work())));
        if (compares()) {
            jobs.add(comparison());
        }
    }

    Inspection.Outcome inspect(Node node, Limits limits) {
        Duration longest =
                jobs.stream().map(Job::timeout).max(Duration::compareTo).orElse(Duration.ZERO);
        try {
            return switch (node.channel()) {
                case ShellChannel.Opening.Refused(Failure failure) ->
                        new Inspection.Outcome.Unseen(failure);
                case ShellChannel.Opening.Opened(ShellChannel channel) ->
                        ask(node, channel, longest.plus(limits.grace()));
            };
        } catch (InterruptedException e) {
            return unseen(Failure.passing("stopped", Fault.USER, "stopped while looking"));
        }
    }

    private Inspection.Outcome ask(Node node, ShellChannel channel, Duration within)
            throws InterruptedException {
        ShellChannel.Request request =
                isQuick() ? channel.start(jobs.getFirst(), false) : channel.start(jobs);
        try {
            Optional<Answer> answer = request.answer().get(within.toNanos(), TimeUnit.NANOSECONDS);
            return answer.map(node::masked)
                    .map(a -> read(node, a))
                    .orElseGet(() -> unseen(lost(node)));
        } catch (TimeoutException e) {
            cancel(channel, request);
            return unseen(Failures.timeout(within));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            cancel(channel, request);
            throw e;
        }
    }

    private void cancel(ShellChannel channel, ShellChannel.Request request) {
        if (isQuick()) {
            channel.cancel(jobs.getFirst(), request);
        } else {
            channel.cancel(request);
        }
    }

    /// True of a comparison that is spared what beginning several things beside each other takes.
    private boolean isQuick() {
        return jobs.size() == 1 && jobs.getFirst().manner() == Job.Manner.QUICK;
    }

    /// Where nothing at all is asked for, an empty comparison shows that the node answers.
    private boolean compares() {
        return !owners.isEmpty() || inspection.probes().isEmpty();
    }

    private Job comparison() {
        ResourceProgram program = ResourceProgram.comparing(resources, made);
        boolean isLight = inspection.steps().stream().allMatch(Work.Apply::isLight);
        return new Job(
                List.of("inspection"),
                isLight ? Job.Manner.QUICK : Job.Manner.KILL,
                COMPARISON,
                program.text(),
                program.files());
    }

    private static Job job(Work.Probe probe) {
        ScriptProgram program = ScriptProgram.of(probe);
        return Job.killed(probe.intent(), probe.timeout(), program.text(), program.files());
    }

    private Inspection.Outcome read(Node node, Answer answer) {
        if (answer.has("claimed")) {
            return unseen(node.claimedByAnother(answer.text("claimed").strip()));
        }
        if (answer.has("refused")) {
            return unseen(Failures.refused(answer.text("refused").strip()));
        }
        SequencedMap<InstanceKey, Failure> unhealthy = new LinkedHashMap<>();
        for (int i = 0; i < inspection.probes().size(); i++) {
            Work.Probe probe = inspection.probes().get(i);
            if (ScriptReports.of(probe, part(node, answer, i))
                    instanceof Report.NotDone(Failure failure, _, _)) {
                unhealthy.put(probe.key(), failure);
            }
        }
        int asked = inspection.probes().size() + inspection.facts().size();
        SequencedMap<InstanceKey, List<String>> differences =
                compares() ? differences(node, part(node, answer, asked)) : new LinkedHashMap<>();
        for (int i = 0; i < inspection.facts().size(); i++) {
            Inspection.Known known = inspection.facts().get(i);
            List<String> found =
                    FactsProgram.differences(
                            known, part(node, answer, inspection.probes().size() + i));
            if (!found.isEmpty()) {
                differences.put(known.work().key(), found);
            }
        }
        return new Inspection.Outcome.Seen(differences, unhealthy);
    }

    private Answer part(Node node, Answer answer, int number) {
        return isQuick()
                ? answer
                : node.masked(
                        Answer.parse(
                                answer.field("job." + number)
                                        .map(Answer.Field::bytes)
                                        .orElse(new byte[0])));
    }

    private SequencedMap<InstanceKey, List<String>> differences(Node node, Answer compared) {
        SequencedMap<InstanceKey, List<String>> differences = new LinkedHashMap<>();
        List<ResourceRecord> records = ResourceReports.records(compared);
        for (ResourceRecord record : records) {
            if (!record.status().equals("ok")) {
                differences
                        .computeIfAbsent(owners.get(record.index()), _ -> new ArrayList<>())
                        .add(titles.get(record.index()) + ": " + Plain.line(record.field("what")));
            }
        }
        boolean cut = records.stream().anyMatch(record -> record.status().equals("cut"));
        if (cut || records.size() < owners.size() || compared.has("timeout")) {
            Failure failure =
                    compared.has("timeout")
                            ? Failures.timeout(COMPARISON)
                            : Failures.exit("the comparison", 1, compared.text("log"));
            differences.put(InstanceKey.acquire(node.access().node()), List.of(failure.message()));
        }
        return differences;
    }

    private static Inspection.Outcome unseen(Failure failure) {
        return new Inspection.Outcome.Unseen(failure);
    }

    private static Failure lost(Node node) {
        return Failures.lost(node.access().node());
    }
}
