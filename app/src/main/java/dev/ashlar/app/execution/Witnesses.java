package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.model.node.Claim;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.transport.Transport;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What a cluster's nodes say of its record: each carries the number and the checksum of the record
/// that began the last run which touched it. What was changed before that, or cut off with it, is
/// found so, whoever may write the file. Nothing is changed.
///
/// @param agreeing the claims of nodes by which the record is as it was
/// @param bare nodes that answer and carry nothing of any record
/// @param objections what others say against it
/// @param silent why the rest say nothing
public record Witnesses(
        SequencedMap<String, Claim> agreeing,
        List<String> bare,
        List<String> objections,
        SequencedMap<String, Failure> silent) {
    public Witnesses {
        agreeing = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(agreeing));
        bare = List.copyOf(bare);
        objections = List.copyOf(objections);
        silent = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(silent));
    }

    /// Asks all that can be asked.
    ///
    /// @param wanted the provider of each node of the cluster, on record or not
    public static Witnesses ask(
            Transport transport,
            Cluster cluster,
            Map<String, String> wanted,
            SqliteJournal journal,
            String lineage)
            throws InterruptedException {
        Survey.Seen seen;
        try (Survey survey = Survey.of(transport, cluster, wanted)) {
            seen = survey.look();
        }
        SequencedMap<String, Claim> agreeing = new LinkedHashMap<>();
        List<String> objections = new ArrayList<>();
        seen.unread()
                .forEach((node, _) ->
                        objections.add(
                                node + " carries what is no claim as this version has them"));
        seen.claims()
                .forEach((node, claim) -> {
                    Optional<String> objection = objection(node, claim, journal, lineage);
                    objection.ifPresentOrElse(objections::add, () -> agreeing.put(node, claim));
                });
        return new Witnesses(agreeing, seen.bare(), objections, seen.away());
    }

    private static Optional<String> objection(
            String node, Claim claim, SqliteJournal journal, String lineage) {
        if (!claim.lineage().equals(lineage)) {
            return Optional.of(
                    "%s answers to another state, held by %s".formatted(node, claim.holder()));
        }
        Optional<String> here = journal.checksum(claim.number());
        if (here.isEmpty()) {
            return Optional.of(
                    "%s has seen record %d, which began run %d; this record ends with %d"
                            .formatted(
                                    node, claim.number(), claim.run(), journal.newest().number()));
        }
        return here.get().equals(claim.checksum())
                ? Optional.empty()
                : Optional.of(
                        "%s has seen another record %d, which began run %d"
                                .formatted(node, claim.number(), claim.run()));
    }

    /// How far the record is vouched for; 0 where nobody says anything.
    public long upTo() {
        return agreeing.values().stream().mapToLong(Claim::number).max().orElse(0);
    }

    /// Whether all that are heard agree, and somebody is.
    public boolean isVouchedFor() {
        return objections.isEmpty() && !agreeing.isEmpty();
    }
}
