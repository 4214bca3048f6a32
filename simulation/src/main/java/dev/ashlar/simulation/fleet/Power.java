package dev.ashlar.simulation.fleet;

import java.util.LinkedHashSet;
import java.util.Set;

/// Which modelled machines are down. Nothing serves on one that is; what ran there is started at
/// boot, so it serves again once the machine is back.
public final class Power {
    private final Set<String> down = new LinkedHashSet<>();

    Power() {}

    public void goesDown(String node) {
        down.add(node);
    }

    public void boots(String node) {
        down.remove(node);
    }

    /// Every machine is back.
    public void bootAll() {
        down.clear();
    }

    boolean isUp(String node) {
        return !down.contains(node);
    }
}
