package dev.ashlar.app.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.past.Past;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.JournalRecord.Succeeded;
import dev.ashlar.model.journal.JournalRecord.Verdict;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.node.ProviderConfig.Machine;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which machines may be spoken to.
class MachinesTest {
    private static final HostKey FIRST = new HostKey("ssh-ed25519", "AAAAMQ==");
    private static final HostKey SECOND = new HostKey("ssh-ed25519", "AAAAMg==");

    private final Past past = new Past();

    private void said(String node, Verdict verdict, HostKey... keys) {
        past.apply(new Judged(node, verdict, List.of(keys), "", "ann", 5));
    }

    private static NodeAccess access(
            List<HostKey> keys, List<HostKey> authorities, Optional<NodeAccess> jump) {
        return new NodeAccess(
                "n-1", "10.0.0.1", 22, "root", Path.of("key"), keys, authorities, false, jump);
    }

    private static NodeAccess by(HostKey... keys) {
        return access(List.of(keys), List.of(), Optional.empty());
    }

    private static NodeAccess certified() {
        return access(List.of(), List.of(SECOND), Optional.empty());
    }

    /// Why nothing is sent to it: the kind of the failure.
    private Optional<String> objection(NodeAccess listed) {
        Machines machines = Machines.of(past, List.of());
        machines.found(listed);
        return machines.access("n-1").flatMap(machines::objection).map(Failure::kind);
    }

    @Test
    void oneThatNobodyVouchesForIsNot() {
        assertThat(objection(by())).contains("unapproved");
        assertThat(objection(by(FIRST))).isEmpty();
        assertThat(objection(certified())).isEmpty();
        said("n-2", Verdict.APPROVED, FIRST);
        assertThat(objection(by())).as("approved as another").contains("unapproved");
        said("n-1", Verdict.APPROVED, FIRST);
        assertThat(objection(by())).isEmpty();
    }

    @Test
    void oneWhoseKeyWasRevokedIsNotWhateverItIsCalled() {
        said("n-2", Verdict.REVOKED, FIRST);
        assertThat(objection(by(SECOND, FIRST))).contains("revoked");
        assertThat(objection(by(SECOND))).isEmpty();
        said("n-1", Verdict.APPROVED, FIRST);
        assertThat(objection(by(FIRST))).isEmpty();
    }

    @Test
    void oneBehindAHostThatWasRevokedIsNot() {
        NodeAccess behind = access(List.of(FIRST), List.of(), Optional.of(by(SECOND)));
        assertThat(objection(behind)).isEmpty();
        said("gate", Verdict.REVOKED, SECOND);
        assertThat(objection(behind)).contains("revoked");
    }

    /// It can show another key that is certified, or was known by none.
    @Test
    void oneThatIsKnownByNoKeyIsRevokedByItsName() {
        said("n-1", Verdict.REVOKED, FIRST);
        assertThat(objection(certified())).contains("revoked");
        assertThat(objection(by(SECOND))).as("made anew, and listed as that").isEmpty();
        said("n-1", Verdict.REVOKED);
        assertThat(objection(by(SECOND))).contains("revoked");
    }

    /// Who vouched before, on record, does not any more.
    @Test
    void whoVouchesIsForTheFilesToSay() {
        acquired(access(List.of(FIRST), List.of(SECOND), Optional.empty()));
        assertThat(Machines.of(past, List.of()).names()).containsExactly("n-1");
        assertThat(Machines.of(past, List.of()).pinned().names()).isEmpty();

        assertThat(listed(by(SECOND))).isEqualTo(by(SECOND));
        assertThat(listed(by()).isVouchedFor()).isFalse();
        said("n-1", Verdict.APPROVED, SECOND);
        assertThat(listed(by())).isEqualTo(by(SECOND));
    }

    private void acquired(NodeAccess access) {
        Owned machine = Machines.of(past, List.of()).learned(access, "p", "inventory");
        past.apply(
                new Succeeded(
                        1,
                        InstanceKey.acquire("n-1"),
                        "i",
                        Effect.DO,
                        "",
                        List.of(),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        List.of(machine),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        new LinkedHashMap<>(),
                        5));
    }

    /// How it is reached where the files list it so.
    private NodeAccess listed(NodeAccess now) {
        Span span = Span.wholeFile("sites/mine.yaml");
        ProviderConfig provider =
                new ProviderConfig(
                        "p",
                        "inventory",
                        new LinkedHashMap<>(),
                        List.of(new Machine("n-1", now, new LinkedHashMap<>(), span)),
                        span);
        return Machines.of(past, List.of(provider)).access("n-1").orElseThrow();
    }
}
