package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import java.util.ArrayList;
import java.util.List;

/// Members of a founded group join and leave through steps of their own, which this version does
/// not carry out yet: it refuses, before anything is touched, what it cannot do rightly.
final class Membership {
    private Membership() {}

    static void refuseChange(Cluster cluster) {
        List<String> changes = new ArrayList<>();
        Past past = cluster.past();
        for (UseSpec use : cluster.composition().uses().values()) {
            if (past.isFounded(use.name())) {
                cluster.graph().members(use.name()).stream()
                        .filter(node -> !past.isFounded(use.name(), node))
                        .forEach(node -> changes.add(use.name() + " would gain member " + node));
            }
        }
        for (InstanceKey key : past.standing().keySet()) {
            if (!cluster.graph().instances().containsKey(key)) {
                changes.add(key + " is no longer in the files");
            }
        }
        if (!changes.isEmpty()) {
            List<String> lines = new ArrayList<>();
            lines.add(
                    "error[ASH0112]: a cluster that stands cannot gain or lose members, uses or"
                            + " steps in this version");
            changes.stream().limit(MAX_SHOWN).forEach(change -> lines.add("  " + change));
            lines.add(
                    "  help: undo the edit; or finish `ashlar down`, then `ashlar up` builds it anew");
            throw new CommandStop(ExitCode.INVALID, lines);
        }
    }

    private static final int MAX_SHOWN = 10;
}
