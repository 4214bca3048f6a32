package dev.ashlar.nodes.execute;

import dev.ashlar.model.work.Failure;
import java.util.Optional;

/// What a [RemoteCommand] came to on one node.
///
/// @param exitCode absent when it did not end by itself, or did not begin
/// @param failure why not, or what was wrong although it ended: it left processes running
public record CommandResult(
        Optional<Integer> exitCode, Printed out, Printed err, Optional<Failure> failure) {

    /// It did not begin, or was ended without a trace of what it printed.
    public static CommandResult without(Failure failure) {
        return new CommandResult(
                Optional.empty(), Printed.NOTHING, Printed.NOTHING, Optional.of(failure));
    }

    /// What keeps this from being a success: the failure, or else an exit code other than 0.
    public Optional<Failure> trouble() {
        return failure.or(() ->
                exitCode.filter(code -> code != 0)
                        .map(code -> Failures.exit("the command", code, err.text())));
    }
}
