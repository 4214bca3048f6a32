package dev.ashlar.engine.plan;

import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.resolve.Reading;
import dev.ashlar.model.composition.Binding;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.work.Failure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Everything that can be said of one instance: what became of it, what would become of it now and
/// why, where each of its inputs comes from, and what it waits for down to the root.
///
/// @param maker what it is a step of, as `PACK/COMPONENT@VERSION`, where the cluster has uses of
///   several versions of that pack
/// @param detail as it is now; of one that is no longer part of the cluster, as it was
/// @param layers of each input of its component that it reads, itself or through what it is given,
///   who says a value, weakest first: the last one holds
/// @param lapsing of what it made last, by output, what is good for a time only
/// @param atMs when this is said, in milliseconds since 1970 UTC
/// @param waits the chain of what it waits for, nearest first, each with its own reason
public record Explanation(
        InstanceKey key,
        Plan.Entry planned,
        Optional<Success> last,
        Optional<Failure> failure,
        Optional<String> maker,
        Detail detail,
        SequencedMap<String, List<Binding.Layer>> layers,
        SequencedMap<String, Origin.Lapsing> lapsing,
        long atMs,
        List<InstanceKey> after,
        List<Wait> waits) {

    /// What it would do and with what.
    ///
    /// @param does one short text each: `file /etc/motd`, `script join.sh`, `calls pki/certificate`
    /// @param inputs by path, as they are now, known or not
    /// @param rewritten the files whose content would be another one, or may
    public record Detail(
            List<String> does, SequencedMap<String, Input> inputs, List<Rewritten> rewritten) {
        public Detail {
            does = List.copyOf(does);
            rewritten = List.copyOf(rewritten);
            inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
        }
    }

    /// One input.
    ///
    /// @param was how it was shown at the last success, unless it is known to be that still
    public record Input(Reading now, Optional<String> was) {}

    /// A link of the chain.
    public record Wait(InstanceKey on, Plan.Action action, String reason) {}

    public Explanation {
        layers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(layers));
        lapsing = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(lapsing));
        after = List.copyOf(after);
        waits = List.copyOf(waits);
    }
}
