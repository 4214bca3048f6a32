package dev.ashlar.app.command;

import dev.ashlar.app.document.Documents;
import dev.ashlar.app.execution.Version;
import dev.ashlar.app.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        description = "Print the version.",
        footerHeading = "%nExamples:%n",
        footer = {"  ashlar version", "  ashlar version --json"})
final class VersionCommand implements Callable<Integer> {
    @Mixin private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        Terminal terminal = output.terminal();
        if (output.isHuman()) {
            terminal.data(Version.TEXT);
        }
        output.document(terminal, Documents::version);
        return ExitCode.DONE.code();
    }
}
