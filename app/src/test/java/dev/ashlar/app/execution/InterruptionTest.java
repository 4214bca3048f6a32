package dev.ashlar.app.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.run.Core;
import dev.ashlar.engine.run.Settings;
import dev.ashlar.engine.shell.Conductor;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.journal.Invitation;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.JournalRecord.Verdict;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.store.Requests.Request;
import dev.ashlar.store.sqlite.SqliteRequests;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a run hears of other processes.
class InterruptionTest {
    private static final long RUN = 1;
    private static final String FINISHING =
            "nothing new is started, what runs finishes: kv.run@n-1";
    private static final String CANCELLED = "cancelled by ann (process 7 on h): ";

    private static final Judged VERDICT =
            new Judged(
                    "n-1",
                    Verdict.REVOKED,
                    List.of(new HostKey("ssh-ed25519", "AAAA")),
                    "lost",
                    "ann",
                    7);

    private static final HostKey TOKEN = new HostKey("ssh-ed25519", "AAAA/w==");
    private static final Judged INVITATION = Invitation.word("n-1", TOKEN, "", "ann", 6, 9);
    private static final Judged PROVEN =
            new Invitation(INVITATION, Optional.empty())
                    .proven(new HostKey("ssh-ed25519", "AAAA"), "", "ann", 7);

    @TempDir private Path folder = Path.of("");
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final Queue<Judged> judged = new ConcurrentLinkedQueue<>();
    private Optional<Acting> taken = Optional.empty();
    private Optional<SqliteRequests> opened = Optional.empty();

    @BeforeEach
    void somebodyHasTheCluster() {
        taken = Optional.of(((Acting.Attempt.Granted) Acting.take(folder)).acting());
        opened = Optional.of(SqliteRequests.open(acting().state()));
    }

    @AfterEach
    void itEnds() {
        others().close();
        acting().close();
    }

    private Acting acting() {
        return taken.orElseThrow();
    }

    /// As another process sees them.
    private SqliteRequests others() {
        return opened.orElseThrow();
    }

    private Interruption hears() {
        Core core =
                Core.up(
                        Settings.of(RUN, "l"),
                        Graph.of(Composition.empty("c")),
                        acting().past(),
                        Set.of(),
                        Selection.WHOLE,
                        Set.of());
        Conductor conductor =
                new Conductor(
                        core,
                        acting().journal(),
                        (_, _) -> {
                            throw new IllegalStateException("nothing is to be done");
                        },
                        Clock.systemUTC(),
                        _ -> {});
        return new Interruption(
                conductor,
                acting().requests(),
                RUN,
                acting().heard(),
                said::add,
                () -> "kv.run@n-1",
                this::judge,
                TimeLimit.none());
    }

    private boolean judge(Judged verdict) {
        if (verdict.token().isPresent()) {
            return false; // None was given.
        }
        acting().journal().append(List.of(verdict));
        return judged.add(verdict);
    }

    private void cancels(boolean now) {
        others().append(Cancellation.KIND, new Cancellation(now, "ann (process 7 on h)").text());
    }

    private Amender asks(Amender amender) {
        others().append(Amender.ASKED, amender.text());
        return amender;
    }

    /// One whose process has gone, and another has its number.
    private static Amender gone() {
        Asker now = Asker.ofThisProcess();
        return new Amender(RUN, new Asker(now.pid(), now.began() + 1, now.host(), "gone"), "");
    }

    private void awaitSaid(Predicate<String> wanted) {
        await().until(() -> said.stream().anyMatch(wanted));
    }

    @Test
    void aCancelLetsWhatRunsFinishAndTheNextStopsItAndBothSayWhoseTheyAre() {
        try (Interruption _ = hears()) {
            cancels(false);
            awaitSaid(line -> line.startsWith(CANCELLED + FINISHING));
            cancels(false);
            awaitSaid(line -> line.startsWith(CANCELLED + "stopping what runs"));
        }
    }

    @Test
    void aVerdictIsPutOnRecordByWhoActsAndHeGoesByIt() throws Exception {
        try (Interruption _ = hears()) {
            assertThat(Ruling.enter(folder, VERDICT)).isEqualTo(Ruling.Entered.BY_ANOTHER);
            awaitSaid(line -> line.equals("the machine of n-1 was revoked by ann: lost"));
        }
        assertThat(judged).containsExactly(VERDICT);
    }

    @Test
    void aVerdictIsPutOnRecordOnceWhereNobodyActs() throws Exception {
        itEnds();
        assertThat(Ruling.enter(folder, VERDICT)).isEqualTo(Ruling.Entered.HERE);
        assertThat(Ruling.enter(folder, VERDICT)).isEqualTo(Ruling.Entered.BY_ANOTHER);
        somebodyHasTheCluster();
        assertThat(acting().past().verdicts().all()).containsExactly(VERDICT);
        assertThat(acting().past().runs()).isEmpty();
    }

    @Test
    void aWordByATokenThatDoesNotCountAnyMoreIsOnNoRecord() throws Exception {
        try (Interruption _ = hears()) {
            assertThat(Ruling.enter(folder, PROVEN)).isEqualTo(Ruling.Entered.OVERTAKEN);
        }
        assertThat(others().after(0)).extracting(Request::kind).containsExactly("judge-overtaken");
        itEnds();
        assertThat(Ruling.enter(folder, PROVEN)).isEqualTo(Ruling.Entered.OVERTAKEN);
        assertThat(Ruling.enter(folder, INVITATION)).isEqualTo(Ruling.Entered.HERE);
        assertThat(Ruling.enter(folder, PROVEN)).isEqualTo(Ruling.Entered.HERE);
        somebodyHasTheCluster();
        assertThat(acting().past().verdicts().all()).containsExactly(INVITATION, PROVEN);
    }

    @Test
    void aCancelOfARunThatGivesWayLetsWhatRunsFinishAndNobodyGoesOn() {
        try (Interruption run = hears()) {
            Amender amender = asks(Amender.ofThisProcess(RUN, "--limit a"));
            awaitSaid(line ->
                    line.startsWith(
                            "run 1 is amended by "
                                    + amender
                                    + " for --limit a alone: "
                                    + FINISHING));
            assertThat(run.amender()).contains(amender);
            cancels(false);
            awaitSaid(line -> line.startsWith(CANCELLED + FINISHING));
            assertThat(run.amender()).isEmpty();
            assertThat(said).noneMatch(line -> line.contains("stopping"));
            cancels(true);
            awaitSaid(line -> line.startsWith(CANCELLED + "stopping what runs"));
        }
    }

    @Test
    void aCancelThatCameBeforeTheRunWasOnRecordIsHeard() {
        cancels(false);
        try (Interruption _ = hears()) {
            awaitSaid(line -> line.startsWith(CANCELLED + FINISHING));
        }
    }

    @Test
    void aRequestOfAProcessThatIsGoneEndsNothingAndIsNoBarToTheNext() {
        try (Interruption run = hears()) {
            asks(gone());
            Amender amender = asks(Amender.ofThisProcess(RUN, ""));
            await().until(() -> run.amender().isPresent());
            assertThat(run.amender()).contains(amender);
        }
        assertThat(others().after(0))
                .extracting(Request::kind)
                .containsExactly(Amender.ASKED, Amender.TAKEN);
    }
}
