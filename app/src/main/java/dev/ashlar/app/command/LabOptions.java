package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.document.Documents;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.work.Failure;
import dev.ashlar.providers.Providers;
import dev.ashlar.providers.lab.Lab;
import dev.ashlar.providers.lab.LabMachine;
import dev.ashlar.providers.lab.LabProvider;
import dev.ashlar.store.folder.ControllerLock;
import dev.ashlar.store.folder.StateFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;

/// Which lab a verb is about and how it speaks: the same on all verbs of `lab`.
final class LabOptions {
    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ClusterOptions options = new ClusterOptions();

    /// A cluster's lab.
    ///
    /// @param nodes those of the cluster that are to be its machines
    record Room(String cluster, Lab lab, List<String> nodes) {}

    Terminal terminal() {
        return output.terminal();
    }

    OutputOptions output() {
        return output;
    }

    /// Machines are not pulled from under a command that works on them.
    void refuseWhileRunning(Optional<Path> cluster) {
        StateFolder.find(Loading.folder(options.request(cluster)))
                .flatMap(ControllerLock::holder)
                .ifPresent(holder -> {
                    throw new CommandStop(
                            ExitCode.NOT_MINE,
                            "error: another command is changing this cluster (" + holder + ")");
                });
    }

    /// The first lab of the cluster's sites; stops with exit code 3 when none has one.
    Room room(Optional<Path> given, Terminal terminal) {
        Cluster cluster = Loading.cluster(options.request(given), output, terminal);
        ProviderConfig config =
                cluster.composition().providers().values().stream()
                        .filter(provider -> provider.kind().equals("lab"))
                        .findFirst()
                        .orElseThrow(() ->
                                new CommandStop(
                                        ExitCode.INVALID,
                                        "error: site "
                                                + cluster.composition().site().name()
                                                + " has no lab"));
        String name = cluster.composition().name();
        List<String> nodes =
                cluster.composition().groups().values().stream()
                        .filter(group -> group.provider().equals(config.name()))
                        .flatMap(group -> group.nodes().stream())
                        .toList();
        return switch (Providers.of(config, name, System.getenv())) {
            case Providers.Made.Usable(LabProvider provider) ->
                    new Room(name, provider.lab(), nodes);
            case Providers.Made.Usable(var other) ->
                    throw new IllegalStateException(other + " is no lab");
            case Providers.Made.Refused(Failure failure) ->
                    throw new CommandStop(ExitCode.INVALID, "error: " + failure.message());
        };
    }

    /// Tells how a verb ended: what failed, or in one line what is so now, and for a machine all
    /// machines as they are now.
    int end(Terminal terminal, Room room, String verb, List<Failure> failed, String nowSo) {
        tell(terminal, failed, nowSo);
        return output.document(
                terminal,
                code(failed).code(),
                () -> {
                    Lab.Listing now = room.lab().list();
                    return Documents.lab(
                            room.cluster(),
                            verb,
                            now instanceof Lab.Listing.Machines(var machines)
                                    ? machines
                                    : List.<LabMachine>of(),
                            now instanceof Lab.Listing.NotListed(Failure failure)
                                    ? Stream.concat(failed.stream(), Stream.of(failure))
                                            .distinct()
                                            .toList()
                                    : failed);
                });
    }

    /// There is no run that could have failed: what a person got wrong is what was typed.
    private static ExitCode code(List<Failure> failed) {
        ExitCode code = failed.isEmpty() ? ExitCode.DONE : ExitCode.of(failed);
        return code == ExitCode.FAILED ? ExitCode.INVALID : code;
    }

    private static void tell(Terminal terminal, List<Failure> failed, String nowSo) {
        for (Failure failure : failed) {
            terminal.warn("error: " + failure.message());
            failure.hint().ifPresent(hint -> terminal.warn("  help: " + hint));
        }
        if (failed.isEmpty() && !nowSo.isEmpty()) {
            terminal.say(nowSo);
        }
    }
}
