package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.Underway;
import dev.ashlar.app.execution.Handover;
import dev.ashlar.app.execution.TimeLimit;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.store.folder.StateFolder;
import java.util.List;

/// Has a run give way to an `up` with another goal, or says why it does not.
final class Amending {
    private Amending() {}

    /// Stops with exit code 7 where another `up` waits for the same run already: of two new goals
    /// one would be gone before it was begun.
    static void refuseSecond(Cluster cluster, Underway running) {
        Handover.another(state(cluster), running)
                .ifPresent(first -> {
                    throw second(running, first.toString());
                });
    }

    private static CommandStop second(Underway running, String first) {
        return new CommandStop(
                ExitCode.NOT_MINE,
                List.of(
                        "error: run " + running.run() + " gives way to " + first,
                        "  help: when that has begun, the same command amends it"));
    }

    static String headline(Underway running) {
        return "Run %d is under way (%s): this amends it. What runs there finishes, the rest is planned anew."
                .formatted(running.run(), running.holder());
    }

    /// The right to act; stops with exit code 7 when it goes to another or the run's process does
    /// not hear, and with 130 when the wait is ended.
    static Acting take(
            Cluster cluster, Underway running, String part, TimeLimit limit, Terminal terminal)
            throws InterruptedException {
        Handover.Outcome outcome;
        try (Handover handover =
                Handover.ask(
                        cluster.folder(), state(cluster), running, part, limit, terminal::say)) {
            outcome = handover.await(Handover.PATIENCE);
        }
        return switch (outcome) {
            case Handover.Outcome.Granted(Acting acting) -> acting;
            case Handover.Outcome.Second(var first) -> throw second(running, first.toString());
            case Handover.Outcome.Cancelled(String by) ->
                    throw new CommandStop(
                            ExitCode.INTERRUPTED,
                            "cancelled by %s: nothing of this was begun, and run %d ends: the same command goes on from there"
                                    .formatted(by, running.run()));
            case Handover.Outcome.Overtaken(var holder) ->
                    throw new CommandStop(
                            ExitCode.NOT_MINE,
                            List.of(
                                    "error: another command was faster (%s)".formatted(holder),
                                    "  help: the same command amends that"));
            case Handover.Outcome.Unheard _ ->
                    throw new CommandStop(
                            ExitCode.NOT_MINE,
                            List.of(
                                    "error: %s carries run %d out and does not answer; nothing was changed"
                                            .formatted(running.holder(), running.run()),
                                    "  help: `ashlar status` shows how far it is; when it is ended, the same command goes on"));
            case Handover.Outcome.Stopped(boolean withdrawn) ->
                    throw new CommandStop(
                            ExitCode.INTERRUPTED,
                            withdrawn
                                    ? "nothing of this was begun: run "
                                            + running.run()
                                            + " goes on as it was"
                                    : "nothing of this was begun, and run "
                                            + running.run()
                                            + " ends: the same command goes on from there");
        };
    }

    private static StateFolder state(Cluster cluster) {
        return cluster.state()
                .orElseThrow(() -> new IllegalStateException("a run is on record in a state"));
    }
}
