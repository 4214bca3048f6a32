package dev.ashlar.app.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Print a completion script for bash or zsh.",
        footerHeading = "%nExample:%n",
        footer = "  source <(ashlar completion)")
final class CompletionCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) {
            System.out.print(AutoComplete.bash("ashlar", spec.root().commandLine()));
        }
        return ExitCode.DONE.code();
    }
}
