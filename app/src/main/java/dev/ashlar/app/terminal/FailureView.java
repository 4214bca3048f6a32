package dev.ashlar.app.terminal;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.text.Words;
import dev.ashlar.model.work.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Failures for people: the same failure on many nodes once, with command, exit code, last output,
/// whose fault, and a hint.
public final class FailureView {
    private static final int MAX_NAMED = 8;

    private final Terminal terminal;

    public FailureView(Terminal terminal) {
        this.terminal = terminal;
    }

    public List<String> lines(Map<InstanceKey, Failure> failures) {
        Map<Failure, List<String>> same = new LinkedHashMap<>();
        failures.forEach((key, failure) ->
                same.computeIfAbsent(failure, _ -> new ArrayList<>()).add(key.toString()));
        List<String> lines = new ArrayList<>();
        same.forEach((failure, keys) -> lines.addAll(one(failure, keys)));
        return lines;
    }

    /// @param keys what has failed so
    List<String> one(Failure failure, List<String> keys) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(
                terminal.paint(Paint.BAD, "failed: " + Words.some(keys, MAX_NAMED))
                        + "  ["
                        + failure.kind()
                        + ", "
                        + fault(failure)
                        + "]");
        lines.add("  " + failure.message());
        failure.command()
                .ifPresent(command ->
                        lines.add(
                                "  command: "
                                        + command
                                        + failure.exitCode()
                                                .map(code -> " (exit code " + code + ")")
                                                .orElse("")));
        failure.lastOutput().forEach(line -> lines.add(terminal.paint(Paint.FAINT, "  | ") + line));
        failure.hint().ifPresent(hint -> lines.add("  help: " + hint));
        return lines;
    }

    private static String fault(Failure failure) {
        return switch (failure.fault()) {
            case USER -> "in what was written";
            case NODE -> "the node's fault";
            case SITE -> "the site's fault";
            case ACCESS -> "not allowed or not trusted";
            case STATE -> "this state may not act there";
            case BUG -> "a bug in Ashlar";
        };
    }
}
