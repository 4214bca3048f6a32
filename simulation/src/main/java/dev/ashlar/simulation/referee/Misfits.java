package dev.ashlar.simulation.referee;

import dev.ashlar.engine.run.Command;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.work.Failure;
import java.util.LinkedHashSet;
import java.util.Set;

/// What a node does not fit for stays as it was, and no other node has to wait for it.
final class Misfits {
    private final Set<String> causes = new LinkedHashSet<>();

    /// The phase as far as others are concerned.
    Phase phase(Command.Tell tell) {
        String cause = "by " + tell.key();
        if (tell.failure().filter(Failure::isUnfit).isPresent()) {
            causes.add(cause);
        }
        boolean isOne =
                switch (tell.phase()) {
                    case FAILED -> causes.contains(cause);
                    case BLOCKED -> causes.contains(tell.detail());
                    default -> false;
                };
        return isOne ? Phase.LEFT_OUT : tell.phase();
    }
}
