package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.Underway;
import dev.ashlar.app.execution.Handover;
import dev.ashlar.app.execution.TimeLimit;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Plan.Action;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.text.Words;
import dev.ashlar.store.folder.StateFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An `up` that says something else than the run which is under way: it has that give way, or says
/// why it does not.
///
/// @param differences in what it says something else
record Amending(Cluster cluster, Underway running, Selection selection, List<String> differences) {
    private static final int MAX_NAMED = 5;

    /// Empty where no `up` is under way, or one that says the same.
    static Optional<Amending> of(Cluster cluster, Selection selection, List<String> wipes) {
        return Underway.of(cluster)
                .map(running ->
                        new Amending(
                                cluster,
                                running,
                                selection,
                                running.amendedFor(cluster, selection, wipes)))
                .filter(one -> !one.differences.isEmpty());
    }

    /// True where what the run would still do is not wanted any more, be there anything to do
    /// instead or not.
    boolean isForAnotherWhole() {
        return selection.equals(Selection.WHOLE) && !running.isFor(cluster);
    }

    /// False where all that is to be done is being done by the run: of its own goal, then.
    boolean wantsMore(Plan plan) {
        return !running.isFor(cluster)
                || plan.changes().stream()
                        .anyMatch(entry -> !running.inFlight().contains(entry.key()));
    }

    /// Stops with exit code 7 where another `up` waits for the same run already: of two new goals
    /// one would be gone before it was begun.
    void refuseSecond() {
        Handover.another(state(), running)
                .ifPresent(first -> {
                    throw second(first.toString());
                });
    }

    private CommandStop second(String first) {
        return new CommandStop(
                ExitCode.NOT_MINE,
                List.of(
                        "error: run " + running.run() + " gives way to " + first,
                        "  help: when that has begun, the same command amends it"));
    }

    /// What a person has to know of it beside the plan, before anything is agreed to.
    List<String> lines(Plan plan) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Run %d is under way (%s): this amends it (%s). What runs there finishes, the rest is planned anew."
                        .formatted(
                                running.run(), running.holder(), String.join("; ", differences)));
        List<String> undone =
                plan.entries().stream()
                        .filter(entry -> entry.action() == Action.LEFT_OUT)
                        .map(Plan.Entry::key)
                        .filter(key -> !running.inFlight().contains(key))
                        .map(InstanceKey::toString)
                        .toList();
        if (!undone.isEmpty()) {
            lines.add(
                    "What is left out is not done by run %d any more either (%d): %s"
                            .formatted(
                                    running.run(), undone.size(), Words.some(undone, MAX_NAMED)));
        }
        return lines;
    }

    /// What is said at the end where something was left out.
    String rest(int leftOut) {
        return "What run %d was amended for is all that was done; %d left out: `%s` does the rest"
                .formatted(
                        running.run(),
                        leftOut,
                        ShellWords.line(
                                List.of("ashlar", "up", ShellWords.path(cluster.folder()))));
    }

    /// The right to act; stops with exit code 7 when it goes to another or the run's process does
    /// not hear, and with 130 when the wait is ended.
    Acting take(TimeLimit limit, Terminal terminal) throws InterruptedException {
        Handover.Outcome outcome;
        try (Handover handover =
                Handover.ask(
                        cluster.folder(),
                        state(),
                        running,
                        selection.words(),
                        limit,
                        terminal::say)) {
            outcome = handover.await(Handover.PATIENCE);
        }
        return switch (outcome) {
            case Handover.Outcome.Granted(Acting acting) -> acting;
            case Handover.Outcome.Second(var first) -> throw second(first.toString());
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
            case Handover.Outcome.Stopped(boolean withdrawn) -> throw ended("", !withdrawn);
            case Handover.Outcome.Cancelled(String by) ->
                    throw ended("cancelled by " + by + ": ", true);
        };
    }

    private CommandStop ended(String why, boolean runEnds) {
        return new CommandStop(
                ExitCode.INTERRUPTED,
                why
                        + (runEnds
                                        ? "nothing of this was begun, and run %d ends: the same command goes on from there"
                                        : "nothing of this was begun: run %d goes on as it was")
                                .formatted(running.run()));
    }

    /// The same stop, told to somebody for whom the run has given way.
    CommandStop afterwards(CommandStop stop) {
        List<String> lines = new ArrayList<>(stop.lines());
        lines.add(
                "run %d has ended for this, and nobody goes on: what it had done stands, the rest is not begun"
                        .formatted(running.run()));
        lines.add("  help: `ashlar status` shows both; the next `ashlar up` goes on from there");
        return new CommandStop(stop.code(), lines);
    }

    private StateFolder state() {
        return cluster.state()
                .orElseThrow(() -> new IllegalStateException("a run is on record in a state"));
    }
}
