package dev.ashlar.bench;

import dev.ashlar.bench.inside.Inside;
import dev.ashlar.store.folder.StateFolder;
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

    /// What has no more nodes is measured three times.
    private static final int MANY_TIMES_NODES = 455;

    private static final String ASHLAR = "Ashlar: ";
    private static final String PLANNED = "plan from nothing";
    private static final String REPLANNED = "plan again after one change, process up";
    private static final String ANEW = "up, nothing to do, worked out anew, ";
    private static final String ONE_RUN = "from the record of one run";
    private static final String AFTER_MANY = "after %,d runs".formatted(MANY_RUNS);
    private static final String KEPT = "up, nothing to do, ";
    private static final String SIMULATED = "simulated from nothing";

    /// Where its binary may be.
    static final List<String> TERRAFORM = List.of("/usr/local/bin/terraform", "/usr/bin/terraform");

    private static final List<Integer> RESOURCES = List.of(1000, 4000);
    private static final Pattern EVENTS = Pattern.compile("(\\d+) events");
    private static final Pattern AGAIN = Pattern.compile("([0-9.]+) s, (\\d+) bytes");

    private static final String HEAD =
            """
            | what | instances | median wall s | of the processor s | µs an instance | growth | most memory MiB | bytes an instance | steps a second | every wall time s |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
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

    /// Measures all, the small ones three times each.
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
            ashlar(SIMULATED, nodes, "simulate", "--seed", "1");
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
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < times(nodes); i++) {
            samples.add(time(verb, options));
        }
        Matcher events = EVENTS.matcher(stopwatch.said());
        Optional<Integer> found =
                events.find() ? Optional.of(Integer.parseInt(events.group(1))) : Optional.empty();
        row(Row.of(ASHLAR + what, nodes * ScaledCluster.INSTANCES_A_NODE, samples, found));
    }

    private Sample time(String verb, String... options) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(ashlar.toString(), verb));
        command.addAll(List.of(options));
        command.add(folder.toString());
        return stopwatch.time(command, folder, Map.of());
    }

    private static int times(int nodes) {
        return nodes <= MANY_TIMES_NODES ? 3 : 1;
    }

    /// A cold process where as many runs are on record and nothing is to be done: where what a run
    /// keeps is not there, and where it is.
    private void onRecord(String what, int nodes, int runs)
            throws IOException, InterruptedException {
        Path state = folder.resolve(".ashlar");
        cluster.setNodes(nodes);
        try {
            inside("record", folder.toString(), Integer.toString(runs));
            List<Sample> anew = new ArrayList<>();
            List<Sample> kept = new ArrayList<>();
            for (int i = 0; i < times(nodes); i++) {
                Files.deleteIfExists(StateFolder.open(folder).settled());
                anew.add(time("up"));
                kept.add(time("up"));
            }
            int instances = nodes * ScaledCluster.INSTANCES_A_NODE;
            row(Row.of(ASHLAR + ANEW + what, instances, anew, Optional.empty()));
            row(Row.of(ASHLAR + KEPT + what, instances, kept, Optional.empty()));
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
                        List.of(Double.parseDouble(said.group(1))),
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
        terraform("plan from nothing", resources, stopwatch.time(plan, work, alone));
        terraform("apply", resources, stopwatch.time(apply, work, alone));
        terraform("plan, nothing to do", resources, stopwatch.time(plan, work, alone));
    }

    private void terraform(String what, int resources, Sample sample) {
        row(Row.of("Terraform: " + what, resources, List.of(sample), Optional.empty()));
    }

    private void row(Row row) {
        progress.accept(row.words());
        rows.add(row);
        told.accept(targets().table() + "\n" + table());
    }

    private String table() {
        return HEAD + rows.stream().map(row -> row.line(growth(row))).collect(Collectors.joining());
    }

    /// How many times longer it takes than the next smaller of its kind, against how many times
    /// larger n log n is.
    private Optional<Double> growth(Row row) {
        return rows.stream()
                .filter(other -> other.what().equals(row.what()))
                .filter(other -> other.instances() < row.instances())
                .max(Comparator.comparingInt(Row::instances))
                .map(other -> row.perNLogN() / other.perNLogN());
    }

    /// What a million would take, by the largest that was measured.
    private Targets targets() {
        Targets targets = new Targets();
        targets.atMost("plan from nothing, µs an instance", 10, last(PLANNED, Row::micros));
        targets.atMost(
                "its bytes an instance", 1024, last(REPLANNED, row -> row.bytes().orElse(0.0)));
        targets.atMost(
                "up, nothing to do, cold, µs an instance", 15, last(KEPT + ONE_RUN, Row::micros));
        targets.atMost(
                "the same, worked out anew, µs an instance", 15, last(ANEW + ONE_RUN, Row::micros));
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
                last(KEPT + AFTER_MANY, Row::wallSeconds));
        targets.atMost(
                "the same, worked out anew, s", 1, last(ANEW + AFTER_MANY, Row::wallSeconds));
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
            List<Double> walls,
            Optional<Double> cpuSeconds,
            long peakMib,
            Optional<Double> bytes,
            Optional<Double> rate) {

        /// @param events what it handled, where it says so
        static Row of(String what, int instances, List<Sample> samples, Optional<Integer> events) {
            List<Double> walls = samples.stream().map(Sample::wallSeconds).toList();
            return new Row(
                    what,
                    instances,
                    walls,
                    Optional.of(Results.median(samples.stream().map(Sample::cpuSeconds).toList())),
                    samples.stream().mapToLong(Sample::peakMib).max().orElseThrow(),
                    Optional.empty(),
                    events.map(count -> count / Results.median(walls)));
        }

        double wallSeconds() {
            return Results.median(walls);
        }

        double perNLogN() {
            return wallSeconds() / (instances * Math.log(instances));
        }

        double micros() {
            return wallSeconds() / instances * 1e6;
        }

        String words() {
            return "%s, %d: %s s".formatted(what, instances, Results.seconds(wallSeconds()));
        }

        String line(Optional<Double> growth) {
            return "| %s | %s | %s | %s | %s | %s | %d | %s | %s | %s |\n"
                    .formatted(
                            what,
                            number(instances),
                            Results.seconds(wallSeconds()),
                            cpuSeconds.map(Results::seconds).orElse(""),
                            number(micros()),
                            growth.map(Results::seconds).orElse(""),
                            peakMib,
                            bytes.map(Row::number).orElse(""),
                            rate.map(Row::number).orElse(""),
                            walls.stream().map(Results::seconds).collect(Collectors.joining(" ")));
        }

        private static String number(double number) {
            return String.format(Locale.ROOT, "%,.0f", number);
        }
    }
}
