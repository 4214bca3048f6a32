package dev.ashlar.nodes.execute;

import dev.ashlar.model.work.Failure;

/// What is known of the claim on a node.
public sealed interface Carried {

    /// @param text of the claim, empty when it carries none
    record Seen(String text) implements Carried {}

    /// The node did not answer.
    record Unseen(Failure failure) implements Carried {}
}
