package dev.ashlar.language.wiring;

import dev.ashlar.language.wiring.WaitGraph.Edge;
import dev.ashlar.language.wiring.WaitGraph.Reason;
import dev.ashlar.language.wiring.WaitGraph.Vertex;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Names cycles as paths: of each knot of things that wait for each other the shortest way round
/// from its first member.
final class CycleCheck {
    private CycleCheck() {}

    static void report(WaitGraph graph, Diagnostics diagnostics) {
        Set<String> reported = new HashSet<>();
        for (Vertex vertex : graph.vertices().values()) {
            if (reported.contains(vertex.name())) {
                continue;
            }
            Set<String> behind = graph.behind(vertex.name());
            if (behind.contains(vertex.name())) {
                behind.stream()
                        .filter(name -> graph.behind(name).contains(vertex.name()))
                        .forEach(reported::add);
                diagnostics.add(diagnostic(graph, shortest(graph, vertex)));
            }
        }
    }

    /// The edges of the shortest way from a vertex back to itself.
    private static List<Step> shortest(WaitGraph graph, Vertex start) {
        Map<String, Step> reachedBy = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(start.name()));
        while (!open.isEmpty()) {
            String at = open.poll();
            Vertex vertex = graph.vertices().get(at);
            for (Edge edge : vertex == null ? List.<Edge>of() : vertex.edges()) {
                if (reachedBy.putIfAbsent(edge.target(), new Step(at, edge)) == null) {
                    open.add(edge.target());
                }
            }
        }
        List<Step> way = new ArrayList<>();
        String at = start.name();
        do {
            Step step = java.util.Objects.requireNonNull(reachedBy.get(at));
            way.addFirst(step);
            at = step.from();
        } while (!at.equals(start.name()));
        return way;
    }

    /// An edge with where it starts.
    private record Step(String from, Edge edge) {}

    private static Diagnostic diagnostic(WaitGraph graph, List<Step> way) {
        String path =
                way.stream().map(Step::from).collect(Collectors.joining(" -> "))
                        + " -> "
                        + way.getFirst().from();
        Vertex first =
                java.util.Objects.requireNonNull(graph.vertices().get(way.getFirst().from()));
        Diagnostic found = Diagnostic.of(Code.ASH0401, first.span(), "cycle: " + path);
        for (Step step : way) {
            found = found.withNote(step.edge().span(), words(step));
        }
        Diagnostic named = found;
        return hint(way).map(named::withHelp).orElse(named);
    }

    private static String words(Step step) {
        String target = step.edge().target();
        return switch (step.edge().reason()) {
            case READS -> step.from() + " reads " + target;
            case ORDER -> step.from() + " comes after " + target;
            case HEALTH -> step.from() + " holds once " + target + " has succeeded";
        };
    }

    private static Optional<String> hint(List<Step> way) {
        Optional<Step> health =
                way.stream().filter(s -> s.edge().reason() == Reason.HEALTH).findFirst();
        return health.map(step ->
                step.from().contains("cluster_outputs.")
                        ? "read the members' outputs instead, and mark those early: true"
                        : "if "
                                + step.from()
                                + " is known before its component is healthy, mark it"
                                + " early: true");
    }
}
