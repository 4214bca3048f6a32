package dev.ashlar.providers.lab;

import java.util.Optional;

/// A machine as it is now.
///
/// @param address empty while the lab has no network, which is when none of its machines has power
/// @param pid its first process, as the host numbers it
/// @param fingerprint of its host key, as `ssh-keygen -l` prints it
public record LabMachine(
        String name,
        Optional<String> address,
        State state,
        Optional<Long> pid,
        String fingerprint) {

    /// What one sees from outside.
    public enum State {
        RUNNING,
        /// Running, with its network cable pulled.
        CUT,
        STOPPED
    }
}
