package dev.ashlar.nodes.execute;

import java.time.Duration;

/// How long the executor waits for what.
///
/// @param reconnect for a lost node to come back while something of ours may run there
/// @param reboot for a node to come back from a reboot
/// @param grace added to a step's timeout on this side: the node enforces it first
/// @param beat pause between signs of life
public record Limits(Duration reconnect, Duration reboot, Duration grace, Duration beat) {
    public static final Limits STANDARD =
            new Limits(
                    Duration.ofMinutes(3),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(4));
}
