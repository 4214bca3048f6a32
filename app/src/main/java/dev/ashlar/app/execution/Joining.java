package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.model.journal.Invitation;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.token.JoinToken;
import dev.ashlar.nodes.transport.CertificateScan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Machines that prove by a one-time token which node they are.
public final class Joining {
    private Joining() {}

    /// What became of the token that was given for a node.
    public sealed interface Found {
        /// It was shown.
        ///
        /// @param key that of the machine
        record Proven(HostKey key, Invitation by) implements Found {}

        /// By a machine that was revoked, or may be: a token does not lift that.
        record Refused(HostKey key, Judged revoked) implements Found {}

        /// The machine answers, and shows nothing that the token has certified.
        record NotShown() implements Found {}

        /// It could not be asked, or has not answered in time.
        record Unasked(String why) implements Found {}

        /// Nobody has come by it in time.
        record TooLate(Invitation by) implements Found {}
    }

    /// Asks the machines of a cluster for which a token was given and of which no site lists a key,
    /// all at once, and waits for a few seconds. Costs nothing where none was given. Nobody logs
    /// in.
    ///
    /// @return by node
    public static SequencedMap<String, Found> look(Cluster cluster, Instant now)
            throws InterruptedException {
        SequencedMap<String, Found> found = new TreeMap<>();
        Map<String, Invited> open = new TreeMap<>();
        for (Invited one : invited(cluster)) {
            String node = one.access().node();
            if (one.by().isOpen(now.toEpochMilli())) {
                found.put(node, new Found.Unasked("it has not answered yet"));
                open.put(node, one);
            } else if (cluster.past().verdicts().approved(node).isEmpty()) {
                found.put(node, new Found.TooLate(one.by()));
            }
        }
        if (!open.isEmpty()) {
            Machines machines =
                    Machines.of(cluster.past(), cluster.composition().providers().values());
            CertificateScan scan = new CertificateScan();
            Map<String, Found> answered = new ConcurrentHashMap<>();
            Together.each(
                    open.keySet(),
                    node ->
                            Optional.ofNullable(open.get(node))
                                    .ifPresent(one ->
                                            answered.put(node, look(one, scan, machines, now))));
            found.putAll(answered);
        }
        return found;
    }

    /// True while a machine may come by a token: the next look may find what this one did not.
    public static boolean isAwaited(Cluster cluster, Instant now) {
        return invited(cluster).stream().anyMatch(one -> one.by().isOpen(now.toEpochMilli()));
    }

    /// Who may come by a token.
    private record Invited(NodeAccess access, Invitation by) {}

    private static List<Invited> invited(Cluster cluster) {
        return cluster.composition().providers().values().stream()
                .flatMap(provider -> provider.machines().stream())
                .map(ProviderConfig.Machine::access)
                .filter(access -> !access.isVouchedFor())
                .filter(access -> cluster.graph().hasNode(access.node()))
                .flatMap(access ->
                        cluster.past().verdicts().invitation(access.node()).stream()
                                .filter(Invitation::isPending)
                                .map(by -> new Invited(access, by)))
                .toList();
    }

    private static Found look(Invited one, CertificateScan scan, Machines machines, Instant now) {
        NodeAccess access = one.access();
        Optional<Failure> before = access.jump().flatMap(machines::objection);
        if (before.isPresent()) {
            return new Found.Unasked(before.get().message());
        }
        return switch (shown(scan, access, one.by(), now)) {
            case CertificateScan.Outcome.Unseen(Failure why) -> new Found.Unasked(why.message());
            case CertificateScan.Outcome.NotShown _ -> new Found.NotShown();
            case CertificateScan.Outcome.Shown(var certificate) ->
                    machines.bar(access.node(), certificate.key())
                            .<Found>map(why -> new Found.Refused(certificate.key(), why))
                            .orElseGet(() -> new Found.Proven(certificate.key(), one.by()));
        };
    }

    /// Whether a machine shows now what a token has certified.
    static CertificateScan.Outcome shown(
            CertificateScan scan, NodeAccess access, Invitation by, Instant now) {
        String principal = JoinToken.principal(access.node());
        return scan.of(
                access,
                certificate ->
                        certificate.authority().equals(by.token())
                                && certificate.isFor(principal, now));
    }
}
