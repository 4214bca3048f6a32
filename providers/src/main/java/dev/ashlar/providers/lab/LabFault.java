package dev.ashlar.providers.lab;

import dev.ashlar.model.work.Failure;

/// Carries a failure from where it happened to the lab's border, where it becomes a value again:
/// the verbs are long rows of commands, any of which may fail.
final class LabFault extends Exception {
    private final transient Failure failure;

    LabFault(Failure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    static LabFault site(String kind, String message) {
        return new LabFault(Failure.passing(kind, Failure.Fault.SITE, message));
    }

    static LabFault user(String kind, String message) {
        return new LabFault(Failure.lasting(kind, Failure.Fault.USER, message));
    }

    Failure failure() {
        return failure;
    }
}
