package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.ClusterRequest;
import dev.ashlar.app.cluster.Home;
import dev.ashlar.app.cluster.Neighbourhood;
import dev.ashlar.app.cluster.Recorded;
import dev.ashlar.app.document.Documents;
import dev.ashlar.app.execution.Version;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Rehearsal;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.language.LoadRequest;
import dev.ashlar.language.Loaded;
import dev.ashlar.language.Loader;
import dev.ashlar.language.report.DiagnosticRenderer;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.model.journal.RunSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// From what was typed to a checked cluster, or to an exit code with everything that is wrong.
final class Loading {
    private Loading() {}

    static Path file(ClusterRequest request) {
        return request.file().orElseThrow(() -> notFound(request));
    }

    private static CommandStop notFound(ClusterRequest request) {
        if (!Files.isDirectory(request.from().toAbsolutePath())) {
            return new CommandStop(ExitCode.INVALID, "error: there is no folder " + request.from());
        }
        String above = request.given().isPresent() ? "" : " here or in a folder above";
        return new CommandStop(
                ExitCode.INVALID,
                List.of(
                        "error: no cluster found at " + request.asked() + above,
                        "  help: name the folder that holds cluster.yaml, such as examples/etcd"));
    }

    /// The folder of the cluster's file: where its state lies.
    static Path folder(ClusterRequest request) {
        Path folder = file(request).toAbsolutePath().normalize().getParent();
        if (folder == null) {
            throw new IllegalStateException("a file lies in a folder");
        }
        return folder;
    }

    /// The files, with the overrides on record that the request leaves as they are.
    static Loaded load(ClusterRequest request, Past past) {
        return Loader.load(words(request, request.leaves(past)));
    }

    /// With the syntax of all scripts, and everything evaluated as far as it is known before
    /// anything has run: what is asked for by those who are about to run it.
    static Loaded loadThoroughly(ClusterRequest request) throws InterruptedException {
        return loadThoroughly(words(request, new LinkedHashMap<>()));
    }

    static Loaded loadThoroughly(LoadRequest request) throws InterruptedException {
        return Loader.loadThoroughly(
                request, _ -> false, composition -> Rehearsal.problems(unborn(composition)));
    }

    /// Before anything of it is there.
    private static Graph unborn(Composition composition) {
        return Conditions.wanted(composition, new Past());
    }

    private static LoadRequest words(
            ClusterRequest request, SequencedMap<String, String> recorded) {
        return new LoadRequest(
                file(request),
                request.site(),
                request.sets(),
                recorded,
                Optional.empty(),
                new Neighbourhood(file(request)),
                Home.folder());
    }

    /// The cluster; stops with exit code 3 and all diagnostics when its files are not right, for a
    /// machine too where that is what listens.
    static Cluster cluster(ClusterRequest request, OutputOptions output, Terminal terminal) {
        Recorded recorded = Recorded.read(folder(request));
        return cluster(request, load(request, recorded.past()), output, terminal, recorded);
    }

    /// The same for those who go by the record: where the files are not right and something stands,
    /// this is told as a warning, and the cluster is one of the recorded name that says nothing
    /// more.
    static Cluster standing(ClusterRequest request, OutputOptions output, Terminal terminal) {
        Recorded recorded = Recorded.read(folder(request));
        Past past = recorded.past();
        Loaded loaded = load(request, past);
        if (loaded.composition().isPresent() || past.standing().isEmpty()) {
            return cluster(request, loaded, output, terminal, recorded);
        }
        warn(loaded, terminal, "this goes by the record alone");
        RunStarted last = past.runs().getLast().start();
        return Cluster.of(
                folder(request),
                Composition.empty(last.cluster(), request.site().orElse(last.site())),
                List.of(),
                recorded);
    }

    /// The same for those who are about to run its scripts.
    static Cluster runnable(ClusterRequest request, OutputOptions output, Terminal terminal)
            throws InterruptedException {
        Recorded recorded = Recorded.read(folder(request));
        return runnable(request, output, terminal, () -> recorded, Rehearsal::problems);
    }

