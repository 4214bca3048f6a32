package dev.ashlar.nodes.execute;

import dev.ashlar.model.node.Claim;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.secret.Redaction;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.channel.Answer;
import dev.ashlar.nodes.channel.ClaimText;
import dev.ashlar.nodes.channel.Session;
import dev.ashlar.nodes.channel.ShellChannel;
import dev.ashlar.nodes.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One node's channel: opened when first needed, shared by all that works on the node, remade when
/// lost. Thread safe.
final class Node {
    private final NodeAccess access;
    private final Transport transport;
    private final Mandate mandate;
    private final Supplier<Redaction> redaction;
    private final Function<List<String>, Session> sessions;
    private final List<String> lost = new ArrayList<>();
    private @Nullable CompletableFuture<ShellChannel.Opening> current;
    private @Nullable ShellChannel claimed;
    private boolean shut;

    /// @param sessions the session to ask for, given the lost ones that it replaces
    Node(
            NodeAccess access,
            Transport transport,
            Mandate mandate,
            Supplier<Redaction> redaction,
            Function<List<String>, Session> sessions) {
        this.access = access;
        this.transport = transport;
        this.mandate = mandate;
        this.redaction = redaction;
        this.sessions = sessions;
    }

    NodeAccess access() {
        return access;
    }

    /// What it answered, without secrets in what people read.
    Answer masked(Answer answer) {
        return Masking.masked(answer, redaction.get());
    }

    /// Of the secrets that it may have been given.
    Redaction redaction() {
        return redaction.get();
    }

    /// The living channel, or a new one. Many callers share one attempt to connect.
    ShellChannel.Opening channel() throws InterruptedException {
        try {
            return opening().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /// The same for one who changes something there: the node carries the mandate's claim first.
    ShellChannel.Opening workable() throws InterruptedException {
        ShellChannel.Opening opening = channel();
        if (opening instanceof ShellChannel.Opening.Opened(ShellChannel channel)) {
            Optional<Failure> objection = claim(channel);
            if (objection.isPresent()) {
                return new ShellChannel.Opening.Refused(objection.get());
            }
        }
        return opening;
    }

    /// The answer is not waited for: what is asked next is refused when the claim was.
    private synchronized Optional<Failure> claim(ShellChannel channel) {
        Optional<Claim> claim = mandate.claim();
        if (claim.isEmpty() || channel.equals(claimed)) {
            return Optional.empty();
        }
        Optional<Failure> objection = mandate.objection(access.node(), channel.carried());
        if (objection.isEmpty()) {
            channel.tell(ClaimText.claim(channel.carried(), claim.get().text()));
            claimed = channel;
        }
        return objection;
    }

    /// Why the node refused a job: what it carries now.
    Failure claimedByAnother(String carried) {
        return mandate.objection(access.node(), carried)
                .orElseGet(() ->
                        Failure.passing(
                                "claim",
                                Failure.Fault.NODE,
                                access.node() + " does not keep the claim of this run"));
    }

    private synchronized CompletableFuture<ShellChannel.Opening> opening() {
        if (shut) {
            return CompletableFuture.completedFuture(
                    new ShellChannel.Opening.Refused(
                            Failure.lasting("closed", Failure.Fault.BUG, "work after close")));
        }
        if (current != null) {
            if (!current.isDone()) {
                return current;
            }
            if (current.state() == Future.State.SUCCESS
                    && current.resultNow()
                            instanceof ShellChannel.Opening.Opened(ShellChannel channel)) {
                if (channel.isAlive()) {
                    return current;
                }
                lost.add(channel.name());
            }
        }
        CompletableFuture<ShellChannel.Opening> attempt = new CompletableFuture<>();
        List<String> replaces = List.copyOf(lost);
        current = attempt;
        Thread.ofVirtual()
                .name("connect-" + access.node())
                .start(() -> {
                    try {
                        attempt.complete(connect(replaces));
                    } catch (InterruptedException | RuntimeException | Error e) {
                        attempt.completeExceptionally(e);
                    }
                });
        return attempt;
    }

    private ShellChannel.Opening connect(List<String> replaces) throws InterruptedException {
        return switch (transport.open(access)) {
            case Transport.Opening.Refused(var failure) ->
                    new ShellChannel.Opening.Refused(failure);
            case Transport.Opening.Opened(var connection) -> {
                ShellChannel.Opening opening =
                        ShellChannel.open(connection, sessions.apply(replaces));
                if (opening instanceof ShellChannel.Opening.Opened) {
                    synchronized (this) {
                        lost.removeAll(replaces);
                    }
                }
                yield opening;
            }
        };
    }

    /// Closes the channel and opens no other.
    void shut() {
        synchronized (this) {
            shut = true;
        }
        close();
    }

    /// Closes the channel, if there is one; the next one who needs it opens another.
    void close() {
        CompletableFuture<ShellChannel.Opening> last;
        synchronized (this) {
            last = current;
        }
        if (last != null) {
            var _ =
                    last.whenComplete((opening, _) -> {
                        if (opening instanceof ShellChannel.Opening.Opened(ShellChannel channel)) {
                            channel.close();
                        }
                    });
        }
    }
}
