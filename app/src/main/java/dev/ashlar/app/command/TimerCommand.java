package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.app.terminal.TimerUnits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "What has to be done now and then without anybody: the renewal of certificates.",
            "Nothing of Ashlar stays in the background; the machine's own timer starts it."
        },
        footerHeading = "%nExample:%n",
        footer = "  ashlar timer print examples/etcd | sudo sh")
final class TimerCommand extends CommandGroup {
    /// What a person may have said outside the command line, and the timer has to know.
    private static final List<String> KEPT =
            List.of(
                    "ASHLAR_JAVA_HOME",
                    "ASHLAR_KEY_FILE",
                    "ASHLAR_LAB_DIR",
                    "ASHLAR_PASSPHRASE_FILE",
                    "ASHLAR_SITE",
                    "XDG_CONFIG_HOME");

    @Command(
            name = "print",
            description = {
                "Print a service and a timer of systemd that renew daily what is due, as a script",
                "that installs them."
            })
    int print(
            @Mixin OutputOptions output,
            @Mixin ClusterOptions options,
            @Parameters(arity = "0..1", paramLabel = "CLUSTER", description = "Folder or file.")
                    Optional<Path> path) {
        Terminal terminal = output.terminal();
        Cluster cluster = Loading.standing(options.request(path), output, terminal);
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.keySet().retainAll(KEPT);
        options.typedSite().ifPresent(site -> environment.put("ASHLAR_SITE", site));
        String home = System.getenv("ASHLAR_HOME");
        if (home == null) {
            throw new CommandStop(
                    ExitCode.INVALID, "error: $ASHLAR_HOME does not say where Ashlar lies");
        }
        new TimerUnits(
                        cluster.composition().name(),
                        Path.of(home, "ashlar"),
                        cluster.folder(),
                        System.getProperty("user.name"),
                        environment)
                .lines()
                .forEach(terminal::data);
        return ExitCode.DONE.code();
    }
}
