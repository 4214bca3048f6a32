package dev.ashlar.app.command;

import dev.ashlar.app.execution.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "version", description = "Print the version.")
final class VersionCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        System.out.println(Version.TEXT);
        return ExitCode.DONE.code();
    }
}
