package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.ClusterRequest;
import dev.ashlar.app.cluster.Recorded;
import dev.ashlar.app.document.Documents;
import dev.ashlar.app.execution.Manner;
import dev.ashlar.app.execution.RunResult;
import dev.ashlar.app.execution.Runner;
import dev.ashlar.app.execution.VaultInUse;
import dev.ashlar.app.execution.Workshop;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Knowledge;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Authorities;
import dev.ashlar.model.journal.JournalRecord.AuthorityOrdered;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.model.journal.RunSummary;
import dev.ashlar.services.pki.Intermediates;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Puts orders for authorities on record and brings them about by an ordinary run. What is ordered
/// is on record before anything is done, so any later `up` goes on with it. Holds the right to act
/// on the cluster until it is closed.
final class OrderedRun implements AutoCloseable {
    private final OutputOptions output;
    private final RunOptions run;
    private final Terminal terminal;
    private final Manner manner;
    private final Cluster files;
    private final Optional<VaultInUse> vault;
    private final Acting acting;
    private final SequencedMap<InstanceKey, String> waiting = new LinkedHashMap<>();
    private Optional<RunResult> last = Optional.empty();

    private OrderedRun(
            OutputOptions output,
            RunOptions run,
            Terminal terminal,
            Manner manner,
            Cluster files,
            Acting acting) {
        this.output = output;
        this.run = run;
        this.terminal = terminal;
        this.manner = manner;
        this.files = files;
        this.vault = files.vault().map(open -> VaultInUse.of(acting, open));
        this.acting = acting;
    }

    /// Stops as `up` does where the files are not right, the state is another cluster's, the vault
    /// stays locked, or another command acts.
    static OrderedRun begin(OutputOptions output, RunOptions run, ClusterRequest request)
            throws InterruptedException {
        Terminal terminal = output.terminal();
        Manner manner = run.manner(output.within(run.limit(terminal)), output.isQuiet());
        Recorded recorded = Recorded.read(Loading.folder(request));
        Cluster loaded = Loading.plannable(request, output, terminal, () -> recorded);
        // No edit of the goal is carried out that nobody agreed to: what was set goes on to count.
        GoalOnRecord.refuseDisagreement(loaded, request, "up", true);
        Cluster files = Unlocking.needed(loaded, terminal);
        Consent.refuseAnother(run, files.composition().name());
        return new OrderedRun(output, run, terminal, manner, files, Loading.act(files.folder()));
    }

    Terminal terminal() {
        return terminal;
    }

    /// As it is while this holds the right to act.
    Cluster cluster() {
        Cluster now = files.with(acting);
        return vault.map(VaultInUse::open).map(now::withVault).orElse(now);
    }

    /// True where a run of orders on record was cut short, or failed, and there is something left
    /// of it that can be done without an edit that nobody has agreed to.
    boolean isUnfinished() {
        return !orders().unfinished().isEmpty()
                && !plan(acting.past(), selection("", owed())).isEmpty();
    }

    /// Authorities that another one is to sign.
    Intermediates intermediates() {
        return new Intermediates(acting.state().pki(), files.composition().name(), orders());
    }

    /// The instances that do not stand by what was ordered.
    Set<InstanceKey> owed() {
        return new LinkedHashSet<>(PkiCommand.record(cluster(), Instant.now()).owed());
    }

    /// Says that there is nothing to do.
    int nothing(String why) {
        output.settle();
        terminal.say(why);
        return output.document(
                terminal,
                ExitCode.DONE.code(),
                () ->
                        Documents.nothingToDo(
                                files.composition().name(), Knowledge.of(acting.past())));
    }

