package dev.ashlar.language;

import dev.ashlar.language.cluster.Neighbours;
import java.nio.file.Path;

/// Other clusters, and whether one load has looked at any of them. Confined to one thread.
final class WatchedNeighbours implements Neighbours {
    private final Neighbours all;
    private boolean areSeen;

    WatchedNeighbours(Neighbours all) {
        this.all = all;
    }

    @Override
    public Neighbour at(Path cluster) {
        areSeen = true;
        return all.at(cluster);
    }

    @Override
    public boolean isItself(Path cluster) {
        areSeen = true;
        return all.isItself(cluster);
    }

    /// True where what one of them is, or where it lies, has taken part.
    boolean areSeen() {
        return areSeen;
    }
}