    /// The same for those who plan it next, which shows what is wrong at each node too: who then
    /// finds it impossible calls [#refuseImpossible].
    ///
    /// @param recorded may come while the files are read; asked more than once
    static Cluster plannable(
            ClusterRequest request,
            OutputOptions output,
            Terminal terminal,
            Supplier<Recorded> recorded)
            throws InterruptedException {
        return runnable(request, output, terminal, recorded, Rehearsal::sample);
    }

    /// Stops as [#cluster] does when it is the files that keep a plan from being carried out.
    static void refuseImpossible(
            ClusterRequest request, Past past, OutputOptions output, Terminal terminal)
            throws InterruptedException {
        Loaded loaded = loadThoroughly(words(request, request.leaves(past)));
        if (loaded.composition().isEmpty()) {
            tell(loaded, output, terminal);
        }
    }

    /// Where overrides are on record, the files are read once more: what they alone do not say may
    /// be set.
    private static Cluster runnable(
            ClusterRequest request,
            OutputOptions output,
            Terminal terminal,
            Supplier<Recorded> recorded,
            Function<Graph, List<Diagnostic>> rehearsal)
            throws InterruptedException {
        Loaded files = rehearsed(words(request, new LinkedHashMap<>()), recorded, rehearsal);
        Recorded record = recorded.get();
        SequencedMap<String, String> left = request.leaves(record.past());
        Loaded loaded =
                left.isEmpty() ? files : rehearsed(words(request, left), recorded, rehearsal);
        return cluster(request, loaded, output, terminal, record);
    }

    /// Thoroughly, unless the goal was accepted before.
    private static Loaded rehearsed(
            LoadRequest words,
            Supplier<Recorded> recorded,
            Function<Graph, List<Diagnostic>> rehearsal)
            throws InterruptedException {
        return Loader.loadThoroughly(
                words,
                goal -> wasAccepted(goal, recorded.get().past()),
                goal -> rehearsal.apply(unborn(goal)));
    }

    /// A goal that a run of this version began with was right then, and files tell no more now.
    private static boolean wasAccepted(Composition goal, Past past) {
        return past.runs().reversed().stream()
                .map(RunSummary::start)
                .filter(start -> start.purpose() == Purpose.UP || start.purpose() == Purpose.VERIFY)
                .anyMatch(start ->
                        start.goal().equals(goal.digest())
                                && start.version().equals(Version.NUMBER));
    }

    private static Cluster cluster(
            ClusterRequest request,
            Loaded loaded,
            OutputOptions output,
            Terminal terminal,
            Recorded recorded) {
        tell(loaded, output, terminal);
        return Cluster.of(folder(request), loaded, recorded);
    }

    static Composition composition(Loaded loaded, OutputOptions output, Terminal terminal) {
        tell(loaded, output, terminal);
        return loaded.composition().orElseThrow();
    }

    /// Tells what is not right with them; stops where nothing can be made of them.
    private static void tell(Loaded loaded, OutputOptions output, Terminal terminal) {
        if (loaded.composition().isEmpty()) {
            output.settle();
        }
        if (!loaded.diagnostics().isEmpty()) {
            terminal.warn(render(loaded, terminal));
        }
        if (loaded.composition().isEmpty()) {
            output.document(terminal, () -> Documents.diagnostics(loaded.diagnostics()));
            throw new CommandStop(ExitCode.INVALID, List.of());
        }
    }

    /// Tells what is not right with files to who goes on without them.
    static void warn(Loaded loaded, Terminal terminal, String consequence) {
        terminal.warn(render(loaded, terminal));
        terminal.warn("warning: the files are not right: " + consequence);
    }

    static String render(Loaded loaded, Terminal terminal) {
        return terminal.painted(
                new DiagnosticRenderer(loaded.sources(), terminal.hasColour())
                        .render(loaded.diagnostics())
                        .stripTrailing());
    }

    /// The right to change the cluster in a folder; stops with exit code 7 when another process has
    /// it.
    static Acting act(Path folder) {
        return switch (Acting.take(folder)) {
            case Acting.Attempt.Granted(Acting acting) -> acting;
            case Acting.Attempt.Held(var holder) ->
                    throw new CommandStop(
                            ExitCode.NOT_MINE,
                            "error: another command is changing this cluster"
                                    + holder.map(h -> " (" + h + ")").orElse("")
                                    + "\n  help: wait for it, watch it with `ashlar status`, or"
                                    + " end it with `ashlar cancel`");
        };
    }
}
