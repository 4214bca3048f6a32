package dev.ashlar.nodes.execute;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.secret.Redaction;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.nodes.channel.Layout;
import dev.ashlar.nodes.transport.LocalTransport;
import dev.ashlar.nodes.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// An executor over a shell of this host, with all its folders under a temporary one.
final class LocalNodes implements AutoCloseable {
    static final List<String> SHELLS = List.of("dash", "bash", "busybox sh");
    static final Limits LIMITS =
            new Limits(
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(1));
    static final String USUAL = Layout.STANDARD.path();
    static final InstanceKey KEY = InstanceKey.onNode("use", "step", "here");
    final Path folder;
    final NodeExecutor executor;

    LocalNodes(String shell, Path folder) {
        this(new LocalTransport(shell, Map.of()), shell, folder);
    }

    LocalNodes(Transport transport, String shell, Path folder) {
        this(transport, folder, path(shell));
    }

    /// @param mandate by what right it works
    LocalNodes(Transport transport, String shell, Path folder, Mandate mandate) {
        this(transport, folder, path(shell), mandate);
    }

    /// @param path where its programs are looked for
    LocalNodes(Transport transport, Path folder, String path) {
        this(transport, folder, path, Mandate.looking("test", "test"));
    }

    private LocalNodes(Transport transport, Path folder, String path, Mandate mandate) {
        this.folder = folder;
        Layout layout =
                new Layout(
                        folder.resolve("run").toString(), folder.resolve("state").toString(), path);
        NodeAccess access =
                new NodeAccess(
                        "here", "", 0, "", Path.of("none"), List.of(), false, Optional.empty());
        executor =
                new NodeExecutor(
                        transport,
                        _ -> Optional.of(access),
                        LIMITS,
                        layout,
                        mandate,
                        () -> Redaction.NONE);
    }

    /// With busybox its own applets come first, as on a system that has nothing else.
    private static String path(String shell) {
        return shell.startsWith("busybox") ? Applets.FOLDER + ":" + USUAL : USUAL;
    }

    /// The folder with busybox's own programs and no others.
    static Path applets() {
        return Applets.FOLDER;
    }

    private static final class Applets {
        static final Path FOLDER = installed();

        private static Path installed() {
            try {
                Path folder = Files.createDirectories(Path.of("target/applets").toAbsolutePath());
                new ProcessBuilder("busybox", "--install", "-s", folder.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static String intent() {
        return "i-" + UUID.randomUUID();
    }

    static Work.Run script(String text) {
        return script(text, new LinkedHashMap<>(), new LinkedHashMap<>(), Duration.ofSeconds(30));
    }

    static Work.Run script(String text, Duration timeout) {
        return script(text, new LinkedHashMap<>(), new LinkedHashMap<>(), timeout);
    }

    static Work.Run script(
            String text, Map<String, Value> inputs, Map<String, Type> outputs, Duration timeout) {
        return new Work.Run(
                KEY,
                intent(),
                "here",
                new StepSpec.Script("script.sh", text),
                Optional.empty(),
                new LinkedHashMap<>(inputs),
                new LinkedHashMap<>(outputs),
                timeout,
                StepSpec.OnDisconnect.KILL);
    }

    static Work.Run finishing(String text) {
        return new Work.Run(
                KEY,
                intent(),
                "here",
                new StepSpec.Script("script.sh", text),
                Optional.empty(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                Duration.ofSeconds(60),
                StepSpec.OnDisconnect.FINISH);
    }

    static Work.Apply apply(Resource... resources) {
        return new Work.Apply(
                KEY,
                intent(),
                "here",
                List.of(resources),
                Duration.ofSeconds(60),
                StepSpec.OnDisconnect.KILL);
    }

    /// What of a resource differs on a node, in words, looked at without changing anything.
    static List<String> differences(NodeExecutor executor, String node, Resource resource) {
        Inspection inspection =
                new Inspection(
                        List.of(apply(resource)), new LinkedHashMap<>(), List.of(), List.of());
        return switch (executor.inspect(node, inspection)) {
            case Inspection.Outcome.Seen seen -> seen.differences().getOrDefault(KEY, List.of());
            case Inspection.Outcome.Unseen(var failure) ->
                    throw new AssertionError(failure.toString());
        };
    }

    static Work.Undo undo(Report report) {
        return undoing(((Report.Done) report).owned());
    }

    static Work.Undo undoing(List<Owned> owned) {
        return new Work.Undo(KEY, intent(), Optional.of("here"), owned, Duration.ofSeconds(60));
    }

    Report execute(Work work) {
        return executor.execute(work, false);
    }

    /// The node ends its sessions by itself; nothing of them may stay.
    @Override
    public void close() {
        executor.close();
        org.awaitility.Awaitility.await().until(() -> sessions().isEmpty());
    }

    /// The command line of a process, its words separated by spaces.
    static String commandOf(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException gone) {
            return "";
        }
    }

    static boolean running(String command) {
        return ProcessHandle.allProcesses().anyMatch(p -> commandOf(p).equals(command));
    }

    /// True while a process of the work with this intent runs, here or on a machine of the lab.
    static boolean runningFor(String intent) {
        return ProcessHandle.allProcesses().anyMatch(p -> environmentOf(p).contains(intent));
    }

    private static String environmentOf(ProcessHandle process) {
        try {
            return Files.readString(
                    Path.of("/proc/" + process.pid() + "/environ"),
                    java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    List<String> sessions() {
        String[] names = folder.resolve("run").toFile().list((_, name) -> name.startsWith("s"));
        return names == null ? List.of() : List.of(names);
    }
}
