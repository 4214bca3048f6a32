package dev.ashlar.engine.run;

import dev.ashlar.model.composition.StepSpec.Health;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Failure;

/// Failures the core itself finds.
final class Mishap {
    private Mishap() {}

    static Failure stopped() {
        return Failure.passing("stopped", Failure.Fault.USER, "stopped on request");
    }

    static Failure unhealthy(Health health, Failure last) {
        return new Failure(
                "unhealthy",
                Failure.Fault.NODE,
                false,
                "not healthy within " + health.within().toSeconds() + " s: " + last.message(),
                last.command(),
                last.exitCode(),
                last.lastOutput(),
                last.hint());
    }

    static Failure stuck(InstanceKey key) {
        return Failure.lasting(
                "stuck",
                Failure.Fault.BUG,
                "nothing runs and " + key + " still waits; this should be impossible");
    }
}
