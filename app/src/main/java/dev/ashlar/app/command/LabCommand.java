package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.ClusterRequest;
import dev.ashlar.app.execution.LabNaming;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.model.node.Provider.Acquired;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.work.Failure;
import dev.ashlar.providers.Providers;
import dev.ashlar.providers.lab.Lab;
import dev.ashlar.providers.lab.LabMachine;
import dev.ashlar.providers.lab.LabProvider;
import dev.ashlar.store.folder.ControllerLock;
import dev.ashlar.store.folder.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "lab",
        description = "The real machines that a lab site makes on this host for a cluster.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar lab list examples/etcd",
            "  ashlar lab ssh store-1 examples/etcd",
            "  ashlar lab power-off store-2 examples/etcd",
            "  ashlar lab down examples/etcd"
        })
final class LabCommand implements Runnable {
    @Spec private @Nullable CommandSpec spec;
    @Mixin private OutputOptions output = new OutputOptions();

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "error: which lab command?");
        }
    }

    private interface OnMachine extends Function<Lab, Optional<Failure>> {}

    @Command(
            name = "up",
            description = "Make and start machines (all of the cluster's, or those named).")
    int up(
            @Mixin ClusterOptions options,
            @Option(
                            names = "--machine",
                            paramLabel = "NAME",
                            description = "Only this one; may be repeated.")
                    List<String> machines,
            @Parameters(arity = "0..1", paramLabel = "CLUSTER") Optional<Path> cluster) {
        Terminal terminal = output.terminal();
        Room room = room(options, cluster, terminal);
        List<String> wanted = machines == null ? room.nodes() : machines;
        List<Failure> failures = new ArrayList<>();
        for (Acquired acquired : room.lab().up(wanted, terminal::say)) {
            switch (acquired) {
                case Acquired.Ready(var access) ->
                        terminal.data(access.node() + "  " + access.address());
                case Acquired.NotReady(Failure failure) -> failures.add(failure);
            }
        }
        return ended(terminal, failures);
    }

    @Command(name = "list", description = "List the machines: name, address, state, host key.")
    int list(
            @Mixin ClusterOptions options,
            @Parameters(arity = "0..1", paramLabel = "CLUSTER") Optional<Path> cluster) {
        Terminal terminal = output.terminal();
        return switch (room(options, cluster, terminal).lab().list()) {
            case Lab.Listing.NotListed(Failure failure) -> ended(terminal, List.of(failure));
            case Lab.Listing.Machines(List<LabMachine> machines) -> {
                machines.forEach(machine ->
                        terminal.data(
                                String.format(
                                        "%-20s %-15s %-8s %s",
                                        machine.name(),
                                        machine.address().orElse("-"),
                                        machine.state().name().toLowerCase(java.util.Locale.ROOT),
                                        machine.fingerprint())));
                yield ExitCode.DONE.code();
            }
        };
    }

    @Command(name = "ssh", description = "Log in to a machine, or run a command on it after --.")
    int ssh(
            @Mixin ClusterOptions options,
            @Parameters(index = "0", paramLabel = "MACHINE") String machine,
            @Parameters(index = "1..*", arity = "0..*", paramLabel = "CLUSTER | -- COMMAND")
                    List<String> rest)
            throws IOException, InterruptedException {
        Terminal terminal = output.terminal();
        List<String> given = rest == null ? List.of() : rest;
        int before = given.size() - afterDashes().size();
        Optional<Path> cluster =
                before > 0 ? Optional.of(Path.of(given.getFirst())) : Optional.empty();
        List<String> words =
                room(options, cluster, terminal)
                        .lab()
                        .sshCommand(machine, given.subList(Math.min(1, before), given.size()))
                        .orElseThrow(() ->
                                new CommandStop(
                                        ExitCode.INVALID,
                                        "error: the lab has no machine " + machine));
        return new ProcessBuilder(words).inheritIO().start().waitFor();
    }

    /// The words after `--`: with them told apart, the cluster may be left out.
    private List<String> afterDashes() {
        List<String> all =
                spec == null
                        ? List.of()
                        : spec.root().commandLine().getParseResult().originalArgs();
        int dashes = all.indexOf("--");
        return dashes < 0 ? List.of() : all.subList(dashes + 1, all.size());
    }

    @Command(name = "stop", description = "Shut a machine down cleanly; its disk stays.")
    int stop(
            @Mixin ClusterOptions options,
            @Parameters(index = "0", paramLabel = "MACHINE") String machine,
            @Parameters(index = "1", arity = "0..1", paramLabel = "CLUSTER")
                    Optional<Path> cluster) {
        return on(options, cluster, lab -> lab.stop(machine));
    }

    @Command(name = "start", description = "Start a machine with the disk it had.")
    int start(
            @Mixin ClusterOptions options,
            @Parameters(index = "0", paramLabel = "MACHINE") String machine,
            @Parameters(index = "1", arity = "0..1", paramLabel = "CLUSTER")
                    Optional<Path> cluster) {
        Terminal terminal = output.terminal();
        return on(options, cluster, lab -> failure(lab.start(machine, terminal::say)));
    }

    @Command(name = "power-off", description = "Cut a machine's power; its disk stays.")
    int powerOff(
            @Mixin ClusterOptions options,
            @Parameters(index = "0", paramLabel = "MACHINE") String machine,
            @Parameters(index = "1", arity = "0..1", paramLabel = "CLUSTER")
                    Optional<Path> cluster) {
        return on(options, cluster, lab -> lab.powerOff(machine));
    }

    @Command(name = "cut", description = "Pull a machine's network cable.")
    int cut(
            @Mixin ClusterOptions options,
            @Parameters(index = "0", paramLabel = "MACHINE") String machine,
            @Parameters(index = "1", arity = "0..1", paramLabel = "CLUSTER")
                    Optional<Path> cluster) {
        return on(options, cluster, lab -> lab.cut(machine));
    }

    @Command(name = "mend", description = "Put a machine's network cable back.")
    int mend(
            @Mixin ClusterOptions options,
            @Parameters(index = "0", paramLabel = "MACHINE") String machine,
            @Parameters(index = "1", arity = "0..1", paramLabel = "CLUSTER")
                    Optional<Path> cluster) {
        return on(options, cluster, lab -> lab.mend(machine));
    }

    @Command(
            name = "wipe",
            description = "Start a machine over with an empty disk and the same host key.")
    int wipe(
            @Mixin ClusterOptions options,
            @Parameters(index = "0", paramLabel = "MACHINE") String machine,
            @Parameters(index = "1", arity = "0..1", paramLabel = "CLUSTER")
                    Optional<Path> cluster) {
        Terminal terminal = output.terminal();
        return on(options, cluster, lab -> failure(lab.wipe(machine, terminal::say)));
    }

    @Command(
            name = "down",
            description = "Remove all machines of the cluster and check that nothing is left.")
    int down(
            @Mixin ClusterOptions options,
            @Parameters(arity = "0..1", paramLabel = "CLUSTER") Optional<Path> cluster) {
        refuseWhileRunning(options.request(cluster));
        int code = on(options, cluster, Lab::down);
        output.terminal()
                .say(
                        "Where a record of the cluster still stands, `ashlar down` ends it; then"
                                + " `ashlar up` builds anew");
        return code;
    }

    /// Machines are not pulled from under a command that works on them.
    private static void refuseWhileRunning(ClusterRequest request) {
        StateFolder.find(Loading.folder(request))
                .flatMap(ControllerLock::holder)
                .ifPresent(holder -> {
                    throw new CommandStop(
                            ExitCode.NOT_MINE,
                            "error: another command is changing this cluster (" + holder + ")");
                });
    }

    private int on(ClusterOptions options, Optional<Path> cluster, OnMachine action) {
        Terminal terminal = output.terminal();
        return ended(
                terminal, action.apply(room(options, cluster, terminal).lab()).stream().toList());
    }

    private static Optional<Failure> failure(Acquired acquired) {
        return acquired instanceof Acquired.NotReady(Failure failure)
                ? Optional.of(failure)
                : Optional.empty();
    }

    private static int ended(Terminal terminal, List<Failure> failures) {
        for (Failure failure : failures) {
            terminal.warn("error: " + failure.message());
            failure.hint().ifPresent(hint -> terminal.warn("  help: " + hint));
        }
        return failures.isEmpty() ? ExitCode.DONE.code() : ExitCode.of(failures).code();
    }

    private record Room(Lab lab, List<String> nodes) {}

    private Room room(ClusterOptions options, Optional<Path> given, Terminal terminal) {
        Cluster cluster = Loading.cluster(options.request(given), output, terminal);
        ProviderConfig config =
                cluster.composition().site().providers().values().stream()
                        .filter(provider -> provider.kind().equals("lab"))
                        .findFirst()
                        .orElseThrow(() ->
                                new CommandStop(
                                        ExitCode.INVALID,
                                        "error: site "
                                                + cluster.composition().site().name()
                                                + " has no lab"));
        String name =
                LabNaming.of(
                        cluster.composition().name(), StateFolder.open(cluster.folder()).lineage());
        List<String> nodes =
                cluster.composition().groups().values().stream()
                        .filter(group -> group.provider().equals(config.name()))
                        .flatMap(group -> group.nodes().stream())
                        .toList();
        return switch (Providers.of(config, name, System.getenv())) {
            case Providers.Made.Usable(LabProvider provider) -> new Room(provider.lab(), nodes);
            case Providers.Made.Usable(var other) ->
                    throw new IllegalStateException(other + " is no lab");
            case Providers.Made.Refused(Failure failure) ->
                    throw new CommandStop(ExitCode.INVALID, "error: " + failure.message());
        };
    }
}
