package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.ClusterRequest;
import dev.ashlar.app.cluster.OpenVault;
import dev.ashlar.app.cluster.Settled;
import dev.ashlar.app.cluster.Underway;
import dev.ashlar.app.document.Documents;
import dev.ashlar.app.document.SavedPlan;
import dev.ashlar.app.execution.EmptyRun;
import dev.ashlar.app.execution.Lookout;
import dev.ashlar.app.execution.Manner;
import dev.ashlar.app.execution.RunResult;
import dev.ashlar.app.execution.Runner;
import dev.ashlar.app.execution.VaultInUse;
import dev.ashlar.app.execution.Verification;
import dev.ashlar.app.execution.Workshop;
import dev.ashlar.app.selection.SelectionRequest;
import dev.ashlar.app.terminal.PlanView;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.engine.removal.DataFate;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.nodes.transport.SshTransport;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "Build a cluster, or bring it up to date.",
            "Only what is affected runs; an interrupted run is resumed by the same command."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar up examples/etcd",
            "  ashlar up examples/etcd --verify     check reality on every node too",
            "  ashlar up examples/etcd --site mine --yes",
            "  ashlar up examples/etcd --limit store-1",
            "  ashlar up examples/etcd --save       what was set is written into cluster.yaml",
            "  ashlar up change.ashlar              just what `plan --out change.ashlar` showed"
        })
final class UpCommand implements Callable<Integer> {
    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ClusterOptions options = new ClusterOptions();
    @Mixin private GoalOptions goal = new GoalOptions();
    @Mixin private SelectionOptions selected = new SelectionOptions();
    @Mixin private RunOptions run = new RunOptions();
    @Mixin private WipeOptions wipe = new WipeOptions();

    @Option(
            names = "--verify",
            description = "Compare every node with the record first; mend what differs.")
    private boolean verify;

    @Option(
            names = "--save",
            description = "Write what is set, now or on record, into cluster.yaml.")
    private boolean save;

    @Option(
            names = "--dry-run",
            description = "Print the plan and stop; with --verify, what it would mend.")
    private boolean dryRun;

    @Parameters(
            arity = "0..1",
            paramLabel = "CLUSTER",
            description = "Folder or file, or a saved plan (NAME.ashlar).")
    private Optional<Path> cluster = Optional.empty();

