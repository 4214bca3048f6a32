package dev.ashlar.app.cluster;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Failure;
import java.util.Optional;

/// Where one instance is.
///
/// @param state `done`, `failed`, `interrupted`, `running`, `pending`, `changed` (its files have
///   changed since), `unhealthy`
public record StatusRow(
        InstanceKey key,
        String state,
        Optional<Long> run,
        Optional<Long> atMs,
        Optional<Failure> failure) {}
