package dev.ashlar.app.execution;

import dev.ashlar.engine.removal.DataFate;
import dev.ashlar.engine.removal.DataLeft;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Has work carried out by another and notes what became of data that was taken back, as the nodes
/// tell it. Safe for use by several threads.
final class DataWitness implements Executor {
    private final Executor executor;
    private final List<DataLeft> kept = new ArrayList<>();
    private final List<DataLeft> destroyed = new ArrayList<>();

    DataWitness(Executor executor) {
        this.executor = executor;
    }

    @Override
    public Report execute(Work work, boolean again) {
        Report report = executor.execute(work, again);
        if (work instanceof Work.Undo undo && report instanceof Report.Done done) {
            undo.node().ifPresent(node -> note(undo, node, done));
        }
        return report;
    }

    @Override
    public List<Report> together(List<Work.Apply> works) {
        return executor.together(works);
    }

    private synchronized void note(Work.Undo undo, String node, Report.Done done) {
        Set<String> left = done.owned().stream().map(Owned::key).collect(Collectors.toSet());
        for (Owned thing : undo.owned()) {
            if (thing.data()) {
                (left.contains(thing.key()) ? kept : destroyed)
                        .add(new DataLeft(undo.key(), node, thing));
            }
        }
    }

    synchronized DataFate seen() {
        return new DataFate(kept, destroyed);
    }
}
