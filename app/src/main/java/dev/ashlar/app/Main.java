package dev.ashlar.app;

import dev.ashlar.app.command.AshlarCommand;

/// Where the process starts.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(AshlarCommand.run(arguments));
    }
}
