package dev.ashlar.app.trial;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What one run had resources and functions bring about for each instance, and what of that was not
/// so before. Where the same is asked for once more, nothing may be left to be changed. What a
/// script changes cannot be told: it says that it ran. Safe for use by many at once.
final class HandedOut {
    private final Map<InstanceKey, Done> done = new ConcurrentHashMap<>();

    /// @param work what was asked for, whatever the intent
    private record Done(Work work, List<String> changed) {}

    /// Notes what goes to this one.
    Executor before(Executor real) {
        return new Noting(real, this);
    }

    /// What this run changed for an instance although an earlier one had done the very same for it.
    /// What was asked for something else, as when what it reads lapses or what it watches has
    /// changed, is not judged.
    List<String> changedSince(HandedOut earlier, InstanceKey key) {
        Optional<Work> then = Optional.ofNullable(earlier.done.get(key)).map(Done::work);
        return Optional.ofNullable(done.get(key))
                .filter(now -> then.equals(Optional.of(now.work)))
                .map(Done::changed)
                .orElse(List.of());
    }

    private void note(Work work, Report report) {
        if (report instanceof Report.Done(var changed, _, _, _)) {
            comparable(work).ifPresent(same -> done.put(work.key(), new Done(same, changed)));
        }
    }

    private static Optional<Work> comparable(Work work) {
        return switch (work) {
            case Work.Apply w ->
                    Optional.of(
                            new Work.Apply(
                                    w.key(),
                                    "",
                                    w.node(),
                                    w.resources(),
                                    w.timeout(),
                                    w.onDisconnect()));
            case Work.Call w ->
                    Optional.of(
                            new Work.Call(
                                    w.key(),
                                    "",
                                    w.node(),
                                    w.function(),
                                    w.arguments(),
                                    w.timeout()));
            case Work.Acquire _, Work.Gather _, Work.Run _, Work.Probe _, Work.Undo _ ->
                    Optional.empty();
        };
    }

    private record Noting(Executor real, HandedOut noted) implements Executor {
        @Override
        public Report execute(Work work, boolean again) {
            Report report = real.execute(work, again);
            noted.note(work, report);
            return report;
        }

        @Override
        public List<Report> together(List<Work.Apply> works) {
            List<Report> reports = real.together(works);
            for (int i = 0; i < works.size(); i++) {
                noted.note(works.get(i), reports.get(i));
            }
            return reports;
        }
    }
}
