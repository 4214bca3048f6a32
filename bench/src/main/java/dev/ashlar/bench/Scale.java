package dev.ashlar.bench;

import dev.ashlar.bench.inside.Inside;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How the cost of the fleet's cluster grows with its nodes where nothing is touched: its plan from
/// nothing and from a record, its plan made again in a process that is up, and its simulated
/// execution with all rules checked. Beside it Terraform with as many resources that are data
/// alone, where its binary is present.
final class Scale {
    private static final List<Integer> NODES = List.of(46, 455, 4546);

    private static final int MILLION_NODES = 45_455;

    /// As many as the fleet has, and so many runs of them.
    private static final int FEW_NODES = 20;

    private static final int MANY_RUNS = 1_000;
    private static final String ASHLAR = "Ashlar: ";
    private static final String PLANNED = "plan from nothing";
    private static final String REPLANNED = "plan again after one change, process up";
    private static final String NOTHING = "up, nothing to do, ";
    private static final String ONE_RUN = "from the record of one run";
    private static final String AFTER_MANY = "after %,d runs".formatted(MANY_RUNS);
    private static final String ONCE_MORE = "up once more, ";
    private static final String SIMULATED = "simulated from nothing";

    /// A simulation of more would take too long for one table.
    private static final int MOST_SIMULATED = 455;

    /// Where its binary may be.
    static final List<String> TERRAFORM = List.of("/usr/local/bin/terraform", "/usr/bin/terraform");

    private static final List<Integer> RESOURCES = List.of(1000, 4000);
    private static final Pattern EVENTS = Pattern.compile("(\\d+) events");
    private static final Pattern AGAIN = Pattern.compile("([0-9.]+) s, (\\d+) bytes");

    private static final String HEAD =
            """
            | what | instances | wall s | of the processor s | µs an instance | most memory MiB | bytes an instance | steps a second |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            """;

    private final Path ashlar;
    private final Path folder;
    private final ScaledCluster cluster;
    private final Stopwatch stopwatch;
    private final Consumer<String> progress;
    private final Consumer<String> told;
    private final List<Row> rows = new ArrayList<>();

    /// @param ashlar the launcher
    /// @param folder where it may write
    /// @param told the table, after each row
    Scale(
            Path ashlar,
            Path folder,
            Stopwatch stopwatch,
            Consumer<String> progress,
            Consumer<String> told) {
        this.ashlar = ashlar;
        this.folder = folder;
        this.cluster = new ScaledCluster(folder);
        this.stopwatch = stopwatch;
        this.progress = progress;
        this.told = told;
    }

    /// Measures all, once each.
    ///
    /// @param sources the folder of this benchmark's files
    void measure(Path sources) throws IOException, InterruptedException {
        ScaledCluster.of(sources, folder);
        for (int nodes : NODES) {
            ashlar(PLANNED, nodes, "plan", "--summary");
        }
        for (int nodes : NODES) {
            planAgain(nodes);
            onRecord(ONE_RUN, nodes, 1);
        }
        onRecord(ONE_RUN, FEW_NODES, 1);
        onRecord(AFTER_MANY, FEW_NODES, MANY_RUNS);
        for (int nodes : NODES) {
            if (nodes <= MOST_SIMULATED) {
                ashlar(SIMULATED, nodes, "simulate", "--seed", "1");
            }
        }
        Optional<Path> terraform = terraform();
        if (terraform.isPresent()) {
            for (int resources : RESOURCES) {
                terraform(terraform.get(), resources);
            }
        }
    }

    /// Measures what there are targets for at a million instances, which takes a quarter of an hour
    /// and twelve gigabytes.
    ///
    /// @param sources the folder of this benchmark's files
    void measureMillion(Path sources) throws IOException, InterruptedException {
        ScaledCluster.of(sources, folder);
        ashlar(PLANNED, MILLION_NODES, "plan", "--summary");
        onRecord(ONE_RUN, MILLION_NODES, 1);
    }

    private void ashlar(String what, int nodes, String verb, String... options)
            throws IOException, InterruptedException {
        cluster.setNodes(nodes);
        List<String> command = new ArrayList<>(List.of(ashlar.toString(), verb));
        command.addAll(List.of(options));
        command.add(folder.toString());
        Sample sample = stopwatch.time(command, folder, Map.of());
        Matcher events = EVENTS.matcher(stopwatch.said());
        row(
                ASHLAR + what,
                nodes * ScaledCluster.INSTANCES_A_NODE,
                sample,
                events.find()
                        ? Optional.of(Integer.parseInt(events.group(1)) / sample.wallSeconds())
                        : Optional.empty());
    }

    /// A cold process where as many runs are on record and nothing is to be done, and another after
    /// it.
    private void onRecord(String what, int nodes, int runs)
            throws IOException, InterruptedException {
        Path state = folder.resolve(".ashlar");
        cluster.setNodes(nodes);
        try {
            inside("record", folder.toString(), Integer.toString(runs));
            ashlar(NOTHING + what, nodes, "up");
            ashlar(ONCE_MORE + what, nodes, "up");
        } finally {
            Hosts.delete(state);
        }
    }

