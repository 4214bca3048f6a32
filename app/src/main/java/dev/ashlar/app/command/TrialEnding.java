package dev.ashlar.app.command;

import dev.ashlar.app.terminal.FailureView;
import dev.ashlar.app.terminal.Paint;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.app.terminal.Times;
import dev.ashlar.app.trial.Finding;
import dev.ashlar.app.trial.TrialResult;
import dev.ashlar.model.work.Failure;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// How the end of a pack's suites is told, and the exit code that goes with it.
final class TrialEnding {
    private static final int MAX_FINDINGS = 20;

    private final Terminal terminal;
    private final Function<TrialResult, String> again;

    /// @param again the command that plays a suite once more
    TrialEnding(Terminal terminal, Function<TrialResult, String> again) {
        this.terminal = terminal;
        this.again = again;
    }

    /// What a suite has found, as soon as it has ended.
    void tell(TrialResult result) {
        if (result.findings().isEmpty()) {
            return;
        }
        terminal.warn(
                terminal.paint(
                        Paint.BAD,
                        "failed: %s of %s, at: %s"
                                .formatted(result.suite().word(), result.cluster(), result.at())));
        result.findings().stream().limit(MAX_FINDINGS).forEach(this::tell);
        if (result.findings().size() > MAX_FINDINGS) {
            terminal.warn("  and " + (result.findings().size() - MAX_FINDINGS) + " more");
        }
        terminal.warn("  help: once more with `" + again.apply(result) + "`");
        result.kept()
                .ifPresentOrElse(
                        folder ->
                                terminal.warn(
                                        "  help: its machines run: `ashlar status %s` shows how it stands, `ashlar down %s --yes` ends them"
                                                .formatted(folder, folder)),
                        () -> terminal.warn("  help: --keep leaves its machines for a look"));
    }

    private void tell(Finding finding) {
        terminal.warn("  " + finding.what());
        new FailureView(terminal)
                .lines(finding.failures())
                .forEach(line -> terminal.warn(line.isEmpty() ? line : "  " + line));
    }

    /// One line for each suite that was begun.
    List<String> fold(List<TrialResult> results) {
        return results.stream().map(this::row).toList();
    }

    private String row(TrialResult result) {
        String word =
                switch (result.outcome()) {
                    case PASSED -> terminal.paint(Paint.GOOD, "passed");
                    case FAILED -> terminal.paint(Paint.BAD, "failed");
                    case INTERRUPTED -> terminal.paint(Paint.CHANGE, "interrupted");
                };
        return String.format(
                Locale.ROOT,
                "%-8s %-20s %s in %s, %d run%s",
                result.suite().word(),
                result.cluster(),
                word,
                Times.lasting(result.tookMs()),
                result.runs(),
                result.runs() == 1 ? "" : "s");
    }

    /// 0 where all passed.
    ///
    /// @param isEnded whether a person has ended the whole
    static ExitCode code(List<TrialResult> results, boolean isEnded) {
        if (isEnded) {
            return ExitCode.INTERRUPTED;
        }
        List<Finding> findings =
                results.stream().flatMap(result -> result.findings().stream()).toList();
        if (findings.isEmpty()) {
            return ExitCode.DONE;
        }
        List<Failure> failures =
                findings.stream().flatMap(f -> f.failures().values().stream()).toList();
        ExitCode code = ExitCode.of(failures);
        boolean elsewhere = findings.stream().noneMatch(f -> f.failures().isEmpty());
        return code == ExitCode.NODE_OR_SITE && !elsewhere ? ExitCode.FAILED : code;
    }
}
