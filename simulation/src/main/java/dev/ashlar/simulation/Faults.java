package dev.ashlar.simulation;

import dev.ashlar.model.identity.InstanceKey;
import java.util.Map;
import java.util.Set;

/// How often what goes wrong, each as a probability per piece of work unless said otherwise.
///
/// @param broken instances that fail for good each time
/// @param flaky instances whose first so many attempts fail, in a way that may pass
/// @param stepFails a passing failure, before anything was done
/// @param stepBroken per instance and run: it fails for good each time
/// @param answerLost it is done, and its answer is lost with the line
/// @param slow it takes a hundred times as long
/// @param nodeOutages how many nodes are unreachable for a while, per run
/// @param crash per run: the controller dies at some moment, what runs is cut off anywhere
/// @param cancel per run: a person cancels at some moment, once or twice, or another run wants to
///   begin
public record Faults(
        Set<InstanceKey> broken,
        Map<InstanceKey, Integer> flaky,
        double stepFails,
        double stepBroken,
        double answerLost,
        double slow,
        int nodeOutages,
        double crash,
        double cancel) {

    public static final Faults NONE = new Faults(Set.of(), Map.of(), 0, 0, 0, 0, 0, 0, 0);

    /// A bad day.
    public static final Faults MANY =
            new Faults(Set.of(), Map.of(), 0.05, 0.01, 0.05, 0.02, 1, 0.7, 0.2);

    public Faults {
        broken = Set.copyOf(broken);
        flaky = Map.copyOf(flaky);
    }

    /// These fail for good, nothing else goes wrong.
    public static Faults broken(InstanceKey... keys) {
        return new Faults(Set.of(keys), Map.of(), 0, 0, 0, 0, 0, 0, 0);
    }

    /// The first so many attempts of this one fail.
    public static Faults flaky(InstanceKey key, int attempts) {
        return new Faults(Set.of(), Map.of(key, attempts), 0, 0, 0, 0, 0, 0, 0);
    }
}
