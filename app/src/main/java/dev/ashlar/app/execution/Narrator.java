package dev.ashlar.app.execution;

import dev.ashlar.model.text.Plain;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.util.List;
import java.util.function.Consumer;

/// Has work carried out by another and tells what it printed and changed, each piece in one go when
/// it ends. Probes ask again and again and are left out.
record Narrator(Executor executor, Consumer<String> say) implements Executor {
    @Override
    public Report execute(Work work, boolean again) {
        Report report = executor.execute(work, again);
        if (!(work instanceof Work.Probe)) {
            tell(work, report);
        }
        return report;
    }

    @Override
    public List<Report> together(List<Work.Apply> works) {
        List<Report> reports = executor.together(works);
        for (int i = 0; i < works.size(); i++) {
            tell(works.get(i), reports.get(i));
        }
        return reports;
    }

    private void tell(Work work, Report report) {
        List<String> changed =
                switch (report) {
                    case Report.Done done -> done.changed();
                    case Report.NotDone _, Report.Stopped _ -> List.of();
                };
        StringBuilder text = new StringBuilder();
        report.log()
                .lines()
                .map(Plain::text)
                .forEach(line -> text.append("\n  ").append(work.key()).append(" | ").append(line));
        changed.forEach(
                one -> text.append("\n  ").append(work.key()).append(" changed ").append(one));
        if (!text.isEmpty()) {
            say.accept(text.substring(1));
        }
    }
}
