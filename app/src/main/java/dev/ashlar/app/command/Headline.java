package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.execution.Census;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.text.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The first lines of every command that changes something: what, where, how much, and what is set
/// to something else than the files say.
final class Headline {
    private static final int MOST_NAMED = 5;

    private Headline() {}

    static List<String> of(Cluster cluster) {
        List<String> lines = new ArrayList<>(List.of(of(cluster.composition())));
        lines.addAll(GoalOnRecord.lines(cluster));
        lines.addAll(shunned(cluster));
        return lines;
    }

    /// The nodes that nothing will be sent to, by why not.
    private static List<String> shunned(Cluster cluster) {
        SequencedMap<String, List<String>> nodes = new LinkedHashMap<>();
        Census.shunned(cluster)
                .forEach((node, why) ->
                        nodes.computeIfAbsent(why.kind(), _ -> new ArrayList<>()).add(node));
        return nodes.entrySet().stream()
                .map(one ->
                        "Nothing is sent to %s: %s (`ashlar node show %s`)"
                                .formatted(
                                        Words.some(one.getValue(), MOST_NAMED),
                                        one.getKey(),
                                        one.getValue().getFirst()))
                .toList();
    }

    static String of(Composition composition) {
        int nodes = composition.groups().values().stream().mapToInt(g -> g.nodes().size()).sum();
        return of(composition.name(), composition.site().name(), nodes);
    }

    static String of(String cluster, String site, int nodes) {
        return "Cluster " + cluster + " at site " + site + ", " + nodes(nodes);
    }

    static String nodes(int count) {
        return count + (count == 1 ? " node" : " nodes");
    }
}
