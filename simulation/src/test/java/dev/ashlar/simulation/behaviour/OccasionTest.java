package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.plan.Occasion;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.journal.JournalRecord.Failed;
import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.model.journal.JournalRecord.Succeeded;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The record tells why an instance was done when it was done last.
class OccasionTest {
    private static final InstanceKey CONFIGURE = key("kv.configure@store-1");

    private static Simulation up() {
        Simulation simulation = new Simulation(Story.stores(2, "1"));
        simulation.up(QUIET);
        return simulation;
    }

    private static List<String> occasion(Simulation simulation) {
        return Occasion.last(about(simulation, CONFIGURE)).reasons();
    }

    private static List<JournalRecord> about(Simulation simulation, InstanceKey key) {
        return simulation.journal().stream()
                .filter(one -> one.instance().equals(Optional.of(key)))
                .toList();
    }

    @Test
    void ofTheFirstTime() {
        assertThat(occasion(up())).containsExactly("it had never been done");
    }

    @Test
    void ofAnInputThatChanged() {
        Simulation simulation = up();
        simulation.goal(Story.stores(2, "2")).up(QUIET);
        // It stays that, however often nothing is done.
        for (int i = 0; i < 2; i++) {
            assertThat(occasion(simulation))
                    .containsExactly("input inputs.port changed: \"1\" -> \"2\"");
            simulation.up(QUIET);
        }
    }

    /// It watches another step besides, which has changed nothing.
    @Test
    void ofAStepThatIsWatched() {
        Simulation simulation = up();
        simulation.goal(Story.stores(2, "2")).up(QUIET);
        assertThat(Occasion.last(about(simulation, key("kv.run@store-1"))).reasons())
                .containsExactly("watches configure, which has changed something since");
    }

    @Test
    void ofATryThatFailedInAnEarlierRunButNotInItsOwn() {
        Simulation simulation = up();
        simulation.goal(Story.stores(2, "2"));
        simulation.up(QUIET.withFaults(Faults.broken(CONFIGURE)));
        assertThat(occasion(simulation)).containsExactly("it had never been done");
        simulation.up(QUIET);
        assertThat(occasion(simulation))
                .satisfiesExactly(
                        why -> assertThat(why).isEqualTo("it had failed in run 2"),
                        why -> assertThat(why).startsWith("input inputs.port changed"));
    }

    @Test
    void ofAnEarlierRunAlsoWhereItsOwnFailedBeforeItSucceeded() {
        InstanceKey step = key("kv.configure@g-1");
        Simulation simulation =
                new Simulation(
                        Story.one(
                                component("kv")
                                        .step(
                                                step("configure")
                                                        .file("/f", literal("1"))
                                                        .retries(1, Duration.ofSeconds(1))),
                                1));
        simulation.up(QUIET.withFaults(Faults.broken(step)));
        simulation.up(QUIET.withFaults(Faults.flaky(step, 1)));

        List<JournalRecord> own = about(simulation, step);
        assertThat(own)
                .filteredOn(Failed.class::isInstance)
                .extracting(JournalRecord::run)
                .contains(1L, 2L);
        assertThat(Occasion.last(own).reasons())
                .containsExactly("it had failed in run 1", "it had never been done");
    }

    @Test
    void ofOneThatWasCutShort() {
        Simulation simulation = up();
        simulation.goal(Story.stores(2, "2"));
        List<JournalRecord> before = List.copyOf(simulation.journal());
        int records = 0;
        do {
            simulation = Simulation.after(Story.stores(2, "1"), before).goal(Story.stores(2, "2"));
            simulation.up(QUIET.crashingAfter(++records));
        } while (!isBegun(simulation.journal().getLast()));
        simulation.up(QUIET);
        assertThat(occasion(simulation)).first().isEqualTo("it had been cut short in run 2");
    }

    private static boolean isBegun(JournalRecord entry) {
        return entry instanceof Intended one && one.key().equals(CONFIGURE);
    }

    @Test
    void ofWhatDiffersOnItsNode() {
        Simulation simulation = up();
        simulation.up(QUIET, Set.of(CONFIGURE));
        assertThat(occasion(simulation))
                .singleElement()
                .asString()
                .startsWith("nothing that it reads had changed: the node differed from it");
    }

    @Test
    void ofWhatWasTakenBackThereIsNone() {
        Simulation simulation = up();
        simulation.down(QUIET, Set.of());
        assertThat(simulation.journal())
                .anyMatch(one ->
                        one instanceof Succeeded gone
                                && gone.effect() == Effect.UNDO
                                && gone.key().equals(CONFIGURE));
        assertThat(occasion(simulation)).isEmpty();
        assertThat(Occasion.last(about(simulation, CONFIGURE)).takenBack())
                .hasValueSatisfying(undone -> assertThat(undone.run()).isEqualTo(2));
        simulation.up(QUIET);
        assertThat(occasion(simulation))
                .containsExactly("what was there of it had been taken back in run 2");
        assertThat(Occasion.last(about(simulation, CONFIGURE)).takenBack()).isEmpty();
    }
}
