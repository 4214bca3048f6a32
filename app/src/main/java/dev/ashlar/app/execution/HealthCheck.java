package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.StatusRow;
import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.resolve.Resolution;
import dev.ashlar.engine.resolve.Resolver;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Asks every component that stands for its health, all nodes at once.
public final class HealthCheck {
    private final Workshop workshop;
    private final Acting acting;
    private final Graph graph;

    private HealthCheck(Workshop workshop, Acting acting, Graph graph) {
        this.workshop = workshop;
        this.acting = acting;
        this.graph = graph;
    }

    public static HealthCheck of(Workshop workshop, Acting acting, Graph graph) {
        return new HealthCheck(workshop, acting, graph);
    }

    /// The rows, those that answer that they are not healthy marked so.
    ///
    /// What has changed in the files since it was done is not asked: its probe would look for what
    /// is not there yet.
    public List<StatusRow> mark(List<StatusRow> rows) throws InterruptedException {
        Set<InstanceKey> asFiles =
                rows.stream()
                        .filter(row -> row.state().equals("done"))
                        .map(StatusRow::key)
                        .collect(Collectors.toSet());
        Map<InstanceKey, Failure> unhealthy = ask(asFiles);
        return rows.stream()
                .map(row -> {
                    Failure failure = unhealthy.get(row.key());
                    return failure == null
                            ? row
                            : new StatusRow(
                                    row.key(),
                                    "unhealthy",
                                    row.run(),
                                    row.atMs(),
                                    Optional.of(failure));
                })
                .toList();
    }

    private Map<InstanceKey, Failure> ask(Set<InstanceKey> asFiles) throws InterruptedException {
        Map<InstanceKey, Failure> unhealthy = new ConcurrentHashMap<>();
        Map<InstanceKey, Thread> asking = new LinkedHashMap<>();
        for (Work probe : probes(asFiles).values()) {
            asking.put(
                    probe.key(),
                    Thread.startVirtualThread(() -> {
                        Report report = workshop.executor().execute(probe, false);
                        if (report instanceof Report.NotDone(Failure failure, _, _)) {
                            unhealthy.put(probe.key(), failure);
                        }
                    }));
        }
        for (Thread thread : asking.values()) {
            thread.join();
        }
        return unhealthy;
    }

    private Map<InstanceKey, Work> probes(Set<InstanceKey> asFiles) {
        Resolver resolver = Resolver.standing(graph, acting.past());
        Map<InstanceKey, Work> probes = new LinkedHashMap<>();
        for (Instance instance : graph.instances().values()) {
            boolean asks =
                    instance instanceof Instance.Step step && step.step().health().isPresent();
            if (asks
                    && asFiles.contains(instance.key())
                    && resolver.resolve(instance) instanceof Resolution.Known known) {
                known.probe()
                        .ifPresent(probe ->
                                probes.put(
                                        instance.key(),
                                        probe.apply("status-" + instance.key().use())));
            }
        }
        return probes;
    }
}
