package dev.ashlar.app;

import dev.ashlar.app.command.AshlarCommand;
import dev.ashlar.language.expression.ExpressionCompiler;
import java.util.List;

/// Where the process starts.
public final class Main {
    private Main() {}

    private static final List<String> WITHOUT_FILES =
            List.of("version", "completion", "explain", "help", "--help", "-h", "--version", "-V");

    public static void main(String[] arguments) {
        if (arguments.length > 0 && !WITHOUT_FILES.contains(arguments[0])) {
            // The library of expressions takes longest to be ready: it gets the other core while
            // the command line is read.
            Thread.ofPlatform().daemon().start(ExpressionCompiler::preload);
        }
        System.exit(AshlarCommand.run(arguments));
    }
}
