package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.ClusterRequest;
import dev.ashlar.app.cluster.Recorded;
import dev.ashlar.app.document.SimulationDocument;
import dev.ashlar.app.simulation.Campaign;
import dev.ashlar.app.simulation.Simulated;
import dev.ashlar.app.terminal.FailureView;
import dev.ashlar.app.terminal.SimulationView;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.app.terminal.Times;
import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Learned;
import dev.ashlar.simulation.SimulationOptions;
import dev.ashlar.simulation.experiment.Experiment;
import dev.ashlar.simulation.experiment.Result;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description =
                "Play an `up` on modelled machines in virtual time, with faults, and hold it against the rules. Touches no machine.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar simulate examples/etcd",
            "  ashlar simulate examples/etcd --set groups.store.count=50 --seed 7",
            "  ashlar simulate examples/etcd --faults slow=0.05,cut=0.01,controller-crash=3",
            "  ashlar simulate examples/etcd --runs 100 --faults fails=0.02,node-crash=0.02",
            "  ashlar simulate examples/etcd --crash-after each",
        })
final class SimulateCommand implements Callable<Integer> {
    private static final int SEEDS = 1_000_000;
    private static final int TELLS = 10;

    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ClusterOptions options = new ClusterOptions();
    @Mixin private GoalOptions goal = new GoalOptions();
    @Mixin private FaultOption faults = new FaultOption();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides all that is left to chance; one is chosen where none is given.")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--fresh",
            description = "As if nothing were on record: the cluster is built from nothing.")
    private boolean fresh;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "So many, with one seed after the other; every fault has to strike.")
    private Optional<Integer> runs = Optional.empty();

    @Mixin private CrashOption crash = new CrashOption();
    @Mixin private ParallelOption parallel = new ParallelOption();

    @Option(
            names = {"-v", "--verbose"},
            description = "Say how many events were simulated in a second.")
    private boolean verbose;

    @Parameters(arity = "0..1", paramLabel = "CLUSTER", description = "Folder or file.")
    private Optional<Path> cluster = Optional.empty();

    private boolean isRehearsed;

    /// What is simulated.
    ///
    /// @param past what is on record, whether it begins with that or from nothing
    private record Scene(
            Graph graph,
            Past past,
            List<JournalRecord> journal,
            Learned learned,
            SimulationOptions options) {
        Result play(Played one) {
            return Experiment.run(graph, journal, options(one));
        }

        private SimulationOptions options(Played one) {
            SimulationOptions seeded = options.withSeed(one.seed());
            return one.crashAfter().map(seeded::crashingAfter).orElse(seeded);
        }

        /// Stops with exit code 3 where the run is at its end before that record.
        Played named(long seed, int record) {
            int records = countOfRecords(seed);
            if (record > records) {
                throw new CommandStop(
                        ExitCode.INVALID,
                        "error: --crash-after: a run makes %d records here".formatted(records));
            }
            return new Played(seed, Optional.of(record));
        }

        private int countOfRecords(long seed) {
            return Experiment.records(graph, journal, options.withSeed(seed));
        }

        /// One seed after the other.
        List<Played> seeds(long first, int all) {
            return LongStream.range(first, first + all)
                    .mapToObj(seed -> new Played(seed, Optional.empty()))
                    .toList();
        }

        /// One seed, and the end of the controller after one record after the other.
        List<Played> records(long seed) {
            return IntStream.rangeClosed(1, countOfRecords(seed))
                    .mapToObj(record -> new Played(seed, Optional.of(record)))
                    .toList();
        }
    }

    /// What differs from one run to the next.
    private record Played(long seed, Optional<Integer> crashAfter) {}

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = output.terminal();
        Faults wanted = faults.faults();
        int atOnce = parallel.value();
        Optional<Integer> crashAfter = crash.record();
        refuseContradiction(crashAfter);
        ClusterRequest asked = options.request(cluster);
        ClusterRequest request =
                fresh ? asked.resetting(Set.of(ClusterRequest.EVERYTHING)) : goal.in(asked);
        Cluster checked = cluster(request, crashAfter, terminal);
        if (!fresh) {
            GoalOnRecord.refuseDisagreement(checked, request, "simulate", false);
            Membership.refuseChange(checked, Optional.empty());
        }
        terminal.say(Headline.of(checked.composition()));
        Scene scene = scene(checked, wanted, atOnce);
        long first = seed.orElseGet(() -> (long) new Random().nextInt(SEEDS));
        long begunNs = System.nanoTime();
        if (crash.isEach()) {
            Campaign campaign =
                    Campaign.byRecord(scene.graph().composition().name(), first, wanted);
            return campaign(terminal, request, scene, campaign, scene.records(first), begunNs);
        }
        if (runs.isPresent()) {
            Campaign campaign = Campaign.bySeed(scene.graph().composition().name(), first, wanted);
            List<Played> all = scene.seeds(first, runs.orElseThrow());
            return campaign(terminal, request, scene, campaign, all, begunNs);
        }
        Played played =
                crashAfter
                        .map(record -> scene.named(first, record))
                        .orElse(new Played(first, Optional.empty()));
        return one(terminal, request, scene, played, begunNs);
    }

    /// A run that comes to its end has shown that all of it can be done: who plays one as it goes
    /// does not look at each instance before. Who counts its records first does.
    private Cluster cluster(ClusterRequest request, Optional<Integer> crashAfter, Terminal terminal)
            throws InterruptedException {
        if (crash.isEach() || crashAfter.isPresent()) {
            isRehearsed = true;
            return Unlocking.played(Loading.runnable(request, output, terminal), terminal);
        }
        Recorded recorded = Recorded.read(Loading.folder(request));
        return Unlocking.played(
                Loading.plannable(request, output, terminal, () -> recorded), terminal);
    }

    /// Stops with exit code 3 where it is the files that kept it from its end.
    private Result play(Terminal terminal, ClusterRequest request, Scene scene, Played one)
            throws InterruptedException {
        Result result = scene.play(one);
        if (!result.isDone() && !isRehearsed) {
            isRehearsed = true;
            Loading.refuseImpossible(request, scene.past(), output, terminal);
        }
        return result;
    }

    private void refuseContradiction(Optional<Integer> crashAfter) {
        if (runs.filter(count -> count < 1).isPresent()) {
            throw new CommandStop(ExitCode.INVALID, "error: --runs wants a number from 1");
        }
        if (runs.isPresent() && (crash.isEach() || crashAfter.isPresent())) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    "error: --runs plays one seed after the other, --crash-after one record after the other or one: not both");
        }
        long last = Long.MAX_VALUE - runs.orElse(0);
        if (seed.filter(first -> first > last).isPresent()) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    "error: with --runs %d --seed is at most %d".formatted(runs.orElse(0), last));
        }
    }

    private Scene scene(Cluster checked, Faults wanted, int atOnce) {
        List<JournalRecord> onRecord = records(checked);
        List<JournalRecord> journal = fresh ? List.of() : onRecord;
        Graph graph =
                fresh ? Conditions.wanted(checked.composition(), new Past()) : checked.graph();
        Learned learned = Learned.of(graph, onRecord);
        SimulationOptions played =
                SimulationOptions.of(0).withLimits(atOnce, 1).withFaults(wanted).with(learned);
        return new Scene(graph, checked.past(), journal, learned, played);
    }

    private static List<JournalRecord> records(Cluster cluster) {
        List<JournalRecord> records = new ArrayList<>();
        cluster.state()
                .flatMap(SqliteJournal::openToRead)
                .ifPresent(journal -> {
                    try (SqliteJournal open = journal) {
                        open.readAll(records::add);
                    }
                });
        return records;
    }

    private int one(
            Terminal terminal, ClusterRequest request, Scene scene, Played chosen, long begunNs)
            throws InterruptedException {
        Result result = play(terminal, request, scene, chosen);
        Simulated simulated =
                Simulated.of(
                        scene.graph(),
                        scene.learned(),
                        !scene.journal().isEmpty(),
                        result,
                        again(request, scene, chosen));
        speed(terminal, result.events(), begunNs);
        if (output.isHuman()) {
            new SimulationView(terminal).lines(simulated).forEach(terminal::data);
        }
        output.document(terminal, () -> SimulationDocument.of(simulated));
        if (result.isDone()) {
            return ExitCode.DONE.code();
        }
        new FailureView(terminal).lines(result.last().failures()).forEach(terminal::warn);
        new SimulationView(terminal).violations(result.violations()).forEach(terminal::warn);
        terminal.warn("  help: once more with `" + simulated.again() + "`");
        return code(!result.violations().isEmpty());
    }

    private int campaign(
            Terminal terminal,
            ClusterRequest request,
            Scene scene,
            Campaign campaign,
            List<Played> all,
            long begunNs)
            throws InterruptedException {
        for (Played one : all) {
            campaign.add(play(terminal, request, scene, one), again(request, scene, one));
            if (campaign.runs() % Math.max(1, all.size() / TELLS) == 0) {
                terminal.sayProgress(
                        "%d of %d, %d failed"
                                .formatted(campaign.runs(), all.size(), campaign.failed().size()));
            }
        }
        speed(terminal, campaign.events(), begunNs);
        SimulationView view = new SimulationView(terminal);
        if (output.isHuman()) {
            view.lines(campaign).forEach(terminal::data);
        }
        output.document(terminal, () -> SimulationDocument.of(campaign));
        view.failed(campaign).forEach(terminal::warn);
        return campaign.isPassed()
                ? ExitCode.DONE.code()
                : code(campaign.failed().stream().anyMatch(Campaign.Failed::isBug));
    }

    private static int code(boolean isBug) {
        return (isBug ? ExitCode.BUG : ExitCode.FAILED).code();
    }

    private void speed(Terminal terminal, long events, long begunNs) {
        if (verbose) {
            long ms = Math.max(1, (System.nanoTime() - begunNs) / 1_000_000);
            terminal.say(
                    "%d events in %s, %d a second, rules checked"
                            .formatted(events, Times.lasting(ms), events * 1_000 / ms));
        }
    }

    /// The command that plays one run.
    private String again(ClusterRequest request, Scene scene, Played one) {
        String words = FaultOption.words(scene.options().faults());
        String command =
                ShellWords.command(
                        "simulate",
                        request,
                        ShellWords.sets(request.sets()),
                        fresh ? "--fresh" : ShellWords.resets(request.resets()),
                        "--seed " + one.seed(),
                        words.isEmpty() ? "" : "--faults " + words,
                        CrashOption.words(one.crashAfter()),
                        parallel.words());
        return command.substring(1, command.length() - 1);
    }
}
