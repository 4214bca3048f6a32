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
import dev.ashlar.model.node.HostKey;
import java.time.Instant;
import java.util.Map;

/// Takes the machines that have proved by a one-time token which node they are, and says of the
/// others why not.
record Admitting(Cluster cluster, Terminal terminal) {

    /// The cluster with its record as it is afterwards.
    Cluster admit() throws InterruptedException {
        Instant now = Instant.now();
        Map<String, Found> found = Joining.look(cluster, now);
        found.forEach(this::warn);
        return isAnyTaken(found) ? cluster.asItIsNow() : cluster;
    }

    private void warn(String node, Found found) {
        switch (found) {
            case Found.Proven _ -> {}
            case Found.Refused(HostKey key, Judged revoked) ->
                    terminal.warn(
                            "warning: the token of %s is shown by %s, which was %s: it does not count"
                                    .formatted(node, key.fingerprint(), revoked.title()));
            case Found.NotShown _ ->
                    terminal.warn(
                            "warning: %s does not show yet what its token has to certify: run the script there"
                                    .formatted(node));
            case Found.Unasked(String why) ->
                    terminal.warn(
                            "warning: %s could not be asked for what its token certifies: %s"
                                    .formatted(node, why));
            case Found.TooLate(Invitation by) -> {
                terminal.warn(
                        "warning: the token of %s has ended: it held until %s"
                                .formatted(node, Times.at(by.untilMs())));
                terminal.warn("  help: `ashlar node token " + node + "` makes another");
            }
        }
    }

    /// Whoever acts on the cluster and does not listen is asked once: the next `up` takes the
    /// others.
    ///
    /// @return true where the record has changed
    private boolean isAnyTaken(Map<String, Found> found) throws InterruptedException {
        boolean isAny = false;
        for (Map.Entry<String, Found> one : found.entrySet()) {
            if (one.getValue() instanceof Found.Proven(HostKey key, Invitation by)) {
                if (!take(one.getKey(), key, by)) {
                    return isAny;
                }
                isAny = true;
            }
        }
        return isAny;
    }

    /// Two commands may look at once.
    private boolean isTakenByAnother(Judged proven) {
        return cluster.asItIsNow()
                .past()
                .verdicts()
                .on(proven.node())
                .filter(word -> word.token().equals(proven.token()))
                .filter(word -> word.keys().equals(proven.keys()))
                .isPresent();
    }

    /// @return false where whoever acts on the cluster does not listen
    private boolean take(String node, HostKey key, Invitation by) throws InterruptedException {
        String reason =
                "it proved itself by the token that %s gave at %s"
                        .formatted(by.given().who(), Times.at(by.given().atMs()));
        Judged proven = by.proven(key, reason, Operator.name(), Instant.now().toEpochMilli());
        Ruling.Entered entered = Ruling.enter(cluster.folder(), proven);
        switch (entered) {
            case HERE, BY_ANOTHER ->
                    terminal.say(
                            "%s has proved itself by its token: %s".formatted(node, key.listed()));
            case OVERTAKEN -> {
                if (!isTakenByAnother(proven)) {
                    terminal.warn(
                            "warning: the token of %s does not count any more: it has ended, or something else was said of its machine meanwhile"
                                    .formatted(node));
                }
            }
            case NOT ->
                    terminal.warn(
                            "warning: %s shows what its token certifies, and the command that acts on this cluster does not listen: the next `up` takes it"
                                    .formatted(node));
        }
        return entered != Ruling.Entered.NOT;
    }
}
