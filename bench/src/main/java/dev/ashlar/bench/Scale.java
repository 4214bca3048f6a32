package dev.ashlar.bench;

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
/// nothing, and its simulated execution with all rules checked. Beside it Terraform with as many
/// resources that are data alone, where its binary is present.
final class Scale {
    private static final List<Integer> NODES = List.of(46, 455, 4546);

    /// The machine, the folder, twenty files.
    private static final int INSTANCES_A_NODE = 22;

    /// A simulation of more would take too long for one table.
    private static final int MOST_SIMULATED = 455;

    /// Where its binary may be.
    static final List<String> TERRAFORM = List.of("/usr/local/bin/terraform", "/usr/bin/terraform");

    private static final List<Integer> RESOURCES = List.of(1000, 4000);
    private static final Pattern EVENTS = Pattern.compile("(\\d+) events");

    private static final String HEAD =
            """
            | what | instances | wall s | of the processor s | µs an instance | most memory MiB | steps a second |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: |
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
        progress.accept(what + ", " + instances + ": " + sample.words());
        text.append(
                "| %s | %s | %s | %s | %s | %d | %s |\n"
                        .formatted(
                                what,
                                number(instances),
                                Results.seconds(sample.wallSeconds()),
                                Results.seconds(sample.cpuSeconds()),
                                number(sample.wallSeconds() / instances * 1e6),
                                sample.peakMib(),
                                rate));
        told.accept(text.toString());
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }
}
