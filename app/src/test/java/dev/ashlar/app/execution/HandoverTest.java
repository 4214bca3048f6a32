package dev.ashlar.app.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.app.cluster.Underway;
import dev.ashlar.app.execution.Handover.Outcome;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.store.Requests.Request;
import dev.ashlar.store.folder.ControllerLock;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import dev.ashlar.store.sqlite.SqliteRequests;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One who waits for a run to give way, beside who holds the cluster.
@Timeout(60)
class HandoverTest {
    private static final RunStarted STARTED =
            new RunStarted(
                    1,
                    Purpose.UP,
                    "c",
                    "here",
                    "g",
                    "me",
                    "1",
                    "",
                    new LinkedHashMap<>(),
                    List.of(),
                    0);

    @TempDir private Path folder = Path.of("");
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private Optional<Running> running = Optional.empty();

    /// The process that carries the run out.
    private record Running(StateFolder state, ControllerLock lock, SqliteRequests requests) {

        Underway underWay() {
            return new Underway(ControllerLock.holder(state).orElseThrow(), STARTED, Set.of());
        }

        void append(JournalRecord... records) {
            try (SqliteJournal journal = SqliteJournal.open(state)) {
                journal.append(List.of(records));
            }
        }

        Request asked() {
            return await().until(() -> requests.after(0), all -> !all.isEmpty()).getLast();
        }

        boolean hears() {
            return requests.turn(asked().number(), Amender.ASKED, Amender.TAKEN);
        }
    }

    @BeforeEach
    void aRunIsUnderWay() {
        StateFolder state = StateFolder.open(folder);
        ControllerLock lock = ((ControllerLock.Attempt.Taken) ControllerLock.take(state)).lock();
        running = Optional.of(new Running(state, lock, SqliteRequests.open(state)));
        running().append(STARTED);
    }

    @AfterEach
    void itEnds() {
        running().requests().close();
        running().lock().close();
    }

    private Running running() {
        return running.orElseThrow();
    }

    private Handover ask(Underway run) {
        return Handover.ask(folder, running().state(), run, "", TimeLimit.none(), said::add);
    }

