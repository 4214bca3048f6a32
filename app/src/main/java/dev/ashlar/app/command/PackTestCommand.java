package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Home;
import dev.ashlar.app.document.TrialDocument;
import dev.ashlar.app.execution.Wish;
import dev.ashlar.app.terminal.ProgressMode;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.app.trial.Suite;
import dev.ashlar.app.trial.TestCluster;
import dev.ashlar.app.trial.Trial;
import dev.ashlar.app.trial.TrialResult;
import dev.ashlar.language.LoadRequest;
import dev.ashlar.language.pack.PackReader;
import dev.ashlar.language.source.Library;
import dev.ashlar.language.source.Sources;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Supply;
import dev.ashlar.model.composition.UseSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "test",
        description = {
            "Put a pack's test clusters (packs/NAME/test/*.yaml) through all that may go wrong, at every step.",
            "Each suite has lab machines and a state of its own, which go when it ends. Needs root, as a lab does.",
            "",
            "  rebuild   built, taken back step by step, and built again the same",
            "  repeat    each step once more after its success",
            "  fail      each step fails, before its effect and after it, and is mended by the next up",
            "  cut       the controller ends at each record of the journal, of up and of down"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar pack test greeter",
            "  ashlar pack test greeter --suite repeat --suite cut",
            "  ashlar pack test etcd --cluster members.yaml --suite fail --keep"
        })
