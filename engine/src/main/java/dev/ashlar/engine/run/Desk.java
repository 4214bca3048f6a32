package dev.ashlar.engine.run;

import dev.ashlar.engine.past.Past;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.work.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where a run's commands are written and phases change.
final class Desk {
    private final Settings settings;
    private final Past past;
    private final Turns turns;
    private final Probing probing;
    private final Lobby lobby;
    private List<Command> commands = new ArrayList<>();
    private long nowMs;
    private long nextIntent;

    Desk(Settings settings, Past past, Turns turns, Probing probing, Lobby lobby) {
        this.settings = settings;
        this.past = past;
        this.turns = turns;
        this.probing = probing;
        this.lobby = lobby;
    }

    /// A new event is being answered.
    void open(long atMs) {
        commands = new ArrayList<>();
        nowMs = Math.max(nowMs, atMs);
    }

    List<Command> commands() {
        return commands;
    }

    long nowMs() {
        return nowMs;
    }

    long run() {
        return settings.run();
    }

    void add(Command command) {
        commands.add(command);
    }

    String newIntent() {
        nextIntent++;
        return settings.lineage() + "-" + settings.run() + "-" + nextIntent;
    }

    void probeDue(Cell cell) {
        cell.probeDue = true;
        lobby.add(cell);
    }

    /// State is the fold of the records: what is appended is applied, here as after a crash.
    void append(JournalRecord entry) {
        past.apply(entry);
        commands.add(new Command.Append(entry));
    }

    void enter(Cell cell, Phase phase, String detail) {
        enter(cell, phase, detail, Optional.empty());
    }

    /// For those who watch.
    ///
    /// @param later by its group
    /// @return true when there is any
    boolean postpones(Map<Cell, String> later) {
        later.forEach((cell, group) -> add(new Command.Postpone(cell.key, group)));
        return !later.isEmpty();
    }

    /// The one place where phases change, so that every book that is kept on them is kept here.
    ///
    /// @throws IllegalStateException where [Phases] has no such way: rather than going on from
    ///   where nothing is known to lead to, the run ends, and the next takes up what was under way
    void enter(Cell cell, Phase phase, String detail, Optional<Failure> failure) {
        Phase before = cell.phase;
        if (!Phases.isOpen(cell.effect(), before, phase)) {
            throw new IllegalStateException(
                    "no way from %s to %s: %s".formatted(before, phase, cell.key));
        }
        cell.phase = phase;
        turns.changed(cell, before, phase);
        commands.add(new Command.Tell(cell.key, cell.effect(), phase, detail, failure));
        probing.changed(cell, before, phase).forEach(this::probeDue);
        if (phase.isEnd()) {
            cell.forget();
        }
    }
}