    private static CompletableFuture<Outcome> waits(Handover handover, Duration patience) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return handover.await(patience);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void closeGranted(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Granted.class);
        ((Outcome.Granted) outcome).acting().close();
    }

    @Test
    void goesOnOnceTheRunHasGivenWayAndSaysMeanwhileWhatItWaitsFor() {
        InstanceKey key = InstanceKey.onNode("kv", "run", "n-1");
        running()
                .append(
                        new Intended(
                                1,
                                key,
                                "i-1",
                                Effect.DO,
                                1,
                                "f",
                                "p/kv",
                                Optional.empty(),
                                List.of(),
                                0));
        try (Handover handover = ask(running().underWay())) {
            CompletableFuture<Outcome> outcome = waits(handover, Handover.PATIENCE);
            assertThat(Amender.parse(running().asked().argument()).orElseThrow())
                    .isEqualTo(Amender.ofThisProcess(1, ""));
            assertThat(running().hears()).isTrue();
            await().until(() -> !said.isEmpty());
            running().append(new RunEnded(1, RunEnded.AMENDED, 0, 0, 0, 0, false, 0));
            running().lock().close();
            closeGranted(outcome.join());
        }
        assertThat(said).containsExactly("waiting for 1 step of run 1 to finish: kv.run@n-1");
    }

    @Test
    void takesItsRequestBackWhereNobodyHears() throws InterruptedException {
        try (Handover handover = ask(running().underWay())) {
            assertThat(handover.await(Duration.ZERO)).isInstanceOf(Outcome.Unheard.class);
        }
        assertThat(running().asked().kind()).isEqualTo(Amender.WITHDRAWN);
        assertThat(running().hears()).isFalse();
    }

    @Test
    void waitsForTheProcessOfARunThatIsOverThoughThatHearsNothing() {
        running().append(new RunEnded(1, RunEnded.DONE, 0, 0, 0, 0, false, 0));
        try (Handover handover = ask(running().underWay())) {
            CompletableFuture<Outcome> outcome = waits(handover, Duration.ZERO);
            assertThat(running().asked().kind()).isEqualTo(Amender.ASKED);
            running().lock().close();
            closeGranted(outcome.join());
        }
    }

    @Test
    void goesOnWhereTheRunsProcessDiesUnheard() {
        try (Handover handover = ask(running().underWay())) {
            CompletableFuture<Outcome> outcome = waits(handover, Handover.PATIENCE);
            running().lock().close();
            closeGranted(outcome.join());
        }
        assertThat(running().asked().kind()).isEqualTo(Amender.WITHDRAWN);
    }

    @Test
    void whoEndsTheWaitTakesTheRequestBackUnlessItWasHeard() throws InterruptedException {
        try (Handover handover = ask(running().underWay())) {
            handover.stop();
            assertThat(handover.await(Handover.PATIENCE)).isEqualTo(new Outcome.Stopped(true));
        }
        try (Handover handover = ask(running().underWay())) {
            assertThat(running().hears()).isTrue();
            handover.stop();
            assertThat(handover.await(Handover.PATIENCE)).isEqualTo(new Outcome.Stopped(false));
        }
    }

    @Test
    void saysWhoWasFaster() throws InterruptedException {
        ControllerLock.Holder now = running().underWay().holder();
        ControllerLock.Holder before = new ControllerLock.Holder(1, now.host(), Instant.EPOCH);
        try (Handover handover = ask(new Underway(before, STARTED, Set.of()))) {
            assertThat(handover.await(Handover.PATIENCE)).isEqualTo(new Outcome.Overtaken(now));
        }
    }

    @Test
    void aSecondKnowsOfTheFirstUntilThatTakesItBack() throws InterruptedException {
        Underway run = running().underWay();
        assertThat(Handover.another(running().state(), run)).isEmpty();
        try (Handover handover = ask(run)) {
            assertThat(Handover.another(running().state(), run))
                    .contains(Amender.ofThisProcess(1, ""));
            handover.stop();
            assertThat(handover.await(Handover.PATIENCE)).isEqualTo(new Outcome.Stopped(true));
        }
        assertThat(Handover.another(running().state(), run)).isEmpty();
    }

    @Test
    void ofTwoTheSecondIsToldAsItAsksAndTheFirstGoesOn() throws InterruptedException {
        Underway run = running().underWay();
        try (Handover first = ask(run);
                Handover second = ask(run)) {
            assertThat(second.await(Handover.PATIENCE))
                    .isEqualTo(new Outcome.Second(Amender.ofThisProcess(1, "")));
            assertThat(running().asked().kind()).isEqualTo(Amender.WITHDRAWN);
            running().lock().close();
            closeGranted(first.await(Handover.PATIENCE));
        }
    }

    @Test
    void whoAskedAndIsGoneBarsNobodyWhoeverHasItsNumberNow() {
        Asker now = Asker.ofThisProcess();
        Amender gone =
                new Amender(1, new Asker(now.pid(), now.began() + 1, now.host(), "gone"), "");
        assertThat(now.isThere()).isTrue();
        running().requests().append(Amender.TAKEN, gone.text());
        Underway run = running().underWay();
        assertThat(Handover.another(running().state(), run)).isEmpty();
        assertThat(Handover.anybody(running().state())).isEmpty();
        try (Handover handover = ask(run)) {
            CompletableFuture<Outcome> outcome = waits(handover, Handover.PATIENCE);
            running().lock().close();
            closeGranted(outcome.join());
        }
    }

    @Test
    void aCancelEndsTheWaitToo() throws InterruptedException {
        Cancellation cancel = new Cancellation(false, "ann");
        try (Handover handover = ask(running().underWay())) {
            assertThat(running().hears()).isTrue();
            running().requests().append(Cancellation.KIND, cancel.text());
            assertThat(handover.await(Handover.PATIENCE)).isEqualTo(new Outcome.Cancelled("ann"));
        }
    }

    @Test
    void aCancelThatComesAsTheRunEndsLeavesTheClusterToNobody() throws InterruptedException {
        try (Handover handover = ask(running().underWay())) {
            assertThat(running().hears()).isTrue();
            running().lock().close();
            assertThat(Handover.anybody(running().state())).isPresent();
            running().requests().append(Cancellation.KIND, new Cancellation(true, "ann").text());
            assertThat(handover.await(Handover.PATIENCE)).isEqualTo(new Outcome.Cancelled("ann"));
        }
        assertThat(ControllerLock.holder(running().state())).isEmpty();
    }

    @Test
    void aRequestIsReadAsItWasWrittenWhateverTheUserIsCalled() {
        Amender amender =
                new Amender(12, new Asker(345, 6, "host.example", "Ann Lee"), "--limit a");
        assertThat(Amender.parse(amender.text())).contains(amender);
        assertThat(amender).hasToString("Ann Lee (process 345 on host.example)");
        assertThat(amender.withPart())
                .isEqualTo("Ann Lee (process 345 on host.example) for --limit a alone");
        assertThat(Amender.parse("now")).isEmpty();
    }
}
