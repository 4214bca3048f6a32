package dev.ashlar.nodes.execute;

import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Failure.Fault;
import dev.ashlar.nodes.channel.Answer;
import dev.ashlar.nodes.channel.Job;
import dev.ashlar.nodes.channel.ShellChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Takes one job to its end on a node, over as many connections as that needs. Confined to one
/// thread.
final class Attempt {
    private static final long PAUSE_MS = 500;
    private static final long LONGEST_PAUSE_MS = 5_000;
    private static final Duration CONFIRMED_WITHIN = Duration.ofSeconds(12);
    private final Node node;
    private final Job job;
    private final Limits limits;
    private final long until;
    private boolean again;
    private boolean started;

    /// What came of it.
    sealed interface Outcome {
        /// The job ended; the answer tells how.
        record Ended(Answer answer) implements Outcome {}

        record Failed(Failure failure) implements Outcome {}

        /// @param answer what the node told of it when it was ended there
        record Stopped(Optional<Answer> answer) implements Outcome {
            String log() {
                return answer.map(words -> words.text("log")).orElse("");
            }
        }
    }

    Attempt(Node node, Job job, boolean again, Limits limits) {
        this.node = node;
        this.job = job;
        this.limits = limits;
        this.again = again;
        this.until = System.nanoTime() + job.timeout().plus(limits.grace()).toNanos();
    }

    Outcome toTheEnd() {
        try {
            long lostAt = 0;
            long pause = PAUSE_MS;
            while (true) {
                switch (node.workable()) {
                    case ShellChannel.Opening.Refused(Failure failure) -> {
                        boolean waitOn = started && job.finishes() && !failure.lasting();
                        if (!waitOn || System.nanoTime() - lostAt > limits.reconnect().toNanos()) {
                            return new Outcome.Failed(
                                    started && !forbids(failure) ? lineLost(failure) : failure);
                        }
                        Thread.sleep(pause);
                        pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
                    }
                    case ShellChannel.Opening.Opened(ShellChannel channel) -> {
                        pause = PAUSE_MS;
                        Optional<Outcome> outcome = over(channel);
                        if (outcome.isPresent()) {
                            return outcome.get();
                        }
                        lostAt = System.nanoTime();
                    }
                }
            }
        } catch (InterruptedException e) {
            return new Outcome.Stopped(Optional.empty());
        }
    }

    /// Empty when another connection must be tried.
    private Optional<Outcome> over(ShellChannel channel) throws InterruptedException {
        boolean collecting = job.finishes() && (started || again);
        ShellChannel.Request request =
                collecting ? channel.collect(job) : channel.start(job, again);
        started = true;
        Optional<Answer> answer;
        try {
            long left = Math.max(0, until - System.nanoTime());
            answer = request.answer().get(left, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            channel.cancel(job, request);
            return Optional.of(new Outcome.Failed(Failures.timeout(job.timeout())));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            return Optional.of(stop(channel, request));
        }
        if (answer.isEmpty()) {
            return job.finishes() ? Optional.empty() : Optional.of(abandoned());
        }
        if (answer.get().has("nothing")) {
            started = false;
            again = false;
            return Optional.empty();
        }
        if (answer.get().has("claimed")) {
            return Optional.of(
                    new Outcome.Failed(
                            node.claimedByAnother(answer.get().text("claimed").strip())));
        }
        if (answer.get().has("refused")) {
            return Optional.of(
                    new Outcome.Failed(
                            Failures.refused(node.masked(answer.get()).text("refused").strip())));
        }
        return Optional.of(new Outcome.Ended(node.masked(answer.get())));
    }

    /// The new connection ends the lost session's jobs before anything else, so that a retry never
    /// meets its predecessor.
    private Outcome abandoned() throws InterruptedException {
        Failure failure = Failures.lost(node.access().node());
        return switch (node.channel()) {
            case ShellChannel.Opening.Opened _ -> new Outcome.Failed(failure);
            case ShellChannel.Opening.Refused(Failure why) when forbids(why) ->
                    new Outcome.Failed(why);
            case ShellChannel.Opening.Refused(Failure why) ->
                    new Outcome.Failed(
                            failure.withHint(
                                    "What ran there ends by itself within 25 seconds. Since then: "
                                            + why.message()));
        };
    }

    /// Whoever answers there now is not, or may not be, who was spoken to: that matters more than
    /// that the line was lost.
    private static boolean forbids(Failure why) {
        return why.fault() == Fault.STATE || why.fault() == Fault.ACCESS;
    }

    private Failure lineLost(Failure why) {
        return Failure.passing(
                        "line-lost",
                        Fault.NODE,
                        "the line to "
                                + node.access().node()
                                + " was lost and did not come back: "
                                + why.message())
                .withHint(
                        "The step goes on there to its end or deadline; the next run collects its outcome.");
    }

    private Outcome stop(ShellChannel channel, ShellChannel.Request request) {
        channel.cancel(job, request);
        long confirmedBy = System.nanoTime() + CONFIRMED_WITHIN.toNanos();
        while (true) {
            try {
                long left = Math.max(0, confirmedBy - System.nanoTime());
                return new Outcome.Stopped(
                        request.answer().get(left, TimeUnit.NANOSECONDS).map(node::masked));
            } catch (InterruptedException _) {
                // Whoever asks once more must not lose what it said: it is being ended.
            } catch (TimeoutException | ExecutionException notConfirmed) {
                // The node ends it in any case when the session closes.
                return new Outcome.Stopped(Optional.empty());
            }
        }
    }
}
