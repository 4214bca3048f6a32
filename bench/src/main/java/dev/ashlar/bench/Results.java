package dev.ashlar.bench;

import dev.ashlar.bench.Contender.Phase;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What was measured, as a table: medians, every sample, and the ratio to bare ssh in the same
/// round. Confined to one thread.
final class Results {
    private static final String HEAD =
            """
            | what | who | median wall s | to bare ssh | median controller CPU s | to bare ssh | every wall time s |
            | --- | --- | ---: | ---: | ---: | ---: | --- |
            """;

    private static final String ASHLAR = "Ashlar";

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
        return "| %s | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        phase.words(),
                        contender,
                        seconds(median(own, Sample::wallSeconds)),
                        shown(ratio(contender, phase, Contender.YARDSTICK, Sample::wallSeconds)),
                        seconds(median(own, Sample::cpuSeconds)),
                        shown(ratio(contender, phase, Contender.YARDSTICK, Sample::cpuSeconds)),
                        own.stream()
                                .map(sample -> seconds(sample.wallSeconds()))
                                .collect(Collectors.joining(" ")));
    }

    private List<Sample> samples(String contender, Phase phase) {
        return samples.getOrDefault(contender, Map.of()).getOrDefault(phase, List.of());
    }

    private static String shown(Optional<Double> ratio) {
        return ratio.map(Results::seconds).orElse("");
    }

    /// What was aimed at, beside what was measured.
    Targets targets() {
        Targets targets = new Targets();
        ToDoubleFunction<Sample> wall = Sample::wallSeconds;
        targets.atMost("first run, to bare ssh", 1.3, ratio(Phase.FIRST, wall));
        targets.atMost(
                "first run, controller CPU to bare ssh's",
                2,
                ratio(Phase.FIRST, Sample::cpuSeconds));
        targets.atMost("every machine compared, to bare ssh", 1.3, ratio(Phase.VERIFY, wall));
        for (Phase phase : List.of(Phase.AGAIN, Phase.ANEW)) {
            targets.atMost(
                    phase.words() + ", s",
                    1,
                    Optional.of(samples(ASHLAR, phase))
                            .filter(own -> !own.isEmpty())
                            .map(own -> median(own, wall)));
        }
        targets.atLeast("first run, ansible-core's to it", 35, lead("ansible-core"));
        targets.atLeast("first run, ansible-mitogen's to it", 8, lead("ansible-mitogen"));
        return targets;
    }

    private Optional<Double> ratio(Phase phase, ToDoubleFunction<Sample> part) {
        return ratio(ASHLAR, phase, Contender.YARDSTICK, part);
    }

    private Optional<Double> lead(String peer) {
        return ratio(peer, Phase.FIRST, ASHLAR, Sample::wallSeconds);
    }

    /// The median over the rounds that both took part in, each against the other of its own round:
    /// the host is not as fast in all of them. Who takes part in some does so from the first on.
    private Optional<Double> ratio(
            String who, Phase phase, String whose, ToDoubleFunction<Sample> part) {
        List<Sample> own = samples(who, phase);
        List<Sample> other = samples(whose, phase.counterpart());
        List<Double> ratios =
                IntStream.range(0, Math.min(own.size(), other.size()))
                        .mapToObj(round ->
                                part.applyAsDouble(own.get(round))
                                        / part.applyAsDouble(other.get(round)))
                        .toList();
        return Optional.of(ratios).filter(all -> !all.isEmpty()).map(Results::median);
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
