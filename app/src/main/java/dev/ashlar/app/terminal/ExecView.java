package dev.ashlar.app.terminal;

import dev.ashlar.model.text.Words;
import dev.ashlar.nodes.channel.ShellText;
import dev.ashlar.nodes.execute.CommandResult;
import dev.ashlar.nodes.execute.Printed;
import dev.ashlar.nodes.execute.RemoteCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What a command came to on many nodes, for people: once for all nodes with the same exit code and
/// the same output, what could not be run last.
public final class ExecView {
    private static final int MAX_NAMED = 20;
    private static final String INDENT = "  ";

    private final Terminal terminal;

    public ExecView(Terminal terminal) {
        this.terminal = terminal;
    }

    public List<String> lines(SequencedMap<String, CommandResult> results) {
        SequencedMap<CommandResult, List<String>> same = new LinkedHashMap<>();
        results.forEach(
                (node, result) -> same.computeIfAbsent(result, _ -> new ArrayList<>()).add(node));
        List<String> lines = new ArrayList<>();
        same.forEach((result, nodes) -> lines.addAll(ended(result, nodes)));
        same.forEach((result, nodes) ->
                result.failure()
                        .ifPresent(failure ->
                                lines.addAll(new FailureView(terminal).one(failure, nodes))));
        return lines.stream().dropWhile(String::isEmpty).toList();
    }

    /// In one line, what is about to be run, and where.
    public static String heading(List<String> nodes, List<String> command) {
        return "On " + Words.some(nodes, MAX_NAMED) + ": " + ShellText.line(command);
    }

    /// In one line, how many nodes came to what.
    public static String summary(SequencedMap<String, CommandResult> results) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        results.values()
                .forEach(result ->
                        counts.merge(
                                result.exitCode()
                                        .map(code -> "exit " + code)
                                        .orElse("no exit code"),
                                1,
                                Integer::sum));
        List<String> words = new ArrayList<>();
        counts.forEach((word, count) -> words.add(word + " on " + count));
        return String.join(", ", words);
    }

    /// A command that did not end shows what it had printed; one that did not begin has nothing.
    private List<String> ended(CommandResult result, List<String> nodes) {
        List<String> lines = new ArrayList<>();
        result.exitCode()
                .ifPresent(code ->
                        lines.add(
                                head(nodes)
                                        + terminal.paint(
                                                code == 0 ? Paint.GOOD : Paint.BAD,
                                                "exit " + code)));
        boolean printed = !result.out().text().isEmpty() || !result.err().text().isEmpty();
        if (result.exitCode().isEmpty() && printed) {
            lines.add(head(nodes) + terminal.paint(Paint.BAD, "did not end"));
        }
        lines.addAll(indented(result.out(), INDENT));
        if (!result.err().text().isEmpty()) {
            lines.add(terminal.paint(Paint.FAINT, INDENT + "stderr:"));
            lines.addAll(indented(result.err(), INDENT + INDENT));
        }
        return lines;
    }

    private String head(List<String> nodes) {
        return terminal.paint(Paint.STRONG, Words.some(nodes, MAX_NAMED)) + ": ";
    }

    private List<String> indented(Printed printed, String indent) {
        List<String> lines =
                new ArrayList<>(printed.text().lines().map(line -> indent + line).toList());
        if (printed.cut()) {
            lines.add(
                    terminal.paint(
                            Paint.CHANGE,
                            indent
                                    + "(cut: of more, the first "
                                    + RemoteCommand.KEPT_BYTES / 1024
                                    + " KiB are kept)"));
        }
        return lines;
    }
}
