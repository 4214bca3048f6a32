package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.Operator;
import dev.ashlar.app.execution.Joining;
import dev.ashlar.app.execution.Joining.Found;
import dev.ashlar.app.execution.Ruling;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.app.terminal.Times;
import dev.ashlar.model.journal.Invitation;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.JournalRecord.Verdict;
import dev.ashlar.model.node.HostKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Takes the machines that have proved by a one-time token which node they are, and says of the
/// others why not.
record Admitting(Cluster cluster, Terminal terminal) {

    /// The cluster with its record as it is afterwards.
    Cluster admit() throws InterruptedException {
        boolean isAny = false;
        Instant now = Instant.now();
        for (Map.Entry<String, Found> one : Joining.look(cluster, now).entrySet()) {
            String node = one.getKey();
            switch (one.getValue()) {
                case Found.Proven(HostKey key, Invitation by) ->
                        isAny |= admit(node, key, by, now.toEpochMilli());
                case Found.Refused(HostKey key, Judged revoked) ->
                        terminal.warn(
                                "warning: the token of %s is shown by %s, which was %s: it does not count"
                                        .formatted(node, key.fingerprint(), revoked.title()));
                case Found.NotShown _ ->
                        terminal.warn(
                                "warning: %s does not show yet what its token has to certify: run the script there"
                                        .formatted(node));
                case Found.TooLate(Invitation by) -> {
                    terminal.warn(
                            "warning: the token of %s has ended: it held until %s"
                                    .formatted(node, Times.at(by.untilMs())));
                    terminal.warn("  help: `ashlar node token " + node + "` makes another");
                }
            }
        }
        return isAny ? cluster.asItIsNow() : cluster;
    }

    /// @return false where whoever acts on the cluster does not listen: then the next command asks
    ///   again
    private boolean admit(String node, HostKey key, Invitation by, long nowMs)
            throws InterruptedException {
        String reason =
                "it proved itself by the token that %s gave at %s"
                        .formatted(by.given().who(), Times.at(by.given().atMs()));
        Judged admitted =
                new Judged(node, Verdict.APPROVED, List.of(key), reason, Operator.name(), nowMs);
        boolean isEntered = Ruling.enter(cluster.folder(), admitted) != Ruling.Entered.NOT;
        if (isEntered) {
            terminal.say("%s has proved itself by its token: %s".formatted(node, key.listed()));
        }
        return isEntered;
    }
}
