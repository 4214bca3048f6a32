package dev.ashlar.app.execution;

import dev.ashlar.app.terminal.Times;
import dev.ashlar.model.journal.Invitation;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.work.Failure;
import java.util.Optional;

/// Why a machine is not spoken to.
final class Distrust {
    private static final String UNAPPROVED = "unapproved";

    private Distrust() {}

    /// @param invited the last token for it, where one was given
    static Failure unapproved(NodeAccess access, Optional<Invitation> invited) {
        return invited.filter(Invitation::isPending)
                .map(one -> unproved(access, one))
                .orElseGet(() -> unapproved(access));
    }

    private static Failure unapproved(NodeAccess access) {
        String node = access.node();
        return Failure.lasting(
                        UNAPPROVED,
                        Failure.Fault.ACCESS,
                        "%s (%s:%d) waits for approval: nobody vouches for a host key of it"
                                .formatted(node, access.address(), access.port()))
                .withHint(
                        "Nothing was sent. `ashlar node show %s` asks which key answers there; if its own console says the same (`ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub`), `ashlar node approve %s` takes it."
                                .formatted(node, node));
    }

    private static Failure unproved(NodeAccess access, Invitation invited) {
        return Failure.lasting(
                        UNAPPROVED,
                        Failure.Fault.ACCESS,
                        "%s (%s:%d) has not proved by its token who it is"
                                .formatted(access.node(), access.address(), access.port()))
                .withHint(
                        "Nothing was sent. %s gave a token for it that counts until %s: run the script there before, and this again; `ashlar node token %s` makes another. A machine that was revoked comes back by `ashlar node approve %s` alone."
                                .formatted(
                                        invited.given().who(),
                                        Times.at(invited.untilMs()),
                                        access.node(),
                                        access.node()));
    }

    /// A machine shows what a token has certified, and the token is no good any more.
    ///
    /// @param shown by the machine that answers
    /// @param ended the word on the node that ended the token
    static Failure spent(NodeAccess access, HostKey shown, Judged ended) {
        String node = access.node();
        return Failure.lasting(
                        "token-spent",
                        Failure.Fault.ACCESS,
                        "%s (%s:%d) shows %s by a token that was spent: %s was %s, %s"
                                .formatted(
                                        node,
                                        access.address(),
                                        access.port(),
                                        shown.fingerprint(),
                                        node,
                                        ended.title(),
                                        Times.at(ended.atMs())))
                .withHint(
                        "Nothing was sent. A token counts once. Where the machine was made anew, `ashlar node token %s` gives another; where it was not, somebody else has had the token: `ashlar node revoke %s`."
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
