package dev.ashlar.engine.run;

import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.resolve.Resolution;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An instance's state in a run. Changed by the core alone.
final class Cell {
    final InstanceKey key;
    final Task task;
    final List<Cell> dependents = new ArrayList<>();
    int unmet;
    Phase phase = Phase.PENDING;
    Optional<Resolution.Known> known = Optional.empty();
    String intent = "";
    int attempt;
    boolean again;
    boolean probeDue;
    Optional<InstanceKey> cause = Optional.empty();
    boolean isUnfit;
    Optional<Report.Done> applied = Optional.empty();
    List<Owned> dropping = List.of();
    List<String> dropped = List.of();
    List<String> changedBefore = List.of();
    long probeUntilMs;
    int passes;

    Cell(InstanceKey key, Task task) {
        this.key = key;
        this.task = task;
    }

    /// What is to be done with an instance.
    sealed interface Task {
        record Bring(Instance instance) implements Task {}

        record TakeBack(List<Owned> owned, Optional<String> node) implements Task {}

        /// A member that goes is taken leave of, by another.
        ///
        /// @param answering the instance that tells how the member is, as far as that is on record
        record Leave(Instance.Step instance, Optional<InstanceKey> answering) implements Task {}

        /// Opens when all before it have been taken back; no instance of its own.
        record Gate() implements Task {}

        /// Asks a member for its health, for `asker`; no instance of its own.
        record Look(String node, Function<String, Work> probe, Looks.Asker asker) implements Task {}
    }

    /// `then` waits for `first`, where there are both.
    static void edge(@Nullable Cell first, @Nullable Cell then) {
        if (first != null && then != null && first != then) {
            first.dependents.add(then);
            then.unmet++;
        }
    }

    Effect effect() {
        return task instanceof Task.Bring ? Effect.DO : Effect.UNDO;
    }

    /// The instance that is asked where it is to be known how the member is that this is about.
    InstanceKey answering() {
        return task instanceof Task.Leave(_, Optional<InstanceKey> other) ? other.orElse(key) : key;
    }

    /// What it is a step of, or the provider of a machine, where it is brought about.
    String maker() {
        return task instanceof Task.Bring(Instance instance) ? instance.maker() : "";
    }

    /// What its work has brought about.
    List<Owned> ownedSoFar() {
        return applied.map(Report.Done::owned).orElse(List.of());
    }

    /// The same, where it was stopped with that.
    List<Owned> ownedWith(List<Owned> more) {
        return Stream.concat(ownedSoFar().stream(), more.stream()).toList();
    }

    /// True when its work, not its probe, shares a round trip with other light work at its node.
    boolean isLight() {
        return task instanceof Task.Bring(Instance.Step instance)
                && instance.step().isLight()
                && applied.isEmpty();
    }

    /// It has ended: what only its work needed is let go.
    void forget() {
        known = Optional.empty();
        applied = Optional.empty();
    }

    /// True of an end by which it stays as it was, and nothing went wrong.
    boolean staysAsItWas(Phase end) {
        return end == Phase.LEFT_OUT || isUnfit;
    }

    /// True while its work or its probe waits to be handed out.
    boolean isDue() {
        return switch (phase) {
            case READY -> true;
            case APPLIED, PAUSED -> probeDue;
            case PENDING,
                    RUNNING,
                    PROBING,
                    SUCCEEDED,
                    SKIPPED,
                    FAILED,
                    BLOCKED,
                    LEFT_OUT,
                    CANCELLED ->
                    false;
        };
    }

    /// True when nothing more is done for it after a cancel. What waits for others may still be
    /// found to stand; what runs is let finish, and so is what it takes to know whether it is
    /// healthy.
    boolean endsByCancel(boolean stopped, boolean founding) {
        return switch (phase) {
            case READY -> true;
            case APPLIED -> stopped || founding;
            case PAUSED -> stopped || applied.isEmpty();
            case PENDING, RUNNING, PROBING -> false;
            case SUCCEEDED, SKIPPED, FAILED, BLOCKED, LEFT_OUT, CANCELLED -> false;
        };
    }

    Optional<StepSpec> step() {
        return switch (task) {
            case Task.Bring(Instance.Step instance) -> Optional.of(instance.step());
            case Task.Leave(Instance.Step instance, _) -> Optional.of(instance.step());
            case Task.Bring _, Task.TakeBack _, Task.Gate _, Task.Look _ -> Optional.empty();
        };
    }

    /// The case of its step under which it is brought about, where that has cases.
    Optional<String> inCase() {
        return known.flatMap(Resolution.Known::inCase);
    }

    /// What work has brought about, as it goes on record: under its case, and by its call. What is
    /// left of a taking back before it is on record already, under what it was brought about by.
    List<Owned> recorded(List<Owned> owned) {
        if (!dropping.isEmpty() || known.isEmpty()) {
            return owned;
        }
        Optional<Work.Call> call =
                known.get().work().apply(intent) instanceof Work.Call made
                        ? Optional.of(made)
                        : Optional.empty();
        return owned.stream()
                .map(one -> inCase().map(one::inCase).orElse(one))
                .map(one -> call.map(one::by).orElse(one))
                .toList();
    }

    /// How its health is asked; not at all of a step whose condition is false.
    Optional<StepSpec.Health> health() {
        return known.filter(Resolution.Known::off).isPresent()
                ? Optional.empty()
                : step().flatMap(StepSpec::health);
    }

    /// The node whose channel its work needs.
    Optional<String> place() {
        return switch (task) {
            case Task.Bring _, Task.Leave _ -> known.flatMap(Resolution.Known::place);
            case Task.TakeBack(_, Optional<String> node) -> node;
            case Task.Look(String node, _, _) -> Optional.of(node);
            case Task.Gate _ -> Optional.empty();
        };
    }
}
