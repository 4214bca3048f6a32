package dev.ashlar.app.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Runs command lines in this process, one at a time.
///
/// @param out what was written to standard output
/// @param err what was written to standard error
record CommandLineEntry(int exitCode, String out, String err) {

    static CommandLineEntry run(List<String> words) {
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            int code = AshlarCommand.run(words.toArray(String[]::new));
            return new CommandLineEntry(
                    code,
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
    }

    static CommandLineEntry run(String verb, String cluster, String... options) {
        List<String> words = new ArrayList<>(List.of(verb, cluster));
        words.addAll(List.of(options));
        return run(words);
    }
}
