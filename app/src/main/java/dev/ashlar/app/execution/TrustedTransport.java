package dev.ashlar.app.execution;

import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.transport.Transport;
import java.util.Optional;

/// Leads only to machines that are trusted: whose host key is known and has not been revoked.
/// Nothing at all is sent to any other. Whatever speaks to nodes goes through it.
record TrustedTransport(Transport beneath, Machines machines) implements Transport {

    /// Who is revoked while it is being connected to is let go of.
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
        return opening;
    }

    @Override
    public String shell() {
        return beneath.shell();
    }
}
