package dev.ashlar.app.execution;

import dev.ashlar.app.terminal.Times;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.work.Failure;

/// Why a machine is not spoken to.
final class Distrust {
    private Distrust() {}

    static Failure unapproved(NodeAccess access) {
        String node = access.node();
        return Failure.lasting(
                        "unapproved",
                        Failure.Fault.ACCESS,
                        "%s (%s:%d) waits for approval: nobody vouches for a host key of it"
                                .formatted(node, access.address(), access.port()))
                .withHint(
                        "Nothing was sent. `ashlar node show %s` asks which key answers there; if its own console says the same (`ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub`), `ashlar node approve %s` takes it."
                                .formatted(node, node));
    }

    /// @param host the machine that is meant, which may be one on the way
    static Failure revoked(NodeAccess host, Judged verdict) {
        return Failure.lasting(
                        "revoked",
                        Failure.Fault.ACCESS,
                        "%s (%s:%d) is not trusted: %s, %s"
                                .formatted(
                                        host.node(),
                                        host.address(),
                                        host.port(),
                                        verdict.title(),
                                        Times.at(verdict.atMs())))
                .withHint(
                        "Nothing was sent. A machine that was made anew shows another key; `ashlar node approve %s` takes this one back."
                                .formatted(verdict.node()));
    }
}
