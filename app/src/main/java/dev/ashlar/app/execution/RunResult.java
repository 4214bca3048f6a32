package dev.ashlar.app.execution;

import dev.ashlar.engine.removal.DataFate;
import dev.ashlar.engine.run.Totals;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Failure;
import java.util.Optional;
import java.util.SequencedMap;

/// How a run ended.
///
/// @param amendedBy who it gave way to, where it did and something was left
/// @param notes what each use tells people at the end
/// @param data what became of data whose owners were taken back
public record RunResult(
        long run,
        Totals totals,
        Optional<Amender> amendedBy,
        SequencedMap<InstanceKey, Failure> failures,
        SequencedMap<InstanceKey, String> blocked,
        SequencedMap<String, String> notes,
        DataFate data,
        long tookMs) {}
