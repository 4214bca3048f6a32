package dev.ashlar.bench;

import dev.ashlar.bench.Contender.Phase;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// What was measured, as a table: medians, every sample, and the ratio to bare ssh in the same run.
/// Confined to one thread.
final class Results {
    private static final String HEAD =
            """
            | what | who | median wall s | to bare ssh | median controller CPU s | to bare ssh | every wall time s |
            | --- | --- | ---: | ---: | ---: | ---: | --- |
            """;

    private final SequencedMap<String, Map<Phase, List<Sample>>> samples = new LinkedHashMap<>();

    void add(String contender, Phase phase, Sample sample) {
        samples.computeIfAbsent(contender, _ -> new EnumMap<>(Phase.class))
                .computeIfAbsent(phase, _ -> new ArrayList<>())
                .add(sample);
    }

    String table() {
        StringBuilder text = new StringBuilder(HEAD);
        for (Phase phase : Phase.values()) {
            samples.forEach((contender, phases) -> {
                if (phases.containsKey(phase)) {
                    text.append(row(phase, contender, phases.get(phase)));
                }
            });
        }
        return text.toString();
    }

    private String row(Phase phase, String contender, List<Sample> own) {
        List<Sample> yardstick =
                samples.getOrDefault(Contender.YARDSTICK, Map.of())
                        .getOrDefault(phase == Phase.VERIFY ? Phase.AGAIN : phase, List.of());
        return "| %s | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        phase.words(),
                        contender,
                        seconds(median(own, Sample::wallSeconds)),
                        ratio(own, yardstick, Sample::wallSeconds),
                        seconds(median(own, Sample::cpuSeconds)),
                        ratio(own, yardstick, Sample::cpuSeconds),
                        own.stream()
                                .map(sample -> seconds(sample.wallSeconds()))
                                .collect(Collectors.joining(" ")));
    }

    private static String ratio(
            List<Sample> own, List<Sample> yardstick, ToDoubleFunction<Sample> part) {
        return yardstick.isEmpty()
                ? ""
                : String.format(Locale.ROOT, "%.2f", median(own, part) / median(yardstick, part));
    }

    static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.2f", seconds);
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> part) {
        return median(samples.stream().mapToDouble(part).boxed().toList());
    }

    /// The middle, or the mean of the two in the middle.
    static double median(List<Double> all) {
        double[] sorted = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
