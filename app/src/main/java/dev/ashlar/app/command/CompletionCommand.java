package dev.ashlar.app.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        description = "Print a completion script for bash, zsh or fish.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(ashlar completion bash)       also zsh",
            "  ashlar completion fish | source"
        })
final class CompletionCommand implements Callable<Integer> {
    /// The shells there is a script for.
    enum Shell {
        bash,
        zsh,
        fish
    }

    @Spec private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "SHELL",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "bash")
    private Shell shell = Shell.bash;

    @Override
    public Integer call() {
        if (spec != null) {
            CommandSpec root = spec.root();
            System.out.print(
                    switch (shell) {
                        // One script for both: it looks which of them reads it.
                        case bash, zsh -> AutoComplete.bash("ashlar", root.commandLine());
                        case fish -> FishCompletion.of(root);
                    });
        }
        return ExitCode.DONE.code();
    }
}
