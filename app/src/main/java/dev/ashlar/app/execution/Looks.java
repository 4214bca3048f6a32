package dev.ashlar.app.execution;

import dev.ashlar.nodes.execute.Inspection;
import dev.ashlar.nodes.execute.NodeExecutor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Looks at many nodes at once, in one round trip each.
///
/// @param parallel at most so many at once
record Looks(NodeExecutor nodes, int parallel) {

    /// @param seen told each node that has been looked at, as soon as it has
    SequencedMap<String, Inspection.Outcome> at(
            Map<String, Inspection> inspections, Consumer<String> seen)
            throws InterruptedException {
        SequencedMap<String, Inspection.Outcome> outcomes = new LinkedHashMap<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(parallel, Thread.ofVirtual().factory())) {
            Map<String, Future<Inspection.Outcome>> answers = new LinkedHashMap<>();
            inspections.forEach((node, inspection) -> {
                Callable<Inspection.Outcome> look =
                        () -> {
                            Inspection.Outcome outcome = nodes.inspect(node, inspection);
                            seen.accept(node);
                            return outcome;
                        };
                answers.put(node, threads.submit(look));
            });
            for (Map.Entry<String, Future<Inspection.Outcome>> answer : answers.entrySet()) {
                outcomes.put(answer.getKey(), answer.getValue().get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a look at a node died", e.getCause());
        }
        return outcomes;
    }
}
