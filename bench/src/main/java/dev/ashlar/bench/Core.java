package dev.ashlar.bench;

import dev.ashlar.bench.inside.HotPaths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// What the core takes for an instance once it is warm, in processes of their own.
///
/// @param folder where it may write
record Core(Path folder, Consumer<String> progress) {
    private static final String HEAD =
            """
            | what | µs an instance | ± | every sample |
            | --- | ---: | ---: | --- |
            """;

    /// @param sources the folder of this benchmark's files
    /// @param told the table
    void measure(Path sources, Consumer<String> told) throws IOException {
        ScaledCluster.of(sources, folder).setNodes(HotPaths.NODES);
        progress.accept("the hot paths of the core");
        try {
            Collection<RunResult> results =
                    new Runner(
                                    new OptionsBuilder()
                                            .include(HotPaths.class.getName())
                                            .param("folder", folder.toString())
                                            .verbosity(VerboseMode.SILENT)
                                            .shouldFailOnError(true)
                                            .build())
                            .run();
            told.accept(HEAD + results.stream().map(Core::row).collect(Collectors.joining()));
        } catch (RunnerException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String row(RunResult result) {
        return "| %s | %s | %s | %s |\n"
                .formatted(
                        HotPaths.words(result.getPrimaryResult().getLabel()),
                        number(result.getPrimaryResult().getScore()),
                        number(result.getPrimaryResult().getScoreError()),
                        result.getBenchmarkResults().stream()
                                .flatMap(fork -> fork.getIterationResults().stream())
                                .map(IterationResult::getPrimaryResult)
                                .map(one -> number(one.getScore()))
                                .collect(Collectors.joining(" ")));
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }
}
