package dev.ashlar.app.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// A kind of trouble that a cluster is put through, in stages.
public enum Suite {
    /// Built, taken back step by step, and built again the same on new machines.
    REBUILD(Rebuild::stages),
    /// Each step once more after its success, as after one that was cut short.
    REPEAT(Repeat::stages),
    /// Each instance fails, before its effect and after it, and the next `up` mends it.
    FAIL(Fail::stages),
    /// The controller ends at each record of the journal, of `up` and of `down`, and goes on.
    CUT(Cut::stages);

    private final Function<Stand, List<Stage>> stages;

    Suite(Function<Stand, List<Stage>> stages) {
        this.stages = stages;
    }

    /// As people name it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The suite that people name so; empty where there is none.
    public static Optional<Suite> called(String word) {
        return Arrays.stream(values()).filter(suite -> suite.word().equals(word)).findFirst();
    }

    List<Stage> stages(Stand stand) {
        return stages.apply(stand);
    }
}
