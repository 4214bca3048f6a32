package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.nodes.channel.ShellText;
import dev.ashlar.nodes.login.OpenSsh;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        description = {
            "Log in to a node with OpenSSH, or run a command there after --.",
            "The node and each host before it must show the keys that are pinned for them;",
            "no configuration of ssh takes part. The exit code is that of ssh."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar ssh store-1 examples/etcd",
            "  ashlar ssh store-1 examples/etcd -- journalctl -u etcd-kv -n 20",
            "  ashlar ssh -t store-1 examples/etcd -- top",
            "  ashlar ssh --print store-1 examples/etcd     the command, for scripts"
        })
final class SshCommand implements Callable<Integer> {
    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ClusterOptions options = new ClusterOptions();
    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = {"-t", "--tty"},
            description = "Give a command a terminal, as a login has one.")
    private boolean tty;

    @Option(names = "--print", description = "Print the ssh command and stop.")
    private boolean print;

    @Parameters(index = "0", paramLabel = "NODE", description = "The node's name.")
    private String node = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "[CLUSTER] [-- COMMAND...]",
            hideParamSyntax = true,
            converter = CommandWords.AnyPath.class,
            description = "Folder or file; and what is to be run.")
    private List<Path> rest = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = output.terminal();
        if (output.wantsDocument()) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    List.of(
                            "error: ssh has no JSON document",
                            "  help: `ashlar exec --json` runs a command and tells what it came to"));
        }
        CommandWords given =
                CommandWords.of(
                        Objects.requireNonNull(spec),
                        Stream.concat(Stream.of(node), rest.stream()).toList());
        if (given.before().isEmpty()) {
            throw new CommandStop(ExitCode.INVALID, "error: ssh wants a node before --");
        }
        Cluster cluster = Loading.standing(options.request(given.cluster(1)), output, terminal);
        NodeAccess access = KnownNodes.of(cluster).access(node);
        OpenSsh ssh = new OpenSsh(access, folder(System.getenv()));
        List<String> line = ssh.words(tty, given.command());
        keepKeys(ssh);
        if (print) {
            terminal.data(ShellText.line(line));
            return ExitCode.DONE.code();
        }
        return run(line);
    }

    private static int run(List<String> line) throws InterruptedException {
        try {
            return new Foreground().run(new ProcessBuilder(line).inheritIO());
        } catch (IOException _) {
            throw new CommandStop(
                    ExitCode.NODE_OR_SITE,
                    List.of(
                            "error: OpenSSH's client, ssh, cannot be started on this host",
                            "  help: its package is openssh-client (Debian, Ubuntu, Alpine),"
                                    + " openssh-clients (Fedora, openSUSE) or openssh (Arch)"));
        }
    }

    private static void keepKeys(OpenSsh ssh) {
        try {
            ssh.keepKeys();
        } catch (IOException e) {
            throw FileTarget.unwritable(
                    ssh.folder().toString(),
                    e,
                    "pinned host keys are kept there for ssh; XDG_CACHE_HOME names another place");
        }
    }

    /// Where what can be made again at any time is kept.
    private static Path folder(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                .filter(named -> !named.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .toAbsolutePath()
                .resolve("ashlar/ssh");
    }
}
