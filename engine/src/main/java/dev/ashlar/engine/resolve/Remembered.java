package dev.ashlar.engine.resolve;

import dev.ashlar.model.journal.JournalRecord.Resolved;
import java.util.SequencedMap;
import java.util.function.Supplier;

/// An instance's inputs as a record keeps them, worked out when they are first asked for: of what
/// stands nobody asks. Confined to one thread.
final class Remembered {
    private Supplier<SequencedMap<String, Resolved>> inputs;

    private Remembered(Supplier<SequencedMap<String, Resolved>> inputs) {
        this.inputs = inputs;
    }

    static Remembered of(SequencedMap<String, Resolved> inputs) {
        return new Remembered(() -> inputs);
    }

    /// @param inputs works them out from values that are known already
    static Remembered when(Supplier<SequencedMap<String, Resolved>> inputs) {
        return new Remembered(inputs);
    }

    SequencedMap<String, Resolved> inputs() {
        SequencedMap<String, Resolved> known = inputs.get();
        inputs = () -> known;
        return known;
    }
}
