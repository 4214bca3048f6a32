package dev.ashlar.engine.past;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.JournalRecord.Verdict;
import dev.ashlar.model.journal.Verdicts;
import dev.ashlar.model.node.HostKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private static final HostKey FIRST = new HostKey("ssh-ed25519", "AAAA1");
    private static final HostKey SECOND = new HostKey("ssh-rsa", "AAAA2");

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
        assertThat(revoked.revocation(List.of(new HostKey("ssh-rsa", "AAAA3")))).isEmpty();
        Verdicts lifted = after("n-2", Verdict.APPROVED, SECOND);
        assertThat(lifted.revocation(List.of(SECOND))).isEmpty();
        assertThat(lifted.revocation(List.of(SECOND, FIRST))).isPresent();
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
