package dev.ashlar.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.run.Core;
import dev.ashlar.engine.run.Settings;
import dev.ashlar.engine.run.Totals;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.composition.SiteSpec;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.journal.Journal;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Report;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConductorTest {
    private static final Span HERE = Span.wholeFile("cluster.yaml");

    @Test
    void endsTheRunWhenALogCannotBeKept() throws InterruptedException {
        Conductor conductor = conductor(new ForgetfulJournal(false), (_, _) -> done());
        Totals totals = conductor.run();
        assertThat(totals.isDone()).isTrue();
        assertThat(conductor.logsLost()).isEqualTo(2);
    }

    @Test
    void turnsAnExceptionOfAnExecutorIntoThatInstancesFailure() throws InterruptedException {
        Totals totals =
                conductor(
                                new ForgetfulJournal(false),
                                (_, _) -> {
                                    throw new IllegalStateException("broken");
                                })
                        .run();
        assertThat(totals.failed()).isEqualTo(2);
    }

    @Test
    void startsNoWorkWhenItsIntentCannotBeMadeDurable() {
        CountDownLatch started = new CountDownLatch(1);
        Conductor conductor =
                conductor(
                        new ForgetfulJournal(true),
                        (_, _) -> {
                            started.countDown();
                            return done();
                        });
        assertThatThrownBy(conductor::run).hasMessage("no space");
        assertThat(started.getCount()).isEqualTo(1);
    }

    @Test
    void waitsForWhatItStopsWhenItIsInterruptedItself() throws InterruptedException {
        CountDownLatch atWork = new CountDownLatch(2);
        CountDownLatch ended = new CountDownLatch(2);
        Conductor conductor =
                conductor(
                        new ForgetfulJournal(false),
                        (_, _) -> {
                            atWork.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException _) {
                                ended.countDown();
                            }
                            return new Report.Stopped("");
                        });
        Thread run =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                conductor.run();
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                            }
                        });
        atWork.await();
        run.interrupt();
        run.join();
        assertThat(ended.getCount()).isZero();
    }

    private static Report done() {
        LinkedHashMap<String, Value> outputs = new LinkedHashMap<>();
        outputs.put("address", Value.text("a"));
        return new Report.Done(List.of("machine"), outputs, List.of(), "a log");
    }

    private static Conductor conductor(Journal journal, Executor executor) {
        LinkedHashMap<String, GroupSpec> groups = new LinkedHashMap<>();
        groups.put("g", new GroupSpec("g", List.of("g-1", "g-2"), "default", HERE));
        SiteSpec site = new SiteSpec("s", new LinkedHashMap<>(), SiteSpec.Approval.AUTO, HERE);
        Composition composition =
                new Composition(
                        "c",
                        groups,
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        Optional.empty(),
                        site,
                        List.of(),
                        "0",
                        HERE);
        Core core =
                Core.up(
                        Settings.of(1, "l"),
                        Graph.of(composition),
                        new Past(),
                        Set.of(),
                        Selection.WHOLE,
                        Set.of());
        return new Conductor(core, journal, executor, Clock.systemUTC(), _ -> {});
    }

    /// Keeps no log, and on demand no record either.
    private record ForgetfulJournal(boolean full) implements Journal {
        @Override
        public void append(List<JournalRecord> records) {
            if (full) {
                throw new IllegalStateException("no space");
            }
        }

        @Override
        public void readAfter(long number, Numbered reader) {}

        @Override
        public void keepLog(String intent, String log) {
            throw new IllegalStateException("no space");
        }

        @Override
        public Optional<String> log(String intent) {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
