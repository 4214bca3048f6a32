package dev.ashlar.nodes.execute;

import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.nodes.channel.Answer;
import dev.ashlar.nodes.channel.Job;
import dev.ashlar.nodes.resource.ResourceProgram;
import dev.ashlar.nodes.resource.ResourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Light works of one node that share a round trip. Confined to one thread.
///
/// @param works one at least, none of which has a large content
record Company(Node node, List<Work.Apply> works, Limits limits) {
    private static final int MOST_BYTES = 256 * 1024;

    Company {
        works = List.copyOf(works);
    }

    /// In the same order, what can go together; what has a large content is alone.
    static List<List<Work.Apply>> split(List<Work.Apply> works) {
        List<List<Work.Apply>> companies = new ArrayList<>();
        int room = -1;
        for (Work.Apply work : works) {
            int more = work.resources().stream().mapToInt(Company::contentBytes).sum();
            boolean isLarge = more > ResourceProgram.LARGE_BYTES;
            if (isLarge || more > room) {
                companies.add(new ArrayList<>());
                room = MOST_BYTES;
            }
            companies.getLast().add(work);
            room = isLarge ? -1 : room - more;
        }
        return companies;
    }

    private static int contentBytes(Resource resource) {
        return resource.kind() == ResourceKind.FILE ? resource.bytes("content").length : 0;
    }

    /// The reports, in order: the time that each may take is the company's in all.
    List<Report> reports() {
        ResourceProgram program =
                ResourceProgram.together(works.stream().map(Work.Apply::resources).toList());
        Job job =
                new Job(
                        works.stream().map(Work::intent).toList(),
                        Job.Manner.QUICK,
                        works.stream().map(Work::timeout).reduce(Duration.ZERO, Duration::plus),
                        program.text(),
                        program.files());
        return switch (new Attempt(node, job, false, limits).toTheEnd()) {
            case Attempt.Outcome.Failed(Failure failure) ->
                    all(new Report.NotDone(failure, List.of(), ""));
            case Attempt.Outcome.Stopped(Optional<Answer> answer) ->
                    answer.map(this::stopped).orElseGet(() -> all(new Report.Stopped("")));
            case Attempt.Outcome.Ended(Answer answer) -> ended(answer);
        };
    }

    private List<Report> all(Report report) {
        return works.stream().map(_ -> report).toList();
    }

    private List<Report> ended(Answer answer) {
        List<Report> reports = new ArrayList<>();
        each(
                answer,
                (work, records) ->
                        reports.add(
                                ResourceReports.of(
                                        work.resources(), records, answer, work.timeout())));
        return reports;
    }

    private List<Report> stopped(Answer answer) {
        List<Report> reports = new ArrayList<>();
        each(
                answer,
                (work, records) -> {
                    List<Owned> owned = ResourceReports.owned(work.resources(), records);
                    reports.add(new Report.Stopped(owned, answer.text("log")));
                });
        return reports;
    }

    private interface Part {
        void of(Work.Apply work, List<ResourceRecord> records);
    }

    /// Records count on from work to work.
    private void each(Answer answer, Part part) {
        Map<Integer, ResourceRecord> records = new HashMap<>();
        ResourceReports.records(answer).forEach(record -> records.put(record.index(), record));
        int begin = 0;
        for (Work.Apply work : works) {
            List<ResourceRecord> own = new ArrayList<>();
            for (int i = begin; i < begin + work.resources().size(); i++) {
                ResourceRecord record = records.get(i);
                if (record != null) {
                    own.add(record.after(begin));
                }
            }
            part.of(work, own);
            begin += work.resources().size();
        }
    }
}
