package dev.ashlar.engine.resolve;

import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A value with what can be said of it as a whole, found out once for all its readers. `passed` of
/// what it waits for are known to have happened.
final class Kept {
    private final Value value;
    private final Set<Await> awaits;
    private final List<Await> inOrder;
    private final boolean known;
    private final Optional<Data.Invalid> invalid;
    private final Set<Origin.Lapsing> lapsing;
    private int passed;

    Kept(Value value) {
        this.value = value;
        Label label = value.deepLabel();
        this.awaits = label.awaits();
        this.lapsing = Lapses.in(label);
        this.inOrder = List.copyOf(awaits);
        this.known = value.isKnown();
        this.invalid = known ? Optional.empty() : firstInvalid(value);
    }

    Value value() {
        return value;
    }

    /// One and the same set for all readers.
    Set<Await> awaits() {
        return awaits;
    }

    boolean isKnown() {
        return known;
    }

    Optional<Data.Invalid> invalid() {
        return invalid;
    }

    /// What of it is good for a time only.
    Set<Origin.Lapsing> lapsing() {
        return lapsing;
    }

    /// True when it must be computed anew because all it waited for has happened.
    boolean isDue(View view) {
        return !inOrder.isEmpty() && !isOpen(view);
    }

    /// True when a part of it may be known by now, or hold.
    boolean isDueInPart(View view) {
        return inOrder.stream().anyMatch(view::holds);
    }

    /// True while something it waits for has not happened. Amortised over all calls it looks at
    /// each await once, however many readers ask.
    boolean isOpen(View view) {
        while (passed < inOrder.size() && view.holds(inOrder.get(passed))) {
            passed++;
        }
        return passed < inOrder.size();
    }

    static Optional<Data.Invalid> firstInvalid(Value value) {
        Data.Invalid[] found = new Data.Invalid[1];
        value.visit(part -> {
            if (found[0] == null && part.data() instanceof Data.Invalid invalid) {
                found[0] = invalid;
            }
        });
        return Optional.ofNullable(found[0]);
    }
}
