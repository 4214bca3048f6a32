package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.execution.Workshop;
import java.util.Map;

/// The workshop of a cluster whose files have been checked.
final class Workshops {
    private Workshops() {}

    static Workshop of(Acting acting, Cluster cluster) {
        return Workshop.of(
                acting,
                cluster.composition().name(),
                cluster.composition().site().providers().values(),
                Map.of());
    }
}
