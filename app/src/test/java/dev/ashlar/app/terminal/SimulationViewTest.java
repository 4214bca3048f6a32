package dev.ashlar.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.simulation.Simulated;
import dev.ashlar.engine.run.Totals;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.simulation.Fault;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Profile;
import dev.ashlar.simulation.Profile.Held;
import dev.ashlar.simulation.Profile.Hold;
import dev.ashlar.simulation.Profile.Span;
import dev.ashlar.simulation.Profile.Wait;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.experiment.Lived;
import dev.ashlar.simulation.experiment.Lived.Ending;
import dev.ashlar.simulation.experiment.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A simulation, as people read it.
class SimulationViewTest {
    private static final InstanceKey INSTALL = InstanceKey.onNode("kv", "install", "a");
    private static final InstanceKey RUN = InstanceKey.onNode("kv", "run", "a");

    private static final Profile FIRST =
            new Profile(
                    List.of(new Span(INSTALL, Effect.DO, 0, 1_000)),
                    4,
                    0,
                    2,
                    1_500,
                    List.of(),
                    Map.of());

    private static final Profile SECOND =
            new Profile(
                    List.of(
                            new Span(INSTALL, Effect.DO, 2_000, 2_250),
                            new Span(RUN, Effect.UNDO, 2_250, 4_000)),
                    5,
                    1,
                    3,
                    3_000,
                    List.of(new Wait(RUN, Effect.DO, Hold.TURN, 700)),
                    Map.of(Hold.TURN, new Held(1, 700)));

    private static Timeline timeline(
            Optional<Totals> totals, long durationMs, Map<Fault, Integer> struck, Profile profile) {
        return new Timeline(
                totals,
                durationMs,
                20,
                new LinkedHashMap<>(),
                Map.of(),
                List.of(),
                "",
                struck,
                profile,
                List.of());
    }

    @Test
    void whereTheTimeWentAndWhatStruck() {
        Totals done = new Totals(2, 2, 0, 0, 0, 0, 0, 1);
        Result result =
                new Result(
                        7,
                        Faults.NONE.with(Fault.SLOW, 0.05).with(Fault.CONTROLLER_CRASH, 1),
                        List.of(
                                new Lived(
                                        Ending.DIED,
                                        false,
                                        timeline(
                                                Optional.empty(),
                                                1_000,
                                                Map.of(Fault.CONTROLLER_CRASH, 1),
                                                FIRST)),
                                new Lived(
                                        Ending.DONE,
                                        false,
                                        timeline(Optional.of(done), 2_000, Map.of(), SECOND))),
                        List.of());

        List<String> lines =
                new SimulationView(Terminal.ofProcess(true, false, ProgressMode.AUTO))
                        .lines(new Simulated("c", 2, 2, 1, false, result, "again"));

        assertThat(String.join("\n", lines))
                .isEqualTo(
                        """
                        Seed 7, from nothing
                        done in 3.0 s of virtual time, in 2 runs: died, done
                          work       2 instances, 9 pieces of work, 40 events, 1 retry
                          at once    3 at most, 1.5 on average
                          durations  of 1 of 2 steps from the record, the others made up
                        Critical path, each begun when the one before had ended:
                             1.0 s  kv.install@a
                            250 ms  kv.install@a
                             1.8 s  kv.run@a (taken back)
                        Longest waits:
                            700 ms  kv.run@a for its turn
                        Held up by its turn: 1 instance, 700 ms in all
                        Faults:
                          slow                0.05  struck 0 times
                          controller-crash       1  struck 1 time
                        asked for, never struck: slow\
                        """);
    }

    @Test
    void whatEndsLikeTheOneBeforeIsCountedWithItAndNothingToDoIsSaid() {
        Lived died = lived(Ending.DIED);
        Result result =
                new Result(
                        7, Faults.NONE, List.of(died, died, died, lived(Ending.DONE)), List.of());

        List<String> lines =
                new SimulationView(Terminal.ofProcess(true, false, ProgressMode.AUTO))
                        .lines(new Simulated("c", 2, 2, 1, true, result, "again"));

        assertThat(lines)
                .startsWith(
                        "Seed 7, from what is on record",
                        "done in 0 ms of virtual time, in 4 runs: died 3 times, done",
                        "  work       2 instances, 0 pieces of work, 80 events, 0 retries",
                        "  help: nothing is left to do; --fresh plays it from nothing");
    }

    private static Lived lived(Ending ending) {
        Profile idle = new Profile(List.of(), 0, 0, 0, 0, List.of(), Map.of());
        Optional<Totals> totals =
                Optional.of(new Totals(0, 0, 2, 0, 0, 0, 0, 0)).filter(_ -> ending == Ending.DONE);
        return new Lived(ending, false, timeline(totals, 0, Map.of(), idle));
    }
}