    private void planAgain(int nodes) throws IOException, InterruptedException {
        cluster.setNodes(nodes);
        Sample whole = inside("replan", folder.toString());
        Matcher said = AGAIN.matcher(stopwatch.said());
        if (!said.find()) {
            throw new IllegalStateException(stopwatch.said());
        }
        row(
                new Row(
                        ASHLAR + REPLANNED,
                        nodes * ScaledCluster.INSTANCES_A_NODE,
                        Double.parseDouble(said.group(1)),
                        Optional.empty(),
                        whole.peakMib(),
                        Optional.of(Double.valueOf(said.group(2))),
                        Optional.empty()));
    }

    private Sample inside(String... words) throws InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:+UseSerialGC",
                                "-Xmx12g",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Inside.class.getName()));
        command.addAll(List.of(words));
        return stopwatch.time(command, folder, Map.of());
    }

    private static Optional<Path> terraform() {
        return TERRAFORM.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }

    private void terraform(Path terraform, int resources) throws IOException, InterruptedException {
        Path work = Files.createDirectories(folder.resolve("terraform-" + resources));
        Files.writeString(
                work.resolve("main.tf"),
                """
                resource "terraform_data" "one" {
                  count = %d
                  input = "number ${count.index}"
                }
                """
                        .formatted(resources));
        Files.deleteIfExists(work.resolve("terraform.tfstate"));
        Map<String, String> alone =
                Map.of("TF_CLI_CONFIG_FILE", "/dev/null", "CHECKPOINT_DISABLE", "1");
        String binary = terraform.toString();
        stopwatch.time(List.of(binary, "init", "-input=false"), work, alone);
        List<String> plan = List.of(binary, "plan", "-input=false");
        List<String> apply = List.of(binary, "apply", "-input=false", "-auto-approve");
        row(
                "Terraform: plan from nothing",
                resources,
                stopwatch.time(plan, work, alone),
                Optional.empty());
        row("Terraform: apply", resources, stopwatch.time(apply, work, alone), Optional.empty());
        row(
                "Terraform: plan, nothing to do",
                resources,
                stopwatch.time(plan, work, alone),
                Optional.empty());
    }

    private void row(String what, int instances, Sample sample, Optional<Double> rate) {
        row(
                new Row(
                        what,
                        instances,
                        sample.wallSeconds(),
                        Optional.of(sample.cpuSeconds()),
                        sample.peakMib(),
                        Optional.empty(),
                        rate));
    }

    private void row(Row row) {
        progress.accept(row.words());
        rows.add(row);
        told.accept(targets().table() + "\n" + table());
    }

    private String table() {
        return HEAD + rows.stream().map(Row::line).collect(Collectors.joining());
    }

    /// What a million would take, by the largest that was measured.
    private Targets targets() {
        Targets targets = new Targets();
        targets.atMost("plan from nothing, µs an instance", 10, last(PLANNED, Row::micros));
        targets.atMost(
                "its bytes an instance", 1024, last(REPLANNED, row -> row.bytes().orElse(0.0)));
        targets.atMost(
                "up, nothing to do, cold, µs an instance",
                15,
                last(NOTHING + ONE_RUN, Row::micros));
        targets.atMost("up once more, µs an instance", 15, last(ONCE_MORE + ONE_RUN, Row::micros));
        targets.atMost(
                "plan again after one change, process up, s",
                0.05,
                last(REPLANNED, Row::wallSeconds));
        targets.atLeast(
                "simulated from nothing, steps a second",
                200_000,
                last(SIMULATED, row -> row.rate().orElse(0.0)));
        targets.atMost(
                "up, nothing to do, after %,d runs, s".formatted(MANY_RUNS),
                1,
                last(NOTHING + AFTER_MANY, Row::wallSeconds));
        return targets;
    }

    /// Of the row with the most instances.
    private Optional<Double> last(String what, Function<Row, Double> part) {
        return rows.stream()
                .filter(row -> row.what().equals(ASHLAR + what))
                .max(Comparator.comparingInt(Row::instances))
                .map(part);
    }

    /// One row of the table.
    ///
    /// @param bytes what each instance takes in memory
    /// @param rate steps a second
    private record Row(
            String what,
            int instances,
            double wallSeconds,
            Optional<Double> cpuSeconds,
            long peakMib,
            Optional<Double> bytes,
            Optional<Double> rate) {

        double micros() {
            return wallSeconds / instances * 1e6;
        }

        String words() {
            return "%s, %d: %s s".formatted(what, instances, Results.seconds(wallSeconds));
        }

        String line() {
            return "| %s | %s | %s | %s | %s | %d | %s | %s |\n"
                    .formatted(
                            what,
                            number(instances),
                            Results.seconds(wallSeconds),
                            cpuSeconds.map(Results::seconds).orElse(""),
                            number(micros()),
                            peakMib,
                            bytes.map(Row::number).orElse(""),
                            rate.map(Row::number).orElse(""));
        }

        private static String number(double number) {
            return String.format(Locale.ROOT, "%,.0f", number);
        }
    }
}
