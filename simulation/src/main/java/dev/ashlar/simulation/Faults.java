package dev.ashlar.simulation;

import dev.ashlar.model.identity.InstanceKey;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What goes wrong, and how often. In one life of a controller what is told in times a run happens
/// once at most but for outages, and at most one of a cancel and an amendment: there a part of one
/// is a chance.
///
/// @param rates how often each strikes, in its measure; none where it is not there
/// @param broken instances that fail for good each time, whatever the chance
/// @param flaky instances whose first so many attempts fail, in a way that may pass
public record Faults(
        Map<Fault, Double> rates, Set<InstanceKey> broken, Map<InstanceKey, Integer> flaky) {

    public static final Faults NONE = new Faults(Map.of(), Set.of(), Map.of());

    /// A bad day.
    public static final Faults MANY =
            NONE.with(Fault.FAILS, 0.05)
                    .with(Fault.BROKEN, 0.01)
                    .with(Fault.CUT, 0.05)
                    .with(Fault.SLOW, 0.02)
                    .with(Fault.OUTAGE, 1)
                    .with(Fault.CONTROLLER_CRASH, 0.7)
                    .with(Fault.CANCEL, 0.1)
                    .with(Fault.AMEND, 0.1);

    public Faults {
        Map<Fault, Double> ordered = new EnumMap<>(Fault.class);
        ordered.putAll(rates);
        ordered.values().removeIf(rate -> rate == 0);
        rates = Collections.unmodifiableMap(ordered);
        broken = Collections.unmodifiableSet(new LinkedHashSet<>(broken));
        flaky = Collections.unmodifiableMap(new LinkedHashMap<>(flaky));
    }

    /// These fail for good, nothing else goes wrong.
    public static Faults broken(InstanceKey... keys) {
        return new Faults(Map.of(), Set.of(keys), Map.of());
    }

    /// The first so many attempts of this one fail.
    public static Faults flaky(InstanceKey key, int attempts) {
        return flaky(Map.of(key, attempts));
    }

    /// The first so many attempts of each fail.
    public static Faults flaky(Map<InstanceKey, Integer> attempts) {
        return new Faults(Map.of(), Set.of(), attempts);
    }

    /// How often a fault strikes, in its measure.
    public double of(Fault fault) {
        return rates.getOrDefault(fault, 0.0);
    }

    /// The same with a fault as often as that; 0 is never.
    public Faults with(Fault fault, double rate) {
        Map<Fault, Double> more = new EnumMap<>(Fault.class);
        more.putAll(rates);
        more.put(fault, rate);
        return new Faults(more, broken, flaky);
    }
}
