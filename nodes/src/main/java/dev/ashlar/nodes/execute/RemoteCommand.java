package dev.ashlar.nodes.execute;

import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.channel.Answer;
import dev.ashlar.nodes.channel.Job;
import dev.ashlar.nodes.channel.ShellText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// One program that a person wants run on nodes, with its arguments, each exactly as it is given:
/// no shell reads them. It gets the rights, the search path and the locale (`C`) that steps have,
/// starts in the home folder, and has nothing to read. What it leaves running is ended with it.
///
/// @param words the program and its arguments
/// @param timeout after which it is ended on a node
public record RemoteCommand(List<String> words, Duration timeout) {
    /// So many bytes of each stream are kept, the first ones.
    public static final int KEPT_BYTES = 256 * 1024;

    private static final String PROGRAM = ShellText.packed(RemoteCommand.class, "command.sh");
    private static final String LEFT_HINT =
            "What is to keep running is a service; `systemd-run` starts one for a while.";

    /// @throws IllegalArgumentException when there are no words
    public RemoteCommand {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a command has words");
        }
    }

    CommandResult on(Node node, Limits limits) {
        Job job = Job.killed("exec", timeout, program(), new LinkedHashMap<>());
        return switch (new Attempt(node, job, false, limits).toTheEnd()) {
            case Attempt.Outcome.Ended(Answer answer) -> result(answer);
            case Attempt.Outcome.Failed(Failure failure) -> CommandResult.without(failure);
            case Attempt.Outcome.Stopped _ -> CommandResult.without(Failure.stop());
        };
    }

    private String program() {
        // One byte more tells that something was cut.
        return "most=" + (KEPT_BYTES + 1) + "\nset -- " + ShellText.quoted(words) + "\n" + PROGRAM;
    }

    private CommandResult result(Answer answer) {
        if (answer.has("cancelled")) {
            return CommandResult.without(Failure.stop());
        }
        Answer records =
                Answer.parse(answer.field("records").map(Answer.Field::bytes).orElse(new byte[0]));
        Printed out = Printed.of(records.field("stdout"));
        // Where nothing was reported the command took our shell with it: what was said is a log.
        Printed err = Printed.of(records.field("stderr").or(() -> answer.field("log")));
        if (answer.has("timeout")) {
            return new CommandResult(
                    Optional.empty(), out, err, Optional.of(Failures.timeout(timeout)));
        }
        String code = answer.text("exit").strip();
        return new CommandResult(
                Optional.of(code.matches("[0-9]{1,3}") ? Integer.parseInt(code) : -1),
                out,
                err,
                trouble(answer));
    }

    private static Optional<Failure> trouble(Answer answer) {
        if (answer.has("gone")) {
            return Optional.of(Failures.gone(answer.text("gone")));
        }
        return answer.has("left")
                ? Optional.of(Failures.left(answer.text("left"), "").withHint(LEFT_HINT))
                : Optional.empty();
    }
}