    private Optional<SavedPlan> saved = Optional.empty();
    private Selection selection = Selection.WHOLE;
    private Optional<Saving> saving = Optional.empty();
    private Optional<Amending> amending = Optional.empty();
    private final Agreement agreement = new Agreement(run, wipe);

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = output.terminal();
        Manner manner = run.manner(output.within(run.limit(terminal)), output.isQuiet());
        saved = SavedPlans.named(cluster);
        refuseBesideSaved();
        ClusterRequest request =
                saved.map(options::request).orElseGet(() -> goal.in(options.request(cluster)));
        if (isOfTheWhole()) {
            Optional<Unchanged> unchanged = Unchanged.find(request);
            if (unchanged.isPresent()) {
                return tell(terminal, unchanged.get());
            }
        }
        try (Lookout lookout = Lookout.begin(Loading.folder(request), new SshTransport())) {
            return call(terminal, manner, request, lookout);
        }
    }

    /// True where nothing is asked for but that all be as the files say.
    private boolean isOfTheWhole() {
        return saved.isEmpty()
                && !save
                && !verify
                && !dryRun
                && !goal.isGiven()
                && wipe.names().isEmpty()
                && selected.request().isWhole();
    }

    private int tell(Terminal terminal, Unchanged unchanged) {
        Settled settled = unchanged.settled();
        settled.headline().forEach(terminal::say);
        DueAuthorities.warn(terminal, Optional.of(unchanged.state()));
        Consent.refuseAnother(run, settled.cluster());
        Claims.check(settled, unchanged.state(), terminal);
        return Standing.tell(settled, output, terminal);
    }

    private int call(Terminal terminal, Manner manner, ClusterRequest request, Lookout lookout)
            throws InterruptedException {
        Cluster read = Loading.plannable(request, output, terminal, lookout::recorded);
        Cluster loaded = dryRun ? read : new Admitting(read, terminal).admit();
        GoalOnRecord.refuseDisagreement(loaded, request, "up", save);
        saving = save ? Saving.of(request, loaded) : Optional.empty();
        Cluster checked = Unlocking.needed(saving.map(Saving::cluster).orElse(loaded), terminal);
        Headline.of(checked).forEach(terminal::say);
        DueAuthorities.warn(terminal, checked.state());
        SelectionRequest part = saved.map(selected::request).orElseGet(selected::request);
        selection = SelectionOptions.select(checked, part);
        Consent.refuseAnother(run, checked.composition().name());
        Plan plan = possible(checked, request, terminal);
        if (dryRun && (!verify || checked.past().standing().isEmpty())) {
            show(plan, checked, false, terminal);
            return ExitCode.DONE.code();
        }
        Lenders.refuseMissing(checked, plan);
        boolean isDone =
                plan.isEmpty()
                        && !verify
                        && saving.isEmpty()
                        && !GoalOnRecord.isChanged(checked)
                        && checked.vault().filter(OpenVault::hasMade).isEmpty();
        amending =
                Optional.of(checked)
                        .filter(_ -> saved.isEmpty() && !dryRun)
                        .flatMap(one -> Amending.of(one, selection, wipe.names()))
                        .filter(one -> isDone ? one.isForAnotherWhole() : one.wantsMore(plan));
        if (isDone || amending.isPresent()) {
            Claims.check(checked, lookout.found(terminal::sayProgress), terminal);
        }
        if (amending.isPresent()) {
            return amend(terminal, checked, request, amending.get(), plan, manner);
        }
        if (isDone) {
            Optional<Unchanged> found =
                    isOfTheWhole() && plan.leftOut() == 0
                            ? Unchanged.of(request, checked)
                            : Optional.empty();
            int code =
                    found.isPresent()
                            ? Standing.tell(found.get().settled(), output, terminal)
                            : Standing.tell(checked, selection, plan, false, output, terminal);
            Underway.of(checked).map(Underway::goesOn).ifPresent(terminal::say);
            found.ifPresent(Unchanged::keep);
            return code;
        }
        return act(terminal, checked, request, manner, Loading.act(checked.folder()));
    }

    /// Acts once what runs now has given way. Whatever can be refused has been refused before.
    private int amend(
            Terminal terminal,
            Cluster cluster,
            ClusterRequest request,
            Amending amends,
            Plan plan,
            Manner manner)
            throws InterruptedException {
        amends.refuseSecond();
        amends.lines(plan).forEach(terminal::say);
        agreement.seek(cluster, plan, saving, terminal);
        Acting taken = amends.take(manner.limit(), terminal);
        try {
            return act(terminal, cluster, request, manner, taken);
        } catch (CommandStop stop) {
            throw amends.afterwards(stop);
        }
    }

    private void refuseBesideSaved() {
        if (saved.isPresent() && verify) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    "error: --verify may find more to do than the saved plan holds");
        }
        if (saved.isPresent() && (save || goal.isGiven())) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    "error: a saved plan holds its own goal: --reset goes with `ashlar plan`, --save with `ashlar up` of a cluster");
        }
    }

    private int act(
            Terminal terminal, Cluster checked, ClusterRequest request, Manner manner, Acting taken)
            throws InterruptedException {
        try (Acting acting = taken) {
            return act(
                    terminal,
                    checked,
                    request,
                    manner,
                    acting,
                    checked.vault().map(open -> VaultInUse.of(acting, open)));
        }
    }

    private int act(
            Terminal terminal,
            Cluster checked,
            ClusterRequest request,
            Manner manner,
            Acting acting,
            Optional<VaultInUse> vault)
            throws InterruptedException {
        try (Workshop workshop = Workshops.of(acting, checked, vault)) {
            Cluster cluster = checked.with(acting);
            GoalOnRecord.refuseMoved(checked, cluster);
            Claims.check(workshop, cluster, possible(cluster, request, terminal), terminal);
            Set<InstanceKey> forced =
                    verify
                            ? Verification.of(
                                            workshop,
                                            acting,
                                            cluster.graph(),
                                            selection,
                                            manner.parallel())
                                    .tell(terminal, !dryRun)
                                    .differing()
                            : Set.of();
            Plan plan =
                    Planner.plan(
                            cluster.graph(),
                            acting.past(),
                            forced,
                            selection,
                            Clock.systemUTC().millis());
            if (plan.isEmpty()) {
                if (dryRun) {
                    saving.ifPresent(file -> file.tell(terminal, "Would be saved"));
                } else {
                    vault.ifPresent(open -> open.keepMade(terminal::say));
                    accept(terminal, cluster, acting, plan);
                }
                if (verify && output.isHuman()) {
                    terminal.say(
                            selection.equals(Selection.WHOLE)
                                    ? "Everything is as it should be, checked on every node."
                                    : "What is selected is as it should be, checked there.");
                }
                int code =
                        Standing.tell(
                                checked.with(acting), selection, plan, verify, output, terminal);
                tellRest(terminal, plan.leftOut());
                return code;
            }
            if (dryRun) {
                show(plan, checked, true, terminal);
                return ExitCode.DONE.code();
            }
            Lenders.refuseMissing(checked, plan);
            if (verify) {
                Claims.check(workshop, cluster, plan, terminal);
            }
            int code = carryOut(terminal, cluster, acting, workshop, vault, plan, forced, manner);
            if (code == ExitCode.DONE.code() && isOfTheWhole()) {
                Unchanged.after(request, checked.with(acting)).ifPresent(Unchanged::keep);
            }
            return code;
        }
    }

    /// The plan; stops with exit code 3, as `ashlar plan` does, when it cannot be carried out.
    /// Asked again once this process has the right to act: another may have acted since.
    private Plan possible(Cluster cluster, ClusterRequest request, Terminal terminal)
            throws InterruptedException {
        Belonging.check(cluster);
        Optional<Underway> running = Underway.of(cluster);
        Membership.refuseChange(cluster, running);
        Plan plan = Underway.plan(cluster, selection, running);
        Membership.refusePartOfFounding(cluster, selection, plan);
        saved.ifPresent(one -> SavedPlans.refuseStale(one, cluster, plan));
        if (plan.isImpossible()) {
            Loading.refuseImpossible(request, cluster.past(), output, terminal);
            show(plan, cluster, false, terminal);
            throw new CommandStop(ExitCode.INVALID, List.of());
        }
        agreement.checkData(cluster, plan, terminal);
        return plan;
    }

    /// What nobody does any more who was about to.
    private void tellRest(Terminal terminal, int leftOut) {
        if (leftOut > 0) {
            amending.map(one -> one.rest(leftOut)).ifPresent(terminal::say);
        }
    }

    /// Accepts a goal for which there is nothing to do.
    private void accept(Terminal terminal, Cluster cluster, Acting acting, Plan plan) {
        saving.ifPresent(file -> file.write(terminal));
        if (GoalOnRecord.isChanged(cluster)) {
            EmptyRun.record(
                    acting,
                    Runner.Subject.of(cluster, selection),
                    Purpose.UP,
                    plan.entries().size(),
                    Clock.systemUTC().millis());
            if (!cluster.overrides().isEmpty()) {
                terminal.say("On record from now on: " + ShellWords.sets(cluster.overrides()));
            }
        }
    }

    /// @param asked nodes were asked before it was worked out
    private void show(Plan plan, Cluster cluster, boolean asked, Terminal terminal) {
        output.settle();
        if (!asked) {
            terminal.say(Unasked.PLAN);
        }
        if (dryRun) {
            saving.ifPresent(file -> file.tell(terminal, "Would be saved"));
        }
        DataFate data = agreement.data(cluster, plan);
        if (output.isHuman()) {
            new PlanView(terminal).lines(plan, data, false).forEach(terminal::data);
        }
        output.document(
                terminal, () -> Documents.plan(cluster.composition().name(), plan, data, asked));
    }

    private int carryOut(
            Terminal terminal,
            Cluster cluster,
            Acting acting,
            Workshop workshop,
            Optional<VaultInUse> vault,
            Plan plan,
            Set<InstanceKey> forced,
            Manner manner)
            throws InterruptedException {
        agreement.seek(cluster, plan, saving, terminal);
        // The file first: a goal that is on record nowhere would be lost.
        saving.ifPresent(file -> file.write(terminal));
        vault.ifPresent(open -> open.keepMade(terminal::say));
        RunResult result =
                new Runner(
                                acting,
                                Runner.Subject.of(cluster, selection).wiping(wipe.names()),
                                cluster.graph(),
                                workshop,
                                terminal,
                                manner,
                                output.events(terminal))
                        .up(forced, Workshops.givenBack(cluster), agreement.data(cluster, plan));
        int code = Ending.tell(terminal, output.isHuman(), result);
        tellRest(terminal, result.totals().leftOut());
        return output.document(terminal, code, () -> Documents.run(result));
    }
}
