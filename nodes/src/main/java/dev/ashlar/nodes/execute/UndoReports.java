package dev.ashlar.nodes.execute;

import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.nodes.channel.Answer;
import dev.ashlar.nodes.resource.ResourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// What an undo came to, as a report: what it did not get to is still owned, and data that it left
/// is told.
final class UndoReports {
    private UndoReports() {}

    static Report of(List<Owned> owned, Answer answer, Duration timeout) {
        String log = answer.text("log");
        if (answer.has("cancelled")) {
            return new Report.Stopped(log);
        }
        List<String> undone = new ArrayList<>();
        List<Owned> left = new ArrayList<>();
        for (ResourceRecord record : ResourceReports.records(answer)) {
            Owned one = owned.get(record.index());
            String title = one.title();
            if (!record.status().equals("ok")) {
                Failure failure =
                        record.status().equals("failed")
                                ? Failures.of(title, record, log)
                                : answer.has("timeout")
                                        ? Failures.timeout(timeout)
                                        : Failures.exit("undoing " + title, -1, log);
                return new Report.NotDone(
                        failure, owned.subList(record.index(), owned.size()).reversed(), log);
            }
            if (!record.field("left").isEmpty()) {
                left.add(one);
            }
            undone.add(
                    title
                            + ": "
                            + (record.field("what").isEmpty()
                                    ? "taken back"
                                    : record.field("what")));
        }
        if (undone.size() < owned.size()) {
            return new Report.NotDone(
                    answer.has("timeout")
                            ? Failures.timeout(timeout)
                            : Failures.exit("undo", -1, log),
                    owned.subList(undone.size(), owned.size()).reversed(),
                    log);
        }
        return new Report.Done(undone, new LinkedHashMap<>(), left, log);
    }
}