final class PackTestCommand implements Callable<Integer> {
    @Mixin private OutputOptions output = new OutputOptions();

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "The pack's name; NAME@VERSION where it is not the newest.")
    private String name = "";

    @Option(
            names = {"-C", "--chdir"},
            paramLabel = "DIR",
            description = "Look for the pack from here.")
    private Path directory = Path.of("");

    @Option(
            names = "--suite",
            paramLabel = "SUITE",
            description = "Only this one; may be repeated.")
    private List<String> suites = new ArrayList<>();

    @Option(
            names = "--cluster",
            paramLabel = "FILE",
            description = "Only this test cluster, or a cluster's file that lies elsewhere.")
    private Optional<Path> only = Optional.empty();

    @Option(
            names = "--keep",
            description = "Leave the machines and the state of a suite that fails for a look.")
    private boolean keep;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show each step of each run when it begins and when it ends.")
    private boolean verbose;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long each suite may take (default: ${DEFAULT-VALUE}).",
            defaultValue = "30m")
    private String timeout = "30m";

    @Override
    public Integer call() throws InterruptedException, IOException {
        Terminal terminal = output.terminal();
        List<Suite> chosen = chosen();
        Duration limit = TimeOptions.duration("--timeout", timeout);
        List<TestCluster> clusters = new ArrayList<>();
        PackReader.Opened pack =
                PackCommand.find(new Library(directory, Home.folder(), new Sources()), name);
        for (Path file : files(pack.folder())) {
            clusters.add(checked(file, pack, terminal));
        }
        List<Trial> trials = new ArrayList<>();
        for (TestCluster cluster : clusters) {
            for (Suite suite : chosen) {
                trials.add(
                        new Trial(
                                cluster,
                                suite,
                                limit,
                                keep,
                                Home.folder(),
                                terminal,
                                verbose ? ProgressMode.PLAIN : ProgressMode.NONE));
            }
        }
        try (Wish wish = new Wish()) {
            return play(trials, wish, terminal);
        }
    }

    /// Until a person wishes that it ends: then no more of them begin.
    private int play(List<Trial> trials, Wish wish, Terminal terminal) throws IOException {
        TrialEnding ending = new TrialEnding(terminal, this::again);
        List<TrialResult> results = new ArrayList<>();
        for (Trial trial : trials) {
            if (!wish.isThere()) {
                terminal.say(trial.suite().word() + " of " + trial.cluster().name());
                TrialResult result = trial.play(wish);
                ending.tell(result);
                results.add(result);
            }
        }
        if (output.isHuman()) {
            ending.fold(results).forEach(terminal::data);
        }
        boolean isEnded = wish.isThere();
        int code = TrialEnding.code(results, isEnded).code();
        return output.document(
                terminal, code, () -> TrialDocument.of(name, results, isEnded, this::again));
    }

    private List<Suite> chosen() {
        List<Suite> chosen = new ArrayList<>();
        for (String word : suites) {
            Suite suite =
                    Suite.called(word)
                            .orElseThrow(() ->
                                    new CommandStop(
                                            ExitCode.INVALID,
                                            List.of(
                                                    "error: there is no suite \"" + word + "\"",
                                                    "  help: there are " + words())));
            if (!chosen.contains(suite)) {
                chosen.add(suite);
            }
        }
        return chosen.isEmpty() ? List.of(Suite.values()) : chosen;
    }

    private static String words() {
        return Arrays.stream(Suite.values()).map(Suite::word).collect(Collectors.joining(", "));
    }

    private List<Path> files(Path pack) {
        List<Path> all = TestCluster.files(pack);
        if (only.isEmpty()) {
            if (all.isEmpty()) {
                throw new CommandStop(
                        ExitCode.INVALID,
                        List.of(
                                "error: pack \"" + name + "\" has no test clusters",
                                "  help: put the file of a small cluster of site lab into "
                                        + pack.resolve(TestCluster.FOLDER)));
            }
            return all;
        }
        Path wanted = only.get();
        return List.of(
                all.stream()
                        .filter(file -> file.endsWith(wanted))
                        .findFirst()
                        .or(() ->
                                Optional.of(directory.resolve(wanted)).filter(Files::isRegularFile))
                        .orElseThrow(() ->
                                new CommandStop(
                                        ExitCode.INVALID,
                                        List.of(
                                                "error: there is no test cluster " + wanted,
                                                "  help: the pack has " + named(all)))));
    }

    private static String named(List<Path> files) {
        return files.isEmpty()
                ? "none"
                : files.stream()
                        .map(file -> String.valueOf(file.getFileName()))
                        .collect(Collectors.joining(", "));
    }

    /// The cluster of a file; stops with exit code 3 when nothing can be tried on it.
    private TestCluster checked(Path file, PackReader.Opened pack, Terminal terminal)
            throws InterruptedException, IOException {
        Composition composition =
                Loading.composition(
                        Loading.loadThoroughly(
                                new LoadRequest(
                                        file,
                                        Optional.empty(),
                                        new LinkedHashMap<>(),
                                        Home.folder())),
                        output,
                        terminal);
        TestCluster cluster = new TestCluster(file, composition);
        refuseOthers(file, pack, composition);
        if (composition.uses().values().stream()
                .flatMap(use -> use.requires().values().stream())
                .anyMatch(Supply.OfCluster.class::isInstance)) {
            throw unfit(
                    file, "reads from another cluster", "say the values under external: instead");
        }
        Optional<String> others = cluster.siteOfOthers();
        if (others.isPresent()) {
            throw unfit(
                    file,
                    "has machines that are not made for it, at site " + others.get(),
                    "write `site: lab`");
        }
        if (!cluster.canBeRenamed()) {
            throw unfit(
                    file,
                    "has a name that no other can be written over",
                    "write `cluster: " + composition.name() + "`");
        }
        return cluster;
    }

    /// It has to be tried with the version of the pack that is tested.
    private static void refuseOthers(Path file, PackReader.Opened pack, Composition composition) {
        List<String> versions =
                composition.uses().values().stream()
                        .map(UseSpec::component)
                        .filter(component -> component.pack().equals(pack.name()))
                        .map(ComponentSpec::version)
                        .toList();
        if (versions.isEmpty()) {
            throw unfit(
                    file,
                    "uses nothing of pack \"" + pack.name() + "\"",
                    "add a use of one of its components");
        }
        if (!versions.contains(pack.version())) {
            throw unfit(
                    file,
                    "uses version %s of pack \"%s\", not %s"
                            .formatted(versions.getFirst(), pack.name(), pack.version()),
                    "write `packs: [{ pack: %s, version: \"%s\" }]`"
                            .formatted(pack.name(), pack.version()));
        }
    }

    private static CommandStop unfit(Path file, String what, String help) {
        return new CommandStop(
                ExitCode.INVALID, List.of("error: " + file + " " + what, "  help: " + help));
    }

    /// The command that plays one suite once more.
    private String again(TrialResult result) {
        List<String> words = new ArrayList<>(List.of("ashlar", "pack", "test", name));
        if (!directory.toString().isEmpty()) {
            words.addAll(List.of("-C", directory.toString()));
        }
        words.addAll(List.of("--suite", result.suite().word()));
        words.addAll(List.of("--cluster", only.map(Path::toString).orElse(result.cluster())));
        return ShellWords.line(words);
    }
}
