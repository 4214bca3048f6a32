package dev.ashlar.engine.past;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.journal.Invitation;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.JournalRecord.Verdict;
import dev.ashlar.model.journal.Verdicts;
import dev.ashlar.model.node.HostKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private static final HostKey FIRST = new HostKey("ssh-ed25519", "AAAA1");
    private static final HostKey SECOND = new HostKey("ssh-rsa", "AAAA2");

    private static final HostKey TOKEN = new HostKey("ssh-ed25519", "AAAA3");

    private final Past past = new Past();

    private Verdicts after(String node, Verdict verdict, HostKey... keys) {
        past.apply(new Judged(node, verdict, List.of(keys), "why", "ann", 5));
        return past.verdicts();
    }

    @Test
    void theLastWordOnANodeCounts() {
        assertThat(after("n-1", Verdict.APPROVED, FIRST).approved("n-1")).containsExactly(FIRST);
        assertThat(after("n-1", Verdict.APPROVED, SECOND).approved("n-1")).containsExactly(SECOND);
        assertThat(after("n-1", Verdict.REVOKED, SECOND).approved("n-1")).isEmpty();
        assertThat(past.verdicts().approved("n-2")).isEmpty();
        assertThat(past.verdicts().on("n-1").orElseThrow().title())
                .isEqualTo("revoked by ann: why");
    }

    /// Else a machine would be trusted again for having got another name.
    @Test
    void aRevokedKeyIsRevokedWhateverNodeItStandsFor() {
        Verdicts revoked = after("n-1", Verdict.REVOKED, FIRST, SECOND);
        assertThat(revoked.revocation(List.of(SECOND))).isPresent();
        assertThat(revoked.revocation(List.of(new HostKey("ssh-rsa", "AAAA4")))).isEmpty();
        Verdicts lifted = after("n-2", Verdict.APPROVED, SECOND);
        assertThat(lifted.revocation(List.of(SECOND))).isEmpty();
        assertThat(lifted.revocation(List.of(SECOND, FIRST))).isPresent();
    }

    /// A token's key is no machine's: it neither makes one trusted nor takes anything back.
    @Test
    void anInvitationIsNoWordOnAMachine() {
        after("n-1", Verdict.APPROVED, FIRST);
        after("n-2", Verdict.REVOKED, TOKEN);
        Verdicts invited = invite("n-1", 100);
        assertThat(invited.approved("n-1")).containsExactly(FIRST);
        assertThat(invited.on("n-1").orElseThrow().verdict()).isEqualTo(Verdict.APPROVED);
        assertThat(invited.revocation(List.of(TOKEN))).isPresent();
        assertThat(invite("n-3", 100).on("n-3")).isEmpty();
    }

    @Test
    void anInvitationHoldsForOneMachineAndATime() {
        assertThat(past.verdicts().invitation("n-1")).isEmpty();
        Invitation open = invite("n-1", 100).invitation("n-1").orElseThrow();
        assertThat(open.token()).isEqualTo(TOKEN);
        assertThat(open.isOpen(99)).isTrue();
        assertThat(open.isOpen(100)).isFalse();

        after("n-2", Verdict.APPROVED, SECOND);
        assertThat(past.verdicts().invitation("n-1").orElseThrow().isOpen(99))
                .as("what is said of another does not end it")
                .isTrue();
        Invitation used = after("n-1", Verdict.APPROVED, FIRST).invitation("n-1").orElseThrow();
        assertThat(used.isOpen(99)).isFalse();
        assertThat(used.ended().orElseThrow().keys()).containsExactly(FIRST);

        Invitation another = invite("n-1", 200).invitation("n-1").orElseThrow();
        assertThat(another.isOpen(150)).isTrue();
        assertThat(after("n-1", Verdict.REVOKED, FIRST).invitation("n-1").orElseThrow().isOpen(150))
                .isFalse();
    }

    /// Else what a person says in the moment in which a machine comes would be overtaken.
    @Test
    void aWordByATokenCountsOnlyWhileTheTokenDoes() {
        assertThat(past.verdicts().admits(proven("n-1", TOKEN, 50))).isFalse();
        Verdicts invited = invite("n-1", 100);
        assertThat(invited.admits(proven("n-1", TOKEN, 99))).isTrue();
        assertThat(invited.admits(proven("n-1", TOKEN, 100))).as("too late").isFalse();
        assertThat(invited.admits(proven("n-2", TOKEN, 50))).as("another node").isFalse();
        assertThat(invited.admits(proven("n-1", SECOND, 50))).as("another token").isFalse();

        assertThat(after("n-2", Verdict.REVOKED, FIRST).admits(proven("n-1", TOKEN, 50)))
                .as("the key was revoked for another node")
                .isFalse();
        after("n-2", Verdict.APPROVED, FIRST);
        assertThat(past.verdicts().admits(proven("n-1", TOKEN, 50))).isTrue();
        past.apply(proven("n-1", TOKEN, 50));
        assertThat(past.verdicts().approved("n-1")).containsExactly(FIRST);
        assertThat(past.verdicts().admits(proven("n-1", TOKEN, 51))).as("spent").isFalse();
    }

    @Test
    void whatAPersonSaysMeanwhileEndsAToken() {
        invite("n-1", 100);
        Verdicts revoked = after("n-1", Verdict.REVOKED);
        assertThat(revoked.admits(proven("n-1", TOKEN, 50))).isFalse();
        assertThat(
                        revoked.admits(
                                new Judged("n-1", Verdict.APPROVED, List.of(FIRST), "", "ann", 5)))
                .as("a person may say anything")
                .isTrue();
        assertThat(invite("n-1", 100).admits(proven("n-1", TOKEN, 50)))
                .as("the machine that was revoked was known by no key: this may be it")
                .isFalse();
        after("n-1", Verdict.REVOKED, SECOND);
        assertThat(invite("n-1", 100).admits(proven("n-1", TOKEN, 50)))
                .as("it was revoked by another key")
                .isTrue();
    }

    private static Judged proven(String node, HostKey token, long atMs) {
        return new Invitation(Invitation.word(node, token, "", "ann", 5, 100), Optional.empty())
                .proven(FIRST, "", "ann", atMs);
    }

    private Verdicts invite(String node, long untilMs) {
        past.apply(Invitation.word(node, TOKEN, "", "ann", 5, untilMs));
        return past.verdicts();
    }

    /// Verdicts are of no run, and a checkpoint keeps them.
    @Test
    void theyAreNoRunAndAreKept() {
        after("n-1", Verdict.APPROVED, FIRST);
        assertThat(past.runs()).isEmpty();
        assertThat(past.nextRun()).isEqualTo(1);
        assertThat(past.records()).isEqualTo(1);
        assertThat(Past.of(past.checkpoint()).verdicts()).isEqualTo(past.verdicts());
    }
}
