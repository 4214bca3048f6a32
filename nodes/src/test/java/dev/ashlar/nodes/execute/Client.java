package dev.ashlar.nodes.execute;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.work.Work;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A controller in a process of its own, to be killed.
final class Client {
    private Client() {}

    static Process start(NodeAccess access, String... what) throws IOException {
        List<String> command =
                new java.util.ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                Client.class.getName(),
                                access.address(),
                                Integer.toString(access.port()),
                                access.identity().toString(),
                                access.hostKeys().getFirst().toString()));
        command.addAll(List.of(what));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(new File("target/client.log")))
                .start();
    }

    /// ADDRESS PORT IDENTITY HOST_KEY then `install INTENT PACKAGE` or `run TEXT`.
    public static void main(String[] args) {
        NodeAccess access =
                new NodeAccess(
                        LabNode.NAME,
                        args[0],
                        Integer.parseInt(args[1]),
                        "root",
                        Path.of(args[2]),
                        List.of(HostKey.parse(args[3]).orElseThrow()),
                        false,
                        Optional.empty());
        try (NodeExecutor executor = LabNode.executor(access)) {
            Work work =
                    args[4].equals("install")
                            ? install(args[5], args[6])
                            : LocalNodes.script(args[5], Duration.ofMinutes(5));
            executor.execute(work, false);
        }
    }

    static Work.Apply install(String intent, String name) {
        return new Work.Apply(
                LocalNodes.apply().key(),
                intent,
                LabNode.NAME,
                List.of(LabNode.resource(ResourceKind.PACKAGE, "name", name)),
                Duration.ofMinutes(3),
                StepSpec.OnDisconnect.FINISH);
    }
}
