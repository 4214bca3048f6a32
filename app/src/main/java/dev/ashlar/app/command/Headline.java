package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.model.composition.Composition;
import java.util.ArrayList;
import java.util.List;

/// The first lines of every command that changes something: what, where, how much, and what is set
/// to something else than the files say.
final class Headline {
    private Headline() {}

    static List<String> of(Cluster cluster) {
        List<String> lines = new ArrayList<>(List.of(of(cluster.composition())));
        lines.addAll(GoalOnRecord.lines(cluster));
        return lines;
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
