package dev.ashlar.app.command;

import dev.ashlar.model.composition.Composition;

/// The first line of every command that changes something: what, where, how much.
final class Headline {
    private Headline() {}

    static String of(Composition composition) {
        int nodes = composition.groups().values().stream().mapToInt(g -> g.nodes().size()).sum();
        return "Cluster "
                + composition.name()
                + " at site "
                + composition.site().name()
                + ", "
                + nodes(nodes);
    }

    static String nodes(int count) {
        return count + (count == 1 ? " node" : " nodes");
    }
}
