package dev.ashlar.model.journal;

import dev.ashlar.model.identity.InstanceKey;
import java.util.Optional;

/// That a step was given a secret, the last time that it was.
///
/// @param version of the secret
/// @param node where the step ran; empty where it ran beside Ashlar itself
public record Receipt(
        String secret, int version, InstanceKey step, Optional<String> node, long run, long atMs) {}
