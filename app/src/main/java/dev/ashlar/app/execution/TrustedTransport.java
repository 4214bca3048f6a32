package dev.ashlar.app.execution;

import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.transport.CertificateScan;
import dev.ashlar.nodes.transport.Transport;
import java.time.Instant;
import java.util.Optional;

/// Leads only to machines that are trusted: whose host key is known and has not been revoked.
/// Nothing at all is sent to any other. Whatever speaks to nodes goes through it.
record TrustedTransport(Transport beneath, Machines machines) implements Transport {

    /// Who is revoked while it is being connected to is let go of. One that shows another key, at a
    /// node that has come by a token, is asked once more, for its certificate.
    @Override
    public Opening open(NodeAccess access) {
        Optional<Failure> before = machines.objection(access);
        if (before.isPresent()) {
            return new Opening.Refused(before.get());
        }
        Opening opening = beneath.open(access);
        Optional<Failure> since = machines.objection(access);
        if (since.isPresent()) {
            if (opening instanceof Opening.Opened(var connection)) {
                connection.close();
            }
            return new Opening.Refused(since.get());
        }
        return opening instanceof Opening.Refused(Failure why) && why.kind().equals(HOST_KEY)
                ? new Opening.Refused(secondByToken(access).orElse(why))
                : opening;
    }

    /// Why a machine shows another key than the one that is known: it comes by a token by which the
    /// node has come already.
    private Optional<Failure> secondByToken(NodeAccess access) {
        return machines.spent(access)
                .filter(_ -> access.jump().flatMap(machines::objection).isEmpty())
                .flatMap(spent ->
                        Joining.shown(new CertificateScan(), access, spent, Instant.now())
                                        instanceof CertificateScan.Outcome.Shown(var certificate)
                                ? Optional.of(
                                        Distrust.spent(
                                                access,
                                                certificate.key(),
                                                spent.ended().orElseThrow()))
                                : Optional.empty());
    }

    @Override
    public String shell() {
        return beneath.shell();
    }
}
