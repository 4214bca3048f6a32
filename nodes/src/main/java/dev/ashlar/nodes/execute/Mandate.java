package dev.ashlar.nodes.execute;

import dev.ashlar.model.node.Claim;
import dev.ashlar.model.work.Failure;
import java.util.Optional;

/// By what right a controller works on nodes. Safe for use by many threads.
public interface Mandate {

    /// The cluster's name: a node answers to one state of each.
    String cluster();

    /// Of the controller's state: nodes keep under it what was there before.
    String lineage();

    /// What nodes are to carry from the first change on; empty while nothing is changed.
    Optional<Claim> claim();

    /// Why not to change anything on a node.
    ///
    /// @param carried what it carries of a claim, empty when nothing
    Optional<Failure> objection(String node, String carried);

    /// Of one who only looks.
    static Mandate looking(String cluster, String lineage) {
        return new Mandate() {
            @Override
            public String cluster() {
                return cluster;
            }

            @Override
            public String lineage() {
                return lineage;
            }

            @Override
            public Optional<Claim> claim() {
                return Optional.empty();
            }

            @Override
            public Optional<Failure> objection(String node, String carried) {
                return Optional.empty();
            }
        };
    }
}
