package dev.ashlar.app.trial;

import dev.ashlar.app.execution.Wish;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Failure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Something that is not as it should be.
///
/// @param what in one sentence
/// @param failures what failed that should not have, as any run would tell it
public record Finding(String what, SequencedMap<InstanceKey, Failure> failures) {
    public Finding {
        failures = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(failures));
    }

    static Finding of(String what) {
        return new Finding(what, new LinkedHashMap<>());
    }

    /// True when all that has failed may be no more than a person's wish to end it.
    boolean mayBeAWish() {
        return !failures.isEmpty() && failures.values().stream().allMatch(Wish::mayBe);
    }

    /// What a run that should have been done left undone; nothing where it was done.
    ///
    /// @param run what it was, in a few words
    static List<Finding> unlessDone(String run, Ran ran) {
        return ran.isDone()
                ? List.of()
                : List.of(
                        new Finding(
                                "%s failed: %d failed, %d blocked"
                                        .formatted(
                                                run, ran.failures().size(), ran.blocked().size()),
                                ran.failures()));
    }
}