    /// Orders, and carries out what follows. Nothing is on record unless it has been agreed to.
    /// Where the files have changed since the last `up` was accepted, what they change is left out,
    /// unless it is what is ordered.
    ///
    /// @param words what is being done, for the record of a run that leaves something out
    /// @param orders may be none: then what was ordered before is gone on with
    /// @param about the instances that the orders are about
    int carryOut(String words, List<AuthorityOrdered> orders, Set<InstanceKey> about)
            throws InterruptedException {
        Belonging.check(cluster());
        Selection selection = selection(words, about);
        warnOfWhatIsLeftOut(selection);
        Plan plan = plan(with(orders), selection);
        if (plan.isImpossible()) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    List.of(
                            "error: this cannot be carried out as the files are",
                            "  help: `ashlar plan` says why"));
        }
        Cluster cluster = cluster();
        try (Workshop workshop = Workshops.of(acting, files, vault)) {
            Claims.check(workshop, cluster, plan, terminal);
            Agreement agreement = new Agreement(run, new WipeOptions());
            agreement.seek(cluster, plan, Optional.empty(), terminal);
            orders.forEach(this::order);
            vault.ifPresent(open -> open.keepMade(terminal::say));
            Cluster ordered = cluster();
            RunResult result =
                    new Runner(
                                    acting,
                                    Runner.Subject.of(ordered, selection),
                                    ordered.graph(),
                                    workshop,
                                    terminal,
                                    manner,
                                    output.events(terminal))
                            .up(
                                    Set.of(),
                                    Workshops.givenBack(ordered),
                                    agreement.data(ordered, plan));
            last = Optional.of(result);
            int code = Ending.tell(terminal, false, result);
            return code == ExitCode.DONE.code() ? tellWaiting(selection).code() : code;
        }
    }

    /// What waits for something that was left out has not been brought about.
    private ExitCode tellWaiting(Selection selection) {
        waiting.clear();
        Set<InstanceKey> owed = owed();
        for (Plan.Entry entry : plan(acting.past(), selection).entries()) {
            if (owed.contains(entry.key())) {
                waiting.put(entry.key(), String.join("; ", entry.reasons()));
            }
        }
        if (waiting.isEmpty()) {
            return ExitCode.DONE;
        }
        terminal.warn("warning: %d still wait for what was ordered".formatted(waiting.size()));
        waiting.forEach((key, reason) -> terminal.warn("  %s: %s".formatted(key, reason)));
        terminal.warn("  help: `ashlar up` does both");
        return ExitCode.WAITING;
    }

    /// Tells a machine how the last run ended.
    ///
    /// @return the command's exit code
    int told(int code) {
        return output.document(terminal, code, () -> Documents.run(last.orElseThrow(), waiting));
    }

    /// What has been ordered of the cluster's authorities.
    Authorities orders() {
        return acting.past().authorities();
    }

    /// True where everything stands as the files and all orders want it.
    boolean isDone() {
        return plan(acting.past(), Selection.WHOLE).isEmpty();
    }

    /// True where the files say something else than when an `up` was accepted last.
    boolean isEdited() {
        return !acting.past().runs().reversed().stream()
                .map(RunSummary::start)
                .filter(start -> start.purpose() == Purpose.UP)
                // What a part of it was done for, nobody has agreed to as a whole.
                .filter(start -> start.selection().isEmpty())
                .findFirst()
                .map(RunStarted::goal)
                .equals(Optional.of(files.composition().digest()));
    }

    private void order(AuthorityOrdered order) {
        acting.journal().append(List.of(order));
        acting.past().apply(order);
    }

    private Past with(List<AuthorityOrdered> orders) {
        Past next = Past.of(acting.past().checkpoint());
        orders.forEach(next::apply);
        return next;
    }

    private Plan plan(Past past, Selection selection) {
        Graph graph = Conditions.wanted(cluster().composition(), past);
        return Planner.plan(graph, past, Set.of(), selection, Clock.systemUTC().millis());
    }

    /// Nobody has agreed yet to what the files say since they were edited.
    private Selection selection(String words, Set<InstanceKey> about) {
        if (!isEdited()) {
            return Selection.WHOLE;
        }
        Set<InstanceKey> changed = new LinkedHashSet<>();
        for (Plan.Entry entry : plan(acting.past(), Selection.WHOLE).entries()) {
            if (entry.action() != Plan.Action.UNCHANGED && !about.contains(entry.key())) {
                changed.add(entry.key());
            }
        }
        return changed.isEmpty() ? Selection.WHOLE : new Selection(words, changed, Set.of());
    }

    private void warnOfWhatIsLeftOut(Selection selection) {
        if (!selection.equals(Selection.WHOLE)) {
            terminal.warn(
                    "warning: the files have changed since the last `up`: what they change is left out (%d), with what waits for it"
                            .formatted(selection.instances().size()));
            terminal.warn("  help: `ashlar plan` shows it, `ashlar up` does it");
        }
    }

    @Override
    public void close() {
        acting.close();
    }
}
