package dev.ashlar.engine.run;

import static dev.ashlar.engine.run.Phase.APPLIED;
import static dev.ashlar.engine.run.Phase.BLOCKED;
import static dev.ashlar.engine.run.Phase.CANCELLED;
import static dev.ashlar.engine.run.Phase.FAILED;
import static dev.ashlar.engine.run.Phase.LEFT_OUT;
import static dev.ashlar.engine.run.Phase.PAUSED;
import static dev.ashlar.engine.run.Phase.PENDING;
import static dev.ashlar.engine.run.Phase.PROBING;
import static dev.ashlar.engine.run.Phase.READY;
import static dev.ashlar.engine.run.Phase.RUNNING;
import static dev.ashlar.engine.run.Phase.SKIPPED;
import static dev.ashlar.engine.run.Phase.SUCCEEDED;

import dev.ashlar.model.journal.JournalRecord.Effect;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The tables of phases: where an instance may go from where it is. No other way is taken ([Desk]);
/// the referee of a simulation holds what the core tells against them, too, and
/// `docs/reference/phases.md` draws them.
public final class Phases {
    private static final String CANCEL = "the run is cancelled";
    private static final String ONCE_MORE = "asked at the end of its node's turn: not well yet";
    private static final String AS_BEFORE = "well, or judged by nobody: it is what it was";
    private static final String ILL = "not well at the end of its node's turn";
    private static final String ANEW = "what it made has lapsed, and is made anew";

    private static final List<Passage<Phase>> EITHER_WAY =
            List.of(
                    new Passage<>(PENDING, LEFT_OUT, "it is not for this run"),
                    new Passage<>(PENDING, CANCELLED, CANCEL),
                    new Passage<>(READY, RUNNING, "it has its turn and a place"),
                    new Passage<>(READY, FAILED, "it can have no turn, or cannot be tried again"),
                    new Passage<>(
                            READY, LEFT_OUT, "what it reads has lapsed, and is not for this run"),
                    new Passage<>(READY, CANCELLED, CANCEL),
                    new Passage<>(RUNNING, PAUSED, "it failed, and is tried again"),
                    new Passage<>(RUNNING, FAILED, "it failed for good"),
                    new Passage<>(RUNNING, CANCELLED, "it was stopped"),
                    new Passage<>(PAUSED, READY, "it is tried again"),
                    new Passage<>(PAUSED, CANCELLED, CANCEL));

    private static final List<Passage<Phase>> BRINGING =
            table(
                    List.of(
                            new Passage<>(PENDING, READY, "all it reads is known, and it differs"),
                            new Passage<>(PENDING, SKIPPED, "it stands as it is meant to"),
                            new Passage<>(
                                    PENDING,
                                    PROBING,
                                    "it stands, and is asked for its health alone"),
                            new Passage<>(PENDING, FAILED, "it can never be done as it is written"),
                            new Passage<>(PENDING, BLOCKED, "what it needs has failed"),
                            new Passage<>(READY, BLOCKED, "what it was to follow has failed"),
                            new Passage<>(
                                    RUNNING,
                                    SUCCEEDED,
                                    "it is done, and nobody asks for its health"),
                            new Passage<>(RUNNING, APPLIED, "it is done, and is to be asked"),
                            new Passage<>(APPLIED, PROBING, "all founders have got as far"),
                            new Passage<>(APPLIED, CANCELLED, CANCEL),
                            new Passage<>(PROBING, SUCCEEDED, "it is well"),
                            new Passage<>(PROBING, PAUSED, "not well yet, or not often enough"),
                            new Passage<>(PROBING, FAILED, "not well in time"),
                            new Passage<>(PROBING, CANCELLED, CANCEL),
                            new Passage<>(PROBING, SKIPPED, "it stands, and is well"),
                            new Passage<>(PROBING, PENDING, AS_BEFORE),
                            new Passage<>(PROBING, LEFT_OUT, AS_BEFORE),
                            new Passage<>(PAUSED, PROBING, "it is asked again"),
                            new Passage<>(PAUSED, PAUSED, "asked again: not well yet"),
                            new Passage<>(PAUSED, FAILED, ILL),
                            new Passage<>(PAUSED, PENDING, AS_BEFORE),
                            new Passage<>(PAUSED, SUCCEEDED, AS_BEFORE),
                            new Passage<>(PAUSED, SKIPPED, AS_BEFORE),
                            new Passage<>(PAUSED, LEFT_OUT, AS_BEFORE),
                            new Passage<>(SUCCEEDED, PAUSED, ONCE_MORE),
                            new Passage<>(SKIPPED, PAUSED, ONCE_MORE),
                            new Passage<>(LEFT_OUT, PAUSED, ONCE_MORE),
                            new Passage<>(SUCCEEDED, FAILED, ILL),
                            new Passage<>(SKIPPED, FAILED, ILL),
                            new Passage<>(LEFT_OUT, FAILED, ILL),
                            new Passage<>(SUCCEEDED, RUNNING, ANEW),
                            new Passage<>(SKIPPED, RUNNING, ANEW),
                            new Passage<>(
                                    FAILED,
                                    FAILED,
                                    "what it made has lapsed, and cannot be made anew")));

    private static final List<Passage<Phase>> TAKING_BACK =
            table(
                    List.of(
                            new Passage<>(PENDING, READY, "what stands in its way has gone"),
                            new Passage<>(PENDING, FAILED, "it cannot be taken back"),
                            new Passage<>(PENDING, BLOCKED, "what stands in its way stays"),
                            new Passage<>(
                                    READY, BLOCKED, "another cannot go, so it does not begin"),
                            new Passage<>(RUNNING, SUCCEEDED, "it is taken back")));

    private Phases() {}

    private static List<Passage<Phase>> table(List<Passage<Phase>> besides) {
        return Stream.concat(EITHER_WAY.stream(), besides.stream())
                .sorted(Comparator.comparing(Passage<Phase>::from))
                .toList();
    }

    /// The table of what is brought about, or of what is taken back: from the first phase,
    /// `PENDING`, on.
    public static List<Passage<Phase>> all(Effect effect) {
        return switch (effect) {
            case DO -> BRINGING;
            case UNDO -> TAKING_BACK;
        };
    }

    /// True when the table has it.
    public static boolean isOpen(Effect effect, Phase from, Phase to) {
        return Passage.isIn(all(effect), from, to);
    }
}
