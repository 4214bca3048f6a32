package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.StatusRow;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.app.terminal.Waiting;
import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Resolution;
import dev.ashlar.engine.resolve.Resolver;
import dev.ashlar.engine.run.Settings;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Work;
import dev.ashlar.nodes.execute.Inspection;
import dev.ashlar.nodes.execute.NodeExecutor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Asks every component that stands for its health, many nodes at once. Only reads: it needs no
/// right over the cluster, and a run that begins meanwhile goes on beside it.
public final class HealthCheck {
    private final NodeExecutor nodes;
    private final Past past;
    private final Graph graph;

    private HealthCheck(NodeExecutor nodes, Past past, Graph graph) {
        this.nodes = nodes;
        this.past = past;
        this.graph = graph;
    }

    public static HealthCheck of(NodeExecutor nodes, Past past, Graph graph) {
        return new HealthCheck(nodes, past, graph);
    }

    /// The rows, with what those answer that declare a health.
    ///
    /// What has changed in the files since it was done is asked as it was then: the probe of now
    /// would look for what is not there yet.
    public List<StatusRow> mark(List<StatusRow> rows, Terminal terminal)
            throws InterruptedException {
        Map<String, List<Work.Probe>> probes = probes(keys(rows, "done"), keys(rows, "changed"));
        Set<InstanceKey> asked =
                probes.values().stream()
                        .flatMap(all -> all.stream().map(Work.Probe::key))
                        .collect(Collectors.toSet());
        Map<InstanceKey, Failure> unhealthy = unhealthy(probes, terminal);
        return rows.stream().map(row -> answered(row, asked, unhealthy)).toList();
    }

    private static StatusRow answered(
            StatusRow row, Set<InstanceKey> asked, Map<InstanceKey, Failure> unhealthy) {
        Failure failure = unhealthy.get(row.key());
        return failure != null ? row.unwell(failure) : asked.contains(row.key()) ? row.well() : row;
    }

    private Map<InstanceKey, Failure> unhealthy(
            Map<String, List<Work.Probe>> probes, Terminal terminal) throws InterruptedException {
        Map<String, Inspection> inspections = new LinkedHashMap<>();
        probes.forEach((node, all) ->
                inspections.put(
                        node, new Inspection(List.of(), new LinkedHashMap<>(), List.of(), all)));
        Map<InstanceKey, Failure> unhealthy = new LinkedHashMap<>();
        try (Waiting waiting =
                new Waiting(terminal, Clock.systemUTC(), "asking for health", probes.keySet())) {
            new Looks(nodes, Settings.DEFAULT_PARALLEL)
                    .at(inspections, waiting::isDone)
                    .forEach((node, outcome) -> {
                        switch (outcome) {
                            case Inspection.Outcome.Seen seen -> unhealthy.putAll(seen.unhealthy());
                            case Inspection.Outcome.Unseen(Failure failure) ->
                                    probes.getOrDefault(node, List.of())
                                            .forEach(probe -> unhealthy.put(probe.key(), failure));
                        }
                    });
        }
        return unhealthy;
    }

    private static Set<InstanceKey> keys(List<StatusRow> rows, String state) {
        return rows.stream()
                .filter(row -> row.state().equals(state))
                .map(StatusRow::key)
                .collect(Collectors.toSet());
    }

    private Map<String, List<Work.Probe>> probes(
            Set<InstanceKey> asFiles, Set<InstanceKey> changed) {
        Resolver resolver = Resolver.standing(graph, past);
        Map<String, List<Work.Probe>> probes = new LinkedHashMap<>();
        for (Instance instance : graph.instances().values()) {
            if (!(instance instanceof Instance.Step step) || step.step().health().isEmpty()) {
                continue;
            }
            Optional<Function<String, Work.Probe>> probe = Optional.empty();
            if (changed.contains(step.key())) {
                probe = recorded(step, step.step().health().get());
            } else if (asFiles.contains(step.key())
                    && resolver.resolve(step) instanceof Resolution.Known known) {
                probe = known.probe();
            }
            probe.map(make -> make.apply("status-" + step.key().use()))
                    .ifPresent(one ->
                            probes.computeIfAbsent(one.node(), _ -> new ArrayList<>()).add(one));
        }
        return probes;
    }

    private Optional<Function<String, Work.Probe>> recorded(
            Instance.Step step, StepSpec.Health health) {
        Optional<String> place = past.place(step.key());
        return past.success(step.key())
                .flatMap(success -> place.flatMap(node -> success.probe(node, health.within())));
    }
}
