package dev.ashlar.app.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A verb that does nothing itself: others stand below it, of which one is to be named.
abstract class CommandGroup implements Runnable {
    @Spec private @Nullable CommandSpec spec;

    /// What picocli knows of it; empty before it was asked.
    final Optional<CommandSpec> spec() {
        return Optional.ofNullable(spec);
    }

    @Override
    public final void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(), "error: which " + spec.name() + " command?");
        }
    }
}
