package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.run.Core;
import dev.ashlar.engine.run.Settings;
import dev.ashlar.engine.run.Totals;
import dev.ashlar.engine.shell.Conductor;
import dev.ashlar.model.journal.Journal;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.simulation.composition.ComponentBuilder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the shell around the core hands out together.
@Timeout(30)
class TogetherTest {
    private static final int STEPS = 6;
    private final List<String> durable = Collections.synchronizedList(new ArrayList<>());

    private static Graph graph() {
        ComponentBuilder component = component("c");
        for (int i = 1; i <= STEPS; i++) {
            component.step(step("s" + i).after().file("/f" + i, literal("v")));
        }
        component.step(step("script").after().script("s"));
        return Story.one(component, 2);
    }

    private Totals run(Executor executor) throws InterruptedException {
        Core core =
                Core.up(
                        Settings.of(1, "l"),
                        graph(),
                        new Past(),
                        Set.of(),
                        Selection.WHOLE,
                        Set.of());
        return new Conductor(core, new Kept(durable), executor, Clock.systemUTC(), _ -> {}).run();
    }

    @Test
    void lightWorkOfANodeIsHandedOutInOneAndItsIntentsAreDurableBefore()
            throws InterruptedException {
        Recorder recorder = new Recorder(durable, false);
        assertThat(run(recorder).isDone()).isTrue();
        assertThat(recorder.companies).hasSize(2).allMatch(company -> company.size() == STEPS);
        assertThat(recorder.companies)
                .allMatch(
                        company -> company.stream().map(Work.Apply::node).distinct().count() == 1);
        assertThat(recorder.early).isEmpty();
    }

    @Test
    void aBugInItIsTheFailureOfEachAndOfNothingElse() throws InterruptedException {
        Totals totals = run(new Recorder(durable, true));
        assertThat(totals.failed()).isEqualTo(2 * STEPS);
        assertThat(totals.blocked()).isZero();
    }

    /// Notes what comes together, and what has no durable intent by then.
    private static final class Recorder implements Executor {
        private final List<List<Work.Apply>> companies =
                Collections.synchronizedList(new ArrayList<>());
        private final List<String> early = Collections.synchronizedList(new ArrayList<>());
        private final List<String> durable;
        private final boolean broken;

        private Recorder(List<String> durable, boolean broken) {
            this.durable = durable;
            this.broken = broken;
        }

        @Override
        public Report execute(Work work, boolean again) {
            if (!(work instanceof Work.Acquire)) {
                return Report.Done.nothing();
            }
            LinkedHashMap<String, Value> outputs = new LinkedHashMap<>();
            outputs.put("address", Value.text("here"));
            return new Report.Done(List.of(), outputs, List.of(), "");
        }

        @Override
        public List<Report> together(List<Work.Apply> works) {
            companies.add(works);
            works.stream()
                    .map(Work::intent)
                    .filter(intent -> !durable.contains(intent))
                    .forEach(early::add);
            if (broken) {
                throw new IllegalStateException("broken");
            }
            return works.stream().map(_ -> (Report) Report.Done.nothing()).toList();
        }
    }

    /// Keeps which intents it was given.
    private record Kept(List<String> intents) implements Journal {
        @Override
        public void append(List<JournalRecord> records) {
            for (JournalRecord entry : records) {
                if (entry instanceof JournalRecord.Intended intended) {
                    intents.add(intended.intent());
                }
            }
        }

        @Override
        public void readAfter(long number, Numbered reader) {}

        @Override
        public void keepLog(String intent, String log) {}

        @Override
        public Optional<String> log(String intent) {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
