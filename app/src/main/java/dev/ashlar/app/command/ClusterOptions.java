package dev.ashlar.app.command;

import dev.ashlar.app.cluster.ClusterRequest;
import dev.ashlar.app.document.SavedPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import picocli.CommandLine.Option;

/// Which cluster, at which site, with which overrides: the same on every verb.
final class ClusterOptions {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "CLUSTER",
            description = "The cluster's folder or file, as the positional argument.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = {"-C", "--chdir"},
            paramLabel = "DIR",
            description = "Look for everything from here.")
    private Path directory = Path.of("");

    @Option(names = "--site", paramLabel = "SITE", description = "Another site than the file's.")
    private Optional<String> site = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Override a value, such as groups.store.count=5.")
    private List<String> sets = new ArrayList<>();

    /// What a saved plan was made for, all overrides of its goal included; only where its files lie
    /// may be told anew.
    ClusterRequest request(SavedPlan saved) {
        if (site.isPresent() || !sets.isEmpty()) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    "error: a saved plan holds its own --site and --set: name them to `ashlar plan`");
        }
        return new ClusterRequest(
                Optional.of(file.orElse(saved.file())),
                directory,
                saved.site(),
                saved.sets(),
                Set.of(ClusterRequest.EVERYTHING));
    }

    /// The site as it was typed, which what lies in the environment is not.
    Optional<String> typedSite() {
        return site;
    }

    ClusterRequest request(Optional<Path> positional) {
        Optional<Path> plan = positional.filter(p -> p.toString().endsWith(SavedPlan.ENDING));
        if (plan.isPresent() && !Files.exists(directory.resolve(plan.get()))) {
            throw new CommandStop(ExitCode.INVALID, "error: there is no saved plan " + plan.get());
        }
        if (positional.isPresent() && file.isPresent() && !positional.equals(file)) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    "error: two clusters are named: --file %s and %s"
                            .formatted(file.get(), positional.get()));
        }
        SequencedMap<String, String> overrides = new LinkedHashMap<>();
        for (String set : sets) {
            int equals = set.indexOf('=');
            if (equals < 1) {
                throw new CommandStop(
                        ExitCode.INVALID, "error: --set wants PATH=VALUE, found \"" + set + "\"");
            }
            overrides.put(set.substring(0, equals), set.substring(equals + 1));
        }
        Optional<String> wanted = site.or(() -> Optional.ofNullable(System.getenv("ASHLAR_SITE")));
        return new ClusterRequest(
                positional.or(() -> file), directory, wanted, overrides, Set.of());
    }
}
