package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.model.journal.Invitation;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.nodes.token.JoinToken;
import dev.ashlar.nodes.transport.CertificateScan;
import java.time.Instant;
import java.util.Collection;
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

        /// By a machine whose key was revoked: a token does not lift that.
        record Refused(HostKey key, Judged revoked) implements Found {}

        /// The machine answers, and shows nothing that the token has certified.
        record NotShown() implements Found {}

        /// Nobody has come by it in time.
        record TooLate(Invitation by) implements Found {}
    }

    /// Asks the machines of a cluster for which a token was given and of which no site lists a key,
    /// all at once, and waits for a few seconds. Costs nothing where none was given. Nobody logs
    /// in.
    ///
    /// @return by node; without those that cannot be asked now
    public static SequencedMap<String, Found> look(Cluster cluster, Instant now)
            throws InterruptedException {
        Collection<ProviderConfig> providers = cluster.composition().providers().values();
        Map<String, Invited> invited = new TreeMap<>();
        providers.stream()
                .flatMap(provider -> provider.machines().stream())
                .map(ProviderConfig.Machine::access)
                .filter(access -> !access.isVouchedFor())
                .filter(access -> cluster.graph().hasNode(access.node()))
                .forEach(access ->
                        cluster.past()
                                .verdicts()
                                .invitation(access.node())
                                .filter(Invitation::isPending)
                                .ifPresent(
                                        by -> invited.put(access.node(), new Invited(access, by))));
        if (invited.isEmpty()) {
            return new TreeMap<>();
        }
        Machines machines = Machines.of(cluster.past(), providers);
        Map<String, Found> found = new ConcurrentHashMap<>();
        Together.each(
                invited.keySet(),
                node ->
                        Optional.ofNullable(invited.get(node))
                                .flatMap(one -> look(one, machines, now))
                                .ifPresent(one -> found.put(node, one)));
        return new TreeMap<>(found);
    }

    /// Who may come by a token.
    private record Invited(NodeAccess access, Invitation by) {}

    private static Optional<Found> look(Invited one, Machines machines, Instant now) {
        if (!one.by().isOpen(now.toEpochMilli())) {
            return Optional.of(new Found.TooLate(one.by()));
        }
        if (one.access().jump().flatMap(machines::objection).isPresent()) {
            return Optional.empty();
        }
        return switch (shown(one.access(), one.by(), now)) {
            case CertificateScan.Outcome.Unseen _ -> Optional.empty();
            case CertificateScan.Outcome.NotShown _ -> Optional.of(new Found.NotShown());
            case CertificateScan.Outcome.Shown(var certificate) ->
                    Optional.of(
                            machines.revocation(certificate.key())
                                    .<Found>map(why -> new Found.Refused(certificate.key(), why))
                                    .orElseGet(
                                            () -> new Found.Proven(certificate.key(), one.by())));
        };
    }

    /// Whether a machine shows now what a token has certified.
    static CertificateScan.Outcome shown(NodeAccess access, Invitation by, Instant now) {
        String principal = JoinToken.principal(access.node());
        return CertificateScan.of(
                access,
                certificate ->
                        certificate.authority().equals(by.token())
                                && certificate.isFor(principal, now));
    }
}
