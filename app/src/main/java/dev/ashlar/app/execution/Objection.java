package dev.ashlar.app.execution;

import dev.ashlar.model.node.Claim;
import dev.ashlar.model.work.Failure;

/// Why a state may not act on a node, each with the ways out.
final class Objection {
    private Objection() {}

    static Failure unreadable(String cluster, String node) {
        return refused(
                "%s carries a claim on cluster %s that this version cannot read"
                        .formatted(node, cluster));
    }

    static Failure ofAnother(String cluster, String node, Claim found) {
        return refused(
                "%s answers to another state of cluster %s: run %d, held by %s"
                        .formatted(node, cluster, found.run(), found.holder()));
    }

    static Failure refused(String message) {
        return Failure.lasting("claimed", Failure.Fault.STATE, message)
                .withHint(
                        "Run it where that state lies; or `ashlar adopt` takes over from what the nodes carry.");
    }
}
