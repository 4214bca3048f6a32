package dev.ashlar.app;

import dev.ashlar.app.command.AshlarCommand;
import dev.ashlar.language.expression.ExpressionCompiler;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.util.List;

/// Where the process starts.
public final class Main {
    private Main() {}

    private static final List<String> WITHOUT_FILES =
            List.of("version", "completion", "explain", "help", "--help", "-h", "--version", "-V");

    public static void main(String[] arguments) {
        if (arguments.length > 0 && !WITHOUT_FILES.contains(arguments[0])) {
            Thread.ofPlatform().daemon().start(Main::preload);
        }
        Exit.with(AshlarCommand.runProcess(arguments));
    }

    /// What takes longest to be ready gets the other core, in the order in which it is needed.
    private static void preload() {
        ExpressionCompiler.preload();
        SqliteJournal.preload();
        Exit.preload();
    }
}
