package dev.ashlar.nodes.execute;

import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.channel.Answer;
import dev.ashlar.nodes.channel.ClaimText;
import dev.ashlar.nodes.channel.ShellChannel;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/// Asks a node whom it answers to, and tells it. Immutable.
record Claiming(Limits limits) {

    Carried look(Node node) {
        try {
            return switch (node.channel()) {
                case ShellChannel.Opening.Refused(Failure failure) -> new Carried.Unseen(failure);
                case ShellChannel.Opening.Opened(ShellChannel channel) ->
                        new Carried.Seen(channel.carried());
            };
        } catch (InterruptedException e) {
            return new Carried.Unseen(Failure.stop());
        }
    }

    Optional<Failure> claim(Node node) {
        return asked(node, ClaimText::settle);
    }

    Optional<Failure> disclaim(Node node) {
        return asked(node, ClaimText::disclaim);
    }

    Optional<Failure> asked(Node node, IntFunction<String> question) {
        try {
            return switch (node.workable()) {
                case ShellChannel.Opening.Refused(Failure failure) -> Optional.of(failure);
                case ShellChannel.Opening.Opened(ShellChannel channel) ->
                        answered(node, channel.ask(question));
            };
        } catch (InterruptedException e) {
            return Optional.of(Failure.stop());
        }
    }

    private Optional<Failure> answered(Node node, ShellChannel.Request request)
            throws InterruptedException {
        try {
            Optional<Answer> answer =
                    request.answer().get(limits.grace().toMillis(), TimeUnit.MILLISECONDS);
            return answer.map(found -> refusal(node, found))
                    .orElseGet(() -> Optional.of(Failures.lost(node.access().node())));
        } catch (TimeoutException e) {
            return Optional.of(Failures.timeout(limits.grace()));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Optional<Failure> refusal(Node node, Answer answer) {
        if (answer.has("claimed")) {
            return Optional.of(node.claimedByAnother(answer.text("claimed").strip()));
        }
        return answer.has("refused")
                ? Optional.of(Failures.refused(answer.text("refused").strip()))
                : Optional.empty();
    }
}
