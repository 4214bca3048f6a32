package dev.ashlar.app.command;

import dev.ashlar.app.execution.Amender;
import dev.ashlar.app.execution.RunResult;
import dev.ashlar.app.terminal.DataView;
import dev.ashlar.app.terminal.FailureView;
import dev.ashlar.app.terminal.Paint;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.app.terminal.Times;
import dev.ashlar.engine.run.Totals;

/// How a run's end is told, and the exit code that goes with it.
final class Ending {
    private Ending() {}

    static int tell(Terminal terminal, boolean human, RunResult result) {
        Totals totals = result.totals();
        new FailureView(terminal).lines(result.failures()).forEach(terminal::warn);
        if (!result.blocked().isEmpty()) {
            terminal.warn("");
            terminal.warn(result.blocked().size() + " blocked:");
            result.blocked().entrySet().stream()
                    .limit(MAX_BLOCKED)
                    .forEach(
                            entry -> terminal.warn("  " + entry.getKey() + " " + entry.getValue()));
            if (result.blocked().size() > MAX_BLOCKED) {
                terminal.warn("  and " + (result.blocked().size() - MAX_BLOCKED) + " more");
            }
        }
        new DataView(terminal).became(result.data()).forEach(terminal::say);
        terminal.say(summary(terminal, result));
        if (totals.isDone()) {
            if (human) {
                result.notes().values().forEach(note -> terminal.data(note.stripTrailing()));
            }
            return ExitCode.DONE.code();
        }
        if (result.amendedBy().isPresent()) {
            return amended(terminal, result, result.amendedBy().get()).code();
        }
        if (totals.cancelled() > 0) {
            terminal.warn("help: the same command goes on from here");
            return ExitCode.INTERRUPTED.code();
        }
        terminal.warn("help: when it is mended, the same command goes on from here");
        return ExitCode.of(result.failures().values()).code();
    }

    private static ExitCode amended(Terminal terminal, RunResult result, Amender by) {
        if (!by.isThere()) {
            terminal.warn(
                    "Run %d was amended by %s, and that is gone: nobody goes on from here"
                            .formatted(result.run(), by));
            terminal.warn("  help: the same command goes on from here");
            return ExitCode.INTERRUPTED;
        }
        terminal.warn(
                "Run %d was amended: %s goes on from here with %s, in run %d"
                        .formatted(
                                result.run(),
                                by,
                                by.part().isEmpty() ? "another goal" : by.part() + " alone",
                                result.run() + 1));
        if (!by.part().isEmpty()) {
            terminal.warn("  what that leaves out is not done: `ashlar up` afterwards does it");
        }
        terminal.warn("  help: `ashlar status --watch` follows it");
        return ExitCode.ofAmended(result.failures().values());
    }

    private static String summary(Terminal terminal, RunResult result) {
        Totals totals = result.totals();
        StringBuilder text =
                new StringBuilder("Run " + result.run() + " " + word(terminal, result));
        text.append(" in ").append(Times.lasting(result.tookMs()));
        text.append(": ").append(totals.ran()).append(" ran (").append(totals.changed());
        text.append(" changed something), ").append(totals.skipped()).append(" unchanged");
        append(text, totals.resumed(), "resumed");
        append(text, totals.failed(), "failed");
        append(text, totals.blocked(), "blocked");
        append(text, totals.leftOut(), "left out");
        append(text, totals.cancelled(), "not started or not finished");
        return text.toString();
    }

    private static String word(Terminal terminal, RunResult result) {
        if (result.totals().isDone()) {
            return terminal.paint(Paint.GOOD, "done");
        }
        if (result.totals().cancelled() == 0) {
            return terminal.paint(Paint.BAD, "failed");
        }
        return terminal.paint(
                Paint.CHANGE, result.amendedBy().isPresent() ? "amended" : "interrupted");
    }

    private static void append(StringBuilder text, int count, String word) {
        if (count > 0) {
            text.append(", ").append(count).append(' ').append(word);
        }
    }

    private static final int MAX_BLOCKED = 10;
}
