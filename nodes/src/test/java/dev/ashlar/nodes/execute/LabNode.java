package dev.ashlar.nodes.execute;

import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.Provider.Acquired;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.secret.Redaction;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.nodes.channel.Layout;
import dev.ashlar.nodes.transport.SshTransport;
import dev.ashlar.providers.lab.Lab;
import dev.ashlar.providers.lab.LabSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// A real machine of a lab of its own, and an executor that reaches it.
final class LabNode implements AutoCloseable {
    static final String NAME = "here";
    final Lab lab;
    final NodeAccess access;
    final NodeExecutor executor;

    LabNode(Path folder, UnaryOperator<LabSettings> settings) {
        lab =
                new Lab(
                        "nodes-" + UUID.randomUUID().toString().substring(0, 8),
                        settings.apply(LabSettings.standard(System.getenv()).withFolder(folder)));
        access = beside(NAME);
        executor = executor(access);
    }

    /// One more machine of the same lab.
    NodeAccess beside(String name) {
        if (!(lab.up(name, _ -> {}) instanceof Acquired.Ready(NodeAccess reached))) {
            lab.down();
            throw new IllegalStateException("no lab machine");
        }
        return reached;
    }

    static NodeExecutor executor(NodeAccess access) {
        Limits limits =
                new Limits(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(1));
        return executor(access, limits);
    }

    static NodeExecutor executor(NodeAccess access, Limits limits) {
        return new NodeExecutor(
                new SshTransport(Duration.ofSeconds(5), Duration.ofSeconds(2)),
                _ -> Optional.of(access),
                limits,
                Layout.STANDARD,
                Mandate.looking("test", "test"),
                () -> Redaction.NONE);
    }

    Report execute(Work work) {
        return executor.execute(work, false);
    }

    Report.Done done(Work work) {
        Report report = execute(work);
        if (report instanceof Report.Done done) {
            return done;
        }
        throw new AssertionError(report.toString());
    }

    /// What a script prints there, whichever of its commands but the last may fail.
    String says(String script) {
        return done(LocalNodes.script("set +e\n" + script)).log().strip();
    }

    static Resource resource(ResourceKind kind, String... namesAndValues) {
        return Resource.of(kind, values(namesAndValues));
    }

    static Resource triggered(String trigger, ResourceKind kind, String... namesAndValues) {
        Resource plain = resource(kind, namesAndValues);
        return new Resource(plain.kind(), plain.parameters(), trigger);
    }

    private static Map<String, Value> values(String... namesAndValues) {
        Map<String, Value> parameters = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.put(namesAndValues[i], Value.text(namesAndValues[i + 1]));
        }
        return parameters;
    }

    @Override
    public void close() {
        executor.close();
        lab.down();
    }
}
