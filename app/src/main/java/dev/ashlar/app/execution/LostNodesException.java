package dev.ashlar.app.execution;

import dev.ashlar.model.work.Failure;

/// Between the look at its nodes and its first work another state has claimed them: the run ends
/// before it has touched anything. Only the root command catches it.
public final class LostNodesException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    LostNodesException(Failure failure) {
        super(failure.message(), null, false, false);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
