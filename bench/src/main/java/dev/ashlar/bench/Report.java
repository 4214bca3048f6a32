package dev.ashlar.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The page of results. A part that was not measured this time stays as it was. Confined to one
/// thread.
///
/// @param page where it is written
/// @param folder where it looks for what the host has
record Report(Path page, Path folder, Stopwatch stopwatch) {
    private static final long KIB_A_GIB = 1 << 20;
    private static final String NEXT = "\n## ";

    /// What the page has, in this order.
    enum Part {
        FLEET(
                """
                ## Twenty files on each of twenty machines

                The machines are systemd-nspawn machines on the same host, so their work and the controller's share
                its processors. Each file is about a kilobyte and differs from machine to machine. Every time is that of
                a whole process from a cold start; contenders take turns, another first in each round, and what one
                left is taken away before the next. A ratio is the median of those within a round. For bare ssh,
                `bench/fleet/bare-ssh/run`: one connection and one `sh` a machine, twenty at once, nothing shared.
                What a run keeps for the next `up` is taken away for the one that is worked out anew. That, and what
                compares every machine, is held against bare ssh's run again.
                """),
        ETCD(
                """
                ## etcd on three new machines

                `examples/etcd` as it is, from nothing to a cluster that answers with mutual TLS: whole processes from a
                cold start, the machines and etcd on the same host as the controller. Packages, which come from
                Debian's archive, count as long as at least one machine carries out the step that installs them; the
                machines are unpacked from an image that is there.
                """),
        SCALE(
                """
                ## The same files on more machines

                Nothing is touched: `ashlar plan`, `ashlar simulate` and `ashlar up` with nothing to do, of the same
                cluster with more nodes, from cold processes, three times each up to ten thousand instances. Growth is
                how many times longer it takes than the row before, against how many times larger n log n is: at most one where
                it grows no faster. What is on record was simulated: nobody is asked whether it is the latest, and an
                `up` that works all out anew keeps what a run would have kept for the one after it. Beside the
                targets, most of which are of a million instances, is what the most that were measured take. A plan that is made again in a process that is
                up is the median of five after five others, from reading the files on, with the first compiler and the
                second; its bytes are what the plan, the graph and the past of each instance take; the memory is
                that of its process, which has simulated the record first. A simulation without faults plays the run and
                one run more that must do nothing; its steps a second count the first alone, in the whole process's
                time. Terraform has `terraform_data`, which is data alone, and its state in a local file.
                """),
        MILLION(
                """
                ## A million

                The same where there are a million instances, as far as it can be measured in a quarter of an hour.
                """),
        CORE(
                """
                ## The hot paths of the core

                The same cluster on 46 nodes, in a process that is warm (JMH, one process each, five samples of two
                seconds after three), with the second compiler.
                """);

        private final String words;

        Part(String words) {
            this.words = words;
        }

        private String heading() {
            return words.lines().findFirst().orElseThrow() + "\n";
        }

        /// As it stands on the page, to the next or to the end.
        private Optional<String> in(String page) {
            int from = page.indexOf(heading());
            int to = page.indexOf(NEXT, from);
            return from < 0
                    ? Optional.empty()
                    : Optional.of(page.substring(from, to < 0 ? page.length() : to));
        }
    }

    /// Writes one part, and leaves the others as they are.
    void write(Part part, String table) {
        try {
            String before = Files.exists(page) ? Files.readString(page) : "";
            String measured = part.words + "\n" + "Measured on " + host() + ".\n\n" + table;
            StringBuilder text =
                    new StringBuilder(
                            "# What it takes\n\nWritten by `bench/run`, which says how to repeat it.\n");
            for (Part each : Part.values()) {
                Optional<String> section = each == part ? Optional.of(measured) : each.in(before);
                section.ifPresent(words -> text.append('\n').append(words));
            }
            Files.writeString(page, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() throws IOException {
        return Files.readString(page);
    }

    private String host() throws IOException {
        long kib =
                Files.readAllLines(Path.of("/proc/meminfo")).stream()
                        .filter(line -> line.startsWith("MemTotal:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum();
        return "%s: %d processors, %d GiB, Java %s, %s"
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        Runtime.getRuntime().availableProcessors(),
                        kib / KIB_A_GIB,
                        Runtime.version(),
                        versions());
    }

    private String versions() {
        try {
            stopwatch.time(
                    List.of(
                            "sh",
                            "-c",
                            "printf 'Linux '; uname -r; . /etc/os-release; echo \"$PRETTY_NAME\"; "
                                    + "dpkg-query -W -f '${Package} ${Version}\\n' openssh-client clustershell ansible-core ansible-mitogen; "
                                    + "for one in "
                                    + String.join(" ", Scale.TERRAFORM)
                                    + "; do"
                                    + " [ ! -x $one ] || TF_CLI_CONFIG_FILE=/dev/null CHECKPOINT_DISABLE=1 $one version | sed 1q; done"),
                    folder,
                    Map.of());
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a benchmark", e);
        }
        return String.join(", ", stopwatch.said().lines().toList());
    }
}
