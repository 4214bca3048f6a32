package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.terminal.PlanView;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.removal.DataFate;
import dev.ashlar.engine.removal.DataLeft;
import java.util.List;
import java.util.Optional;

/// What is to be done and has been agreed to: sought before anything is begun, and once more where
/// there turns out to be more to do than that.
final class Agreement {
    private final RunOptions run;
    private final WipeOptions wipe;
    private Optional<Content> given = Optional.empty();

    Agreement(RunOptions run, WipeOptions wipe) {
        this.run = run;
        this.wipe = wipe;
    }

    /// What somebody agrees to.
    private record Content(Plan plan, DataFate data) {
        boolean covers(Content other) {
            return plan.covers(other.plan) && data.covers(other.data);
        }
    }

    /// What a plan makes of data.
    DataFate data(Cluster cluster, Plan plan) {
        return wipe.fate(Workshops.dataLeft(cluster, plan));
    }

    /// Stops with exit code 3 when a name is for no data that the plan would leave; only warns once
    /// it has been agreed to.
    void checkData(Cluster cluster, Plan plan, Terminal terminal) {
        List<DataLeft> left = Workshops.dataLeft(cluster, plan);
        if (given.isEmpty()) {
            wipe.check(cluster.past(), left);
        } else {
            wipe.missed(cluster.past(), left).forEach(terminal::warn);
        }
    }

    /// Returns when a plan may be carried out; what was agreed to before is not asked for again.
    /// Stops with exit code 5 when nobody says so.
    ///
    /// @param saving what is written into the files with it
    void seek(Cluster cluster, Plan plan, Optional<Saving> saving, Terminal terminal) {
        Content now = new Content(plan, data(cluster, plan));
        if (given.filter(before -> before.covers(now)).isPresent()) {
            return;
        }
        given.ifPresent(_ -> terminal.say("There is more to do than was agreed to:"));
        PlanView view = new PlanView(terminal);
        view.lines(plan, now.data(), false).forEach(terminal::say);
        saving.ifPresent(file -> file.tell(terminal, "To be saved"));
        Consent.seek(
                terminal,
                run,
                cluster.composition().name(),
                Workshops.asking(cluster),
                view.lines(plan, now.data(), true));
        given = Optional.of(now);
    }
}
