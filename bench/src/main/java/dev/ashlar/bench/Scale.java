package dev.ashlar.bench;

import dev.ashlar.bench.inside.Inside;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How the cost of the fleet's cluster grows with its nodes where nothing is touched: its plan from
/// nothing and from a record, its plan made again in a process that is up, and its simulated
/// execution with all rules checked. Beside it Terraform with as many resources that are data
/// alone, where its binary is present.
final class Scale {
    private static final List<Integer> NODES = List.of(46, 455, 4546);

    /// The machine, the folder, twenty files.
    private static final int INSTANCES_A_NODE = 22;

    /// As many as the fleet has, and so many runs of them.
    private static final int FEW_NODES = 20;

    private static final int MANY_RUNS = 1_000;

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
    private final Stopwatch stopwatch;
    private final Consumer<String> progress;
    private final Consumer<String> told;
    private final StringBuilder text = new StringBuilder(HEAD);

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
        this.stopwatch = stopwatch;
        this.progress = progress;
        this.told = told;
    }

    /// Measures all, once each.
    ///
    /// @param sources the folder of this benchmark's files
    void measure(Path sources) throws IOException, InterruptedException {
        Hosts.copy(sources.resolve("fleet/ashlar"), folder);
        Path cluster = folder.resolve("cluster.yaml");
        Files.writeString(cluster, Files.readString(cluster).replace("site: hosts", "site: lab"));
        for (int nodes : NODES) {
            ashlar("plan from nothing", nodes, "plan", "--summary");
        }
        for (int nodes : NODES) {
            planAgain(nodes);
            onRecord("plan, nothing to do, from the record", nodes, 1);
        }
        onRecord("plan, nothing to do, from the record", FEW_NODES, 1);
        onRecord("the same after %,d runs".formatted(MANY_RUNS), FEW_NODES, MANY_RUNS);
        for (int nodes : NODES) {
            if (nodes <= MOST_SIMULATED) {
                ashlar("simulated from nothing", nodes, "simulate", "--seed", "1");
            }
        }
        Optional<Path> terraform = terraform();
        if (terraform.isPresent()) {
            for (int resources : RESOURCES) {
                terraform(terraform.get(), resources);
            }
        }
    }

    private void ashlar(String what, int nodes, String verb, String... options)
            throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(ashlar.toString(), verb));
        command.addAll(List.of(options));
        command.addAll(List.of("--set", "groups.host.count=" + nodes, folder.toString()));
        Sample sample = stopwatch.time(command, folder, Map.of());
        Matcher events = EVENTS.matcher(stopwatch.said());
        row(
                "Ashlar: " + what,
                nodes * INSTANCES_A_NODE,
                sample,
                events.find()
                        ? number(Integer.parseInt(events.group(1)) / sample.wallSeconds())
                        : "");
    }

    /// A cold process that plans where as many runs are on record and nothing is to be done.
    private void onRecord(String what, int nodes, int runs)
            throws IOException, InterruptedException {
        Path state = folder.resolve(".ashlar");
        try {
            inside("record", folder.toString(), Integer.toString(nodes), Integer.toString(runs));
            ashlar(what, nodes, "plan", "--summary");
        } finally {
            Hosts.delete(state);
        }
    }

    private void planAgain(int nodes) throws InterruptedException {
        Sample whole = inside("replan", folder.toString(), Integer.toString(nodes));
        Matcher said = AGAIN.matcher(stopwatch.said());
        if (!said.find()) {
            throw new IllegalStateException(stopwatch.said());
        }
        row(
                "Ashlar: plan again after one change, process up",
                nodes * INSTANCES_A_NODE,
                Double.parseDouble(said.group(1)),
                Optional.empty(),
                whole.peakMib(),
                said.group(2),
                "");
    }

    private Sample inside(String... words) throws InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:+UseSerialGC",
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
        row("Terraform: plan from nothing", resources, stopwatch.time(plan, work, alone), "");
        row("Terraform: apply", resources, stopwatch.time(apply, work, alone), "");
        row("Terraform: plan, nothing to do", resources, stopwatch.time(plan, work, alone), "");
    }

    private void row(String what, int instances, Sample sample, String rate) {
        row(
                what,
                instances,
                sample.wallSeconds(),
                Optional.of(sample.cpuSeconds()),
                sample.peakMib(),
                "",
                rate);
    }

    private void row(
            String what,
            int instances,
            double wall,
            Optional<Double> cpu,
            long peakMib,
            String bytes,
            String rate) {
        String processor = cpu.map(Results::seconds).orElse("");
        progress.accept(
                "%s, %d: %s s%s"
                        .formatted(
                                what,
                                instances,
                                Results.seconds(wall),
                                processor.isEmpty()
                                        ? ""
                                        : ", " + processor + " s of the processor"));
        text.append(
                "| %s | %s | %s | %s | %s | %d | %s | %s |\n"
                        .formatted(
                                what,
                                number(instances),
                                Results.seconds(wall),
                                processor,
                                number(wall / instances * 1e6),
                                peakMib,
                                bytes,
                                rate));
        told.accept(text.toString());
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }
}
