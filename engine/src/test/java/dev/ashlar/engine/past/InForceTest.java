package dev.ashlar.engine.past;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The overrides of the last accepted goal, folded from the first records of runs.
class InForceTest {
    private final Past past = new Past();

    private void begin(Purpose purpose, String selection, Map<String, String> overrides) {
        past.apply(
                new RunStarted(
                        past.nextRun(),
                        purpose,
                        "c",
                        "s",
                        "g",
                        "w",
                        "v",
                        selection,
                        new LinkedHashMap<>(overrides),
                        List.of(),
                        0));
    }

    private void up(Map<String, String> overrides) {
        begin(Purpose.UP, "", overrides);
    }

    private void end(String outcome) {
        past.apply(new RunEnded(past.nextRun() - 1, outcome, 1, 0, 0, 0, false, 0));
    }

    private Map<String, InForce> inForce() {
        return InForce.of(past.runs());
    }

    @Test
    void anUpThatWasCutShortHasAcceptedItsGoal() {
        up(Map.of("a.b", "1"));
        assertThat(inForce()).containsExactly(Map.entry("a.b", new InForce("a.b", "1", 1)));
    }

    @Test
    void aValueIsInForceSinceTheRunThatGaveItFirst() {
        up(Map.of("a.b", "1"));
        up(Map.of("a.b", "1", "c.d", "x"));
        up(Map.of("a.b", "2", "c.d", "x"));
        assertThat(inForce().values())
                .containsExactlyInAnyOrder(new InForce("a.b", "2", 3), new InForce("c.d", "x", 2));
    }

    @Test
    void anUpEndsWhatItDoesNotSay() {
        up(Map.of("a.b", "1"));
        up(Map.of());
        assertThat(inForce()).isEmpty();
        up(Map.of("a.b", "1"));
        assertThat(inForce().values()).containsExactly(new InForce("a.b", "1", 3));
    }

    @Test
    void anUpForAPartAcceptsTheWholeGoal() {
        begin(Purpose.UP, "--limit a", Map.of("a.b", "1"));
        assertThat(inForce()).containsOnlyKeys("a.b");
    }

    @Test
    void whatOnlyLooksOrTakesOverLeavesTheGoalAsItIs() {
        up(Map.of("a.b", "1"));
        begin(Purpose.VERIFY, "", Map.of());
        begin(Purpose.ADOPT, "", Map.of());
        assertThat(inForce().values()).containsExactly(new InForce("a.b", "1", 1));
    }

    @Test
    void onlyADownThatTookEverythingBackEndsTheGoal() {
        up(Map.of("a.b", "1"));
        begin(Purpose.DOWN, "", Map.of());
        assertThat(inForce()).containsOnlyKeys("a.b");
        end("failed");
        assertThat(inForce()).containsOnlyKeys("a.b");
        begin(Purpose.DOWN, "", Map.of());
        end(RunEnded.DONE);
        assertThat(inForce()).isEmpty();
    }
}
