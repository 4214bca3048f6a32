package dev.ashlar.engine.resolve;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// What has been achieved so far, as a resolver sees it.
public interface View {

    /// The outputs of an instance that has succeeded in this run or stands unchanged; empty
    /// otherwise. Labelled with their maker.
    Optional<SequencedMap<String, Value>> outputs(InstanceKey key);

    /// The intent that last changed something for an instance that has been achieved; empty
    /// otherwise.
    Optional<String> changedBy(InstanceKey key);

    /// The members that are ready to carry out a join or leave step, in the order of the files;
    /// empty while that is not known.
    Optional<List<String>> ready(InstanceKey membership);

    /// True when what is awaited has happened.
    boolean holds(Await await);
}
