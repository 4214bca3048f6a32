package dev.ashlar.app.command;

import dev.ashlar.app.document.Documents;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.copy.Backup;
import dev.ashlar.store.folder.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "Keep a cluster's state in a file, and put it back.",
            "The file holds the keys of the cluster's authorities: keep it as you keep those."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar state backup etcd-demo.zip examples/etcd",
            "  ashlar state restore etcd-demo.zip examples/etcd"
        })
final class StateCommand extends CommandGroup {
    @Command(
            name = "backup",
            description =
                    "Write the state to a file, also while another command changes the cluster.")
    int backup(
            @Mixin OutputOptions output,
            @Mixin ClusterOptions options,
            @Parameters(index = "0", paramLabel = "FILE") Path file,
            @Parameters(index = "1", arity = "0..1", paramLabel = "CLUSTER")
                    Optional<Path> cluster) {
        Terminal terminal = output.terminal();
        Path folder = Loading.folder(options.request(cluster));
        StateFolder state =
                StateFolder.find(folder)
                        .filter(found -> Files.exists(found.database()))
                        .orElseThrow(() ->
                                new CommandStop(
                                        ExitCode.INVALID,
                                        "error: nothing is on record of the cluster in " + folder));
        return told(terminal, output, "backup", file, Backup.write(state, regular(file)));
    }

    /// What a link leads to is replaced, not the link; a device is not.
    private static Path regular(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new CommandStop(ExitCode.INVALID, "error: " + file + " is no file");
        }
        try {
            return Files.exists(file) ? file.toRealPath() : file;
        } catch (IOException e) {
            throw StoreException.refused(file, "cannot be written", e);
        }
    }

    @Command(
            name = "restore",
            description =
                    "Make the state in a file that of the cluster's folder, where there is none.")
    int restore(
            @Mixin OutputOptions output,
            @Mixin ClusterOptions options,
            @Parameters(index = "0", paramLabel = "FILE") Path file,
            @Parameters(index = "1", arity = "0..1", paramLabel = "CLUSTER")
                    Optional<Path> cluster) {
        Terminal terminal = output.terminal();
        Path folder = Loading.folder(options.request(cluster));
        if (!Files.isRegularFile(file)) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    List.of(
                            "error: there is no backup " + file,
                            "  help: `ashlar state backup FILE` writes one"));
        }
        int code = told(terminal, output, "restore", file, Backup.restore(file, folder));
        terminal.say("  help: where the cluster has changed since, `ashlar adopt` catches up");
        return code;
    }

    private static int told(
            Terminal terminal, OutputOptions output, String verb, Path file, Backup backup) {
        terminal.say(
                "%s %s: %d records of state %s"
                        .formatted(
                                verb.equals("backup") ? "Wrote" : "Restored",
                                file,
                                backup.newest().number(),
                                backup.lineage()));
        return output.document(
                terminal, ExitCode.DONE.code(), () -> Documents.state(verb, file, backup));
    }
}
