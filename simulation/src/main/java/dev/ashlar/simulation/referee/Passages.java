package dev.ashlar.simulation.referee;

import dev.ashlar.engine.run.Command;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.engine.run.Phases;
import dev.ashlar.model.identity.InstanceKey;
import java.util.Map;
import java.util.Optional;

/// Whether instances go from phase to phase as the tables have it.
final class Passages {
    private Passages() {}

    /// @param before the phases of those of the same effect until now
    static Optional<String> violation(Command.Tell tell, Map<InstanceKey, Phase> before) {
        Phase from = before.getOrDefault(tell.key(), Phase.PENDING);
        return Phases.isOpen(tell.effect(), from, tell.phase())
                ? Optional.empty()
                : Optional.of(
                        "%s (%s) goes from %s to %s"
                                .formatted(tell.key(), tell.effect(), from, tell.phase()));
    }
}
