package dev.ashlar.app.command;

import java.util.Optional;
import picocli.CommandLine.Option;

/// Which nodes: the same language on every verb.
final class LimitOption {
    @Option(
            names = "--limit",
            paramLabel = "EXPR",
            description = "Only on these nodes: a, b*, group, group[0:1], ~regex, !c, &group.")
    private Optional<String> limit = Optional.empty();

    Optional<String> value() {
        return limit;
    }
}
