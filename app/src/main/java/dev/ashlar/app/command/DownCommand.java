package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.ClusterRequest;
import dev.ashlar.app.cluster.Recorded;
import dev.ashlar.app.cluster.RecordedSite;
import dev.ashlar.app.document.Documents;
import dev.ashlar.app.execution.EmptyRun;
import dev.ashlar.app.execution.Manner;
import dev.ashlar.app.execution.RunResult;
import dev.ashlar.app.execution.Runner;
import dev.ashlar.app.execution.Workshop;
import dev.ashlar.app.terminal.DataView;
import dev.ashlar.app.terminal.PlanView;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.InForce;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.removal.DataFate;
import dev.ashlar.engine.removal.DataLeft;
import dev.ashlar.language.Loaded;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.nodes.transport.SshTransport;
import dev.ashlar.store.folder.StateFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
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
            "Take back what `up` made, from the record of what it did: what today's files say of it does not matter.",
            "What was there before is restored; machines that were made are given back."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar down examples/etcd",
            "  ashlar down examples/etcd --dry-run      what would be taken back",
            "  ashlar down examples/etcd --yes-wipe kv  the data of use kv goes too"
        })
final class DownCommand implements Callable<Integer> {
    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ClusterOptions options = new ClusterOptions();
    @Mixin private RunOptions run = new RunOptions();
    @Mixin private WipeOptions wipe = new WipeOptions();

    @Option(names = "--dry-run", description = "Print what would be taken back and stop.")
    private boolean dryRun;

    @Parameters(arity = "0..1", paramLabel = "CLUSTER", description = "Folder or file.")
    private Optional<Path> cluster = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = output.terminal();
        Manner manner = run.manner(output.within(run.limit(terminal)), output.isQuiet());
        ClusterRequest request = options.request(cluster);
        Path folder = Loading.folder(request);
        if (StateFolder.find(folder).isEmpty()) {
            wipe.check(new Past(), List.of());
            return nothing(terminal, isAnswered(terminal, request));
        }
        try (Acting acting = Loading.act(folder)) {
            if (nothingStands(acting.past())) {
                wipe.check(acting.past(), List.of());
                boolean answered = isAnswered(terminal, request);
                endGoal(terminal, request, acting);
                return nothing(terminal, answered);
            }
            return takeBack(terminal, request, acting, manner);
        }
    }

    private int takeBack(Terminal terminal, ClusterRequest request, Acting acting, Manner manner)
            throws InterruptedException {
        Optional<Composition> files = Loading.load(request, acting.past()).composition();
        Belonging.check(acting.past(), files, options.typedSite());
        RecordedSite site = RecordedSite.of(acting.past(), files);
        Consent.refuseAnother(run, site.cluster());
        Set<String> whole =
                site.nodesOf(Workshop.makers(site.providers().values(), site.cluster()));
        List<DataLeft> left =
                DataLeft.of(acting.past(), acting.past().everything().keySet(), whole);
        wipe.check(acting.past(), left);
        DataFate data = wipe.fate(left);
        Plan plan = plan(acting.past());
        terminal.say(Headline.of(site.cluster(), site.site(), site.nodes().size()));
        if (dryRun) {
            return show(terminal, site, plan, data);
        }
        int size = plan.entries().size();
        terminal.say(
                "Takes back what %d instance%s did, from the record."
                        .formatted(size, size == 1 ? "" : "s"));
        new DataView(terminal).planned(data).forEach(terminal::say);
        try (Workshop workshop =
                Workshop.of(
                        new SshTransport(),
                        acting,
                        site.cluster(),
                        site.providers().values(),
                        site.nodes(),
                        Unlocking.inUse(acting, terminal))) {
            Claims.check(workshop, site, acting.past(), terminal);
            Consent.seek(
                    terminal,
                    run,
                    site.cluster(),
                    site.asking(files),
                    new PlanView(terminal).lines(plan, data, false));
            Graph none = Graph.of(Composition.empty(site.cluster()));
            RunResult result =
                    new Runner(
                                    acting,
                                    subject(site).wiping(wipe.names()),
                                    none,
                                    workshop,
                                    terminal,
                                    manner,
                                    output.events(terminal))
                            .down(whole, data);
            int code = Ending.tell(terminal, output.isHuman(), result);
            return output.document(terminal, code, () -> Documents.run(result));
        }
    }

    private int show(Terminal terminal, RecordedSite site, Plan plan, DataFate data) {
        output.settle();
        terminal.say(Unasked.RECORD);
        if (output.isHuman()) {
            new PlanView(terminal).lines(plan, data, false).forEach(terminal::data);
        }
        return output.document(
                terminal,
                ExitCode.DONE.code(),
                () -> Documents.plan(site.cluster(), plan, data, false));
    }

    /// With nothing to take back too, what was set counts no more.
    private void endGoal(Terminal terminal, ClusterRequest request, Acting acting) {
        if (dryRun || InForce.of(acting.past().runs()).isEmpty()) {
            return;
        }
        Belonging.check(
                acting.past(),
                Loading.load(request, acting.past()).composition(),
                options.typedSite());
        RecordedSite site = RecordedSite.of(acting.past(), Optional.empty());
        Consent.refuseAnother(run, site.cluster());
        EmptyRun.record(acting, subject(site), Purpose.DOWN, 0, Clock.systemUTC().millis());
        terminal.say("What was set beside the files counts no more.");
    }

    private static Runner.Subject subject(RecordedSite site) {
        return new Runner.Subject(
                site.cluster(), site.site(), "", Selection.WHOLE, new LinkedHashMap<>(), List.of());
    }

    /// What was done last is taken back first.
    private static Plan plan(Past past) {
        List<InstanceKey> standing = List.copyOf(past.standing().keySet());
        return new Plan(
                standing.reversed().stream()
                        .map(key ->
                                new Plan.Entry(
                                        key,
                                        Plan.Action.REMOVE,
                                        List.of(),
                                        Set.of(),
                                        false,
                                        Optional.empty()))
                        .toList());
    }

    private int nothing(Terminal terminal, boolean answered) {
        output.settle();
        terminal.say("Nothing to do: nothing of it is on record");
        if (!answered) {
            terminal.say(
                    "  help: if it runs, its state is elsewhere: `ashlar adopt` makes it here");
        }
        output.document(terminal, () -> Documents.nothingToDo(answered));
        return ExitCode.DONE.code();
    }

    /// Stops with exit code 7 where another state, or one that was lost here, acts on its machines.
    ///
    /// @return true where one of them has answered that none does
    private boolean isAnswered(Terminal terminal, ClusterRequest request)
            throws InterruptedException {
        Recorded recorded = Recorded.read(Loading.folder(request));
        Loaded files = Loading.load(request, recorded.past());
        if (files.composition().isEmpty()) {
            Loading.warn(files, terminal, "they name no machine that could be asked");
        }
        if (dryRun || files.composition().isEmpty()) {
            terminal.say(Unasked.RECORD);
            return false;
        }
        return Claims.checkElsewhere(
                Cluster.of(
                        Loading.folder(request),
                        files.composition().get(),
                        files.overridden(),
                        recorded),
                terminal);
    }

    private static boolean nothingStands(Past past) {
        return past.standing().isEmpty()
                && past.leftovers().isEmpty()
                && past.interruptions().isEmpty();
    }
}
