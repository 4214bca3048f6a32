package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.ClusterRequest;
import dev.ashlar.app.cluster.Recorded;
import dev.ashlar.app.cluster.Underway;
import dev.ashlar.app.content.FileChange;
import dev.ashlar.app.document.DocumentFile;
import dev.ashlar.app.document.Documents;
import dev.ashlar.app.terminal.DataView;
import dev.ashlar.app.terminal.PlanView;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.plan.Explainer;
import dev.ashlar.engine.plan.Explanation.Detail;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.removal.DataFate;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.store.folder.WrittenTexts;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = "Show what `up` would run, in which order, and why. Touches no machine.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar plan examples/etcd",
            "  ashlar plan examples/etcd --set groups.store.kv.client_port=12379",
            "  ashlar plan examples/etcd --limit store-1 --skip kv.run",
            "  ashlar plan --json examples/etcd",
            "  ashlar plan examples/etcd --out change.ashlar"
        })
final class PlanCommand implements Callable<Integer> {
    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ClusterOptions options = new ClusterOptions();
    @Mixin private GoalOptions goal = new GoalOptions();
    @Mixin private SelectionOptions selected = new SelectionOptions();

    @Option(names = "--detailed-exitcode", description = "Exit with 2 when there are changes.")
    private boolean detailed;

    @Option(names = "--summary", description = "Counts per component and action only.")
    private boolean summary;

    /// What a plan leaves out unless it is asked for.
    enum Show {
        unchanged
    }

    @Option(names = "--show", paramLabel = "WHAT", description = "unchanged: list what stays too.")
    private Optional<Show> show = Optional.empty();

    @Option(
            names = {"-v", "--verbose"},
            description =
                    "Every instance, also those that stay, with what it does, its inputs, and what"
                            + " becomes of the files it writes.")
    private boolean verbose;

    @Option(
            names = "--out",
            paramLabel = "FILE.ashlar",
            description = "Save the plan: `ashlar up FILE.ashlar` does just that.")
    private Optional<Path> out = Optional.empty();

    @Parameters(arity = "0..1", paramLabel = "CLUSTER", description = "Folder or file.")
    private Optional<Path> cluster = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = output.terminal();
        Optional<DocumentFile> file = out.map(SavedPlans::file);
        ClusterRequest request = goal.in(options.request(cluster));
        Recorded recorded = Recorded.read(Loading.folder(request));
        Cluster checked =
                Unlocking.needed(
                        Loading.plannable(request, output, terminal, () -> recorded), terminal);
        GoalOnRecord.refuseDisagreement(checked, request, "plan", false);
        Optional<Underway> underWay = Underway.of(checked);
        Membership.refuseChange(checked, underWay);
        Selection selection = SelectionOptions.select(checked, selected.request());
        Plan plan = Underway.plan(checked, selection, underWay);
        if (plan.isImpossible()) {
            Loading.refuseImpossible(request, checked.past(), output, terminal);
        }
        Membership.refusePartOfFounding(checked, selection, plan);
        DataFate data = new DataFate(Workshops.dataLeft(checked, plan), List.of());
        SequencedMap<InstanceKey, Detail> details = details(checked);
        SequencedMap<InstanceKey, List<FileChange>> files = files(checked, details);
        DueAuthorities.warn(terminal, checked.state());
        if (output.isHuman()) {
            Headline.of(checked).forEach(terminal::say);
            terminal.say(Unasked.PLAN);
            lines(plan, details, files, new PlanView(terminal)).forEach(terminal::data);
            new DataView(terminal).planned(data).forEach(terminal::data);
        }
        output.document(
                terminal,
                () -> Documents.plan(checked.composition().name(), plan, data, false, files));
        if (plan.isImpossible()) {
            return ExitCode.INVALID.code();
        }
        file.ifPresent(
                to -> SavedPlans.save(terminal, to, request, selected.request(), checked, plan));
        return detailed && !plan.isEmpty() ? ExitCode.CHANGES.code() : ExitCode.DONE.code();
    }

    private List<String> lines(
            Plan plan,
            SequencedMap<InstanceKey, Detail> details,
            SequencedMap<InstanceKey, List<FileChange>> files,
            PlanView view) {
        if (summary) {
            return view.summary(plan);
        }
        return verbose ? view.inFull(plan, details, files) : view.lines(plan, show.isPresent());
    }

    private SequencedMap<InstanceKey, Detail> details(Cluster cluster) {
        return verbose
                ? Explainer.details(cluster.graph(), cluster.past(), Clock.systemUTC().millis())
                : new LinkedHashMap<>();
    }

    private static SequencedMap<InstanceKey, List<FileChange>> files(
            Cluster cluster, SequencedMap<InstanceKey, Detail> details) {
        Optional<WrittenTexts> texts = cluster.state().map(WrittenTexts::of);
        SequencedMap<InstanceKey, List<FileChange>> files = new LinkedHashMap<>();
        details.forEach((key, detail) ->
                files.put(
                        key,
                        detail.rewritten().stream()
                                .map(file -> FileChange.of(file, texts))
                                .toList()));
        return files;
    }
}
