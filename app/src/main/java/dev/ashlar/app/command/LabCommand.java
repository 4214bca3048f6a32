package dev.ashlar.app.command;

import dev.ashlar.app.command.LabOptions.Room;
import dev.ashlar.app.document.Documents;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.model.node.Provider.Acquired;
import dev.ashlar.model.work.Failure;
import dev.ashlar.providers.lab.Lab;
import dev.ashlar.providers.lab.LabMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = "The real machines that a lab site makes on this host for a cluster.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar lab list examples/etcd",
            "  ashlar lab ssh store-1 examples/etcd",
            "  ashlar lab power-off store-2 examples/etcd",
            "  ashlar lab down examples/etcd"
        })
final class LabCommand extends CommandGroup {
    @Command(
            name = "up",
            description = "Make and start machines (all of the cluster's, or those named).")
    int up(
            @Mixin LabOptions options,
            @Option(
                            names = "--machine",
                            paramLabel = "NAME",
                            description = "Only this one; may be repeated.")
                    List<String> machines,
            @Parameters(arity = "0..1", paramLabel = "CLUSTER") Optional<Path> cluster) {
        Terminal terminal = options.terminal();
        Room room = options.room(cluster, terminal);
        List<String> wanted = machines == null ? room.nodes() : machines;
        List<Failure> failures = new ArrayList<>();
        for (Acquired acquired : room.lab().up(wanted, terminal::say)) {
            switch (acquired) {
                case Acquired.Ready(var access) -> {
                    if (options.output().isHuman()) {
                        terminal.data(access.node() + "  " + access.address());
                    }
                }
                case Acquired.NotReady(Failure failure) -> failures.add(failure);
            }
        }
        String nowSo = wanted.size() + (wanted.size() == 1 ? " machine runs" : " machines run");
        return options.end(terminal, room, "up", failures, nowSo);
    }

    @Command(name = "list", description = "List the machines: name, address, state, host key.")
    int list(
            @Mixin LabOptions options,
            @Parameters(arity = "0..1", paramLabel = "CLUSTER") Optional<Path> cluster) {
        Terminal terminal = options.terminal();
        Room room = options.room(cluster, terminal);
        List<Failure> failures = new ArrayList<>();
        switch (room.lab().list()) {
            case Lab.Listing.NotListed(Failure failure) -> failures.add(failure);
            case Lab.Listing.Machines(List<LabMachine> machines) -> {
                if (options.output().isHuman()) {
                    machines.forEach(machine -> terminal.data(row(machine)));
                }
            }
        }
        return options.end(terminal, room, "list", failures, "");
    }

    private static String row(LabMachine machine) {
        return String.format(
                Locale.ROOT,
                "%-20s %-15s %-8s %s",
                machine.name(),
                machine.address().orElse("-"),
                machine.state().name().toLowerCase(Locale.ROOT),
                machine.fingerprint());
    }

    @Command(name = "ssh", description = "Log in to a machine, or run a command on it after --.")
    int ssh(
            @Mixin LabOptions options,
            @Parameters(index = "0", paramLabel = "MACHINE") String machine,
            @Parameters(index = "1..*", arity = "0..*", paramLabel = "CLUSTER | -- COMMAND")
                    List<String> rest)
            throws IOException, InterruptedException {
        Terminal terminal = options.terminal();
        List<String> given = rest == null ? List.of() : rest;
        int before =
                spec().map(spec -> CommandWords.of(spec, given).before().size())
                        .orElse(given.size());
        Optional<Path> cluster =
                before > 0 ? Optional.of(Path.of(given.getFirst())) : Optional.empty();
        List<String> remote = given.subList(Math.min(1, before), given.size());
        boolean told = options.output().wantsDocument();
        if (told && remote.isEmpty()) {
            throw new CommandStop(
                    ExitCode.INVALID, "error: lab ssh with JSON wants a command after --");
        }
        Room room = options.room(cluster, terminal);
        return switch (room.lab().sshCommand(machine, remote)) {
            case Lab.Login.NotPossible(Failure failure) ->
                    options.end(terminal, room, "ssh", List.of(failure), "");
            case Lab.Login.Words(List<String> words) when told ->
                    told(options, room, machine, words);
            case Lab.Login.Words(List<String> words) ->
                    new Foreground().run(new ProcessBuilder(words).inheritIO());
        };
    }

    private static int told(LabOptions options, Room room, String machine, List<String> words)
            throws IOException, InterruptedException {
        Foreground foreground = new Foreground();
        Process process =
                foreground.start(
                        new ProcessBuilder(words)
                                .inheritIO()
                                .redirectOutput(ProcessBuilder.Redirect.PIPE));
        byte[] printed = process.getInputStream().readAllBytes();
        int code = foreground.code(process);
        if (options.output().isHuman()) {
            System.out.write(printed);
            System.out.flush();
        }
        String text = new String(printed, StandardCharsets.UTF_8);
        options.output()
                .document(
                        options.terminal(),
                        () -> Documents.ssh(room.cluster(), machine, code, text));
        return code;
    }

    @Command(name = "stop", description = "Shut a machine down cleanly; its disk stays.")
    int stop(@Mixin OneMachine one) {
        return one.act("stop", "is shut down", Lab::stop);
    }

    @Command(name = "start", description = "Start a machine with the disk it had.")
    int start(@Mixin OneMachine one) {
        return one.make("start", "runs", Lab::start);
    }

    @Command(name = "power-off", description = "Cut a machine's power; its disk stays.")
    int powerOff(@Mixin OneMachine one) {
        return one.act("power-off", "has no power", Lab::powerOff);
    }

    @Command(name = "cut", description = "Pull a machine's network cable.")
    int cut(@Mixin OneMachine one) {
        return one.act("cut", "has no network", Lab::cut);
    }

    @Command(name = "mend", description = "Put a machine's network cable back.")
    int mend(@Mixin OneMachine one) {
        return one.act("mend", "has its network again", Lab::mend);
    }

    @Command(
            name = "wipe",
            description = "Start a machine over with an empty disk and the same host key.")
    int wipe(@Mixin OneMachine one) {
        return one.make("wipe", "runs with an empty disk", Lab::wipe);
    }

    @Command(
            name = "down",
            description = "Remove all machines of the cluster and check that nothing is left.")
    int down(
            @Mixin LabOptions options,
            @Parameters(arity = "0..1", paramLabel = "CLUSTER") Optional<Path> cluster) {
        Terminal terminal = options.terminal();
        options.refuseWhileRunning(cluster);
        Room room = options.room(cluster, terminal);
        return options.end(
                terminal,
                room,
                "down",
                room.lab().down().stream().toList(),
                "The lab is gone. Where a record of the cluster still stands, `ashlar down` ends"
                        + " it; then `ashlar up` builds anew");
    }
}
