package dev.ashlar.engine.shell;

import java.io.PrintWriter;
import java.io.StringWriter;

/// A bug's stack as text, for the log.
final class Stack {
    private Stack() {}

    static String of(Throwable bug) {
        StringWriter text = new StringWriter();
        bug.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
