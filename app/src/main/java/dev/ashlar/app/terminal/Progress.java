package dev.ashlar.app.terminal;

import dev.ashlar.engine.run.Command;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.engine.shell.Observer;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.text.Words;
import dev.ashlar.model.work.Failure;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What a run has come to, and how it is shown while it goes. One for each way of showing.
public abstract sealed class Progress implements Observer, AutoCloseable
        permits PlainProgress, LiveProgress, SilentProgress {
    protected static final int MAX_NAMED = 5;

    protected final Terminal terminal;
    protected final Clock clock;
    protected final Map<Phase, Integer> counts = new EnumMap<>(Phase.class);
    protected final SequencedMap<InstanceKey, Long> running = new LinkedHashMap<>();

    /// Those who are asked for their health before a turn, since when.
    protected final SequencedMap<InstanceKey, Long> asked = new LinkedHashMap<>();

    private final Map<Part, Phase> phases = new HashMap<>();
    private final SequencedMap<InstanceKey, Failure> failures = new LinkedHashMap<>();
    private final SequencedMap<InstanceKey, String> blocked = new LinkedHashMap<>();
    private final int total;

    /// One that is replaced is taken back and brought about.
    private record Part(InstanceKey key, Effect effect) {}

    protected Progress(Terminal terminal, Clock clock, Collection<InstanceKey> instances) {
        this.terminal = terminal;
        this.clock = clock;
        this.total = instances.size();
        counts.put(Phase.PENDING, total);
    }

    @Override
    public synchronized void told(Command.Tell tell) {
        Part part = new Part(tell.key(), tell.effect());
        Phase before = phases.getOrDefault(part, Phase.PENDING);
        phases.put(part, tell.phase());
        counts.merge(before, -1, Integer::sum);
        counts.merge(tell.phase(), 1, Integer::sum);
        if (tell.phase() == Phase.RUNNING) {
            running.put(tell.key(), clock.millis());
        }
        if (tell.phase() == Phase.PROBING) {
            running.putIfAbsent(tell.key(), clock.millis());
        }
        long sinceMs = running.getOrDefault(tell.key(), clock.millis());
        if (tell.phase().isEnd()) {
            running.remove(tell.key());
        }
        tell.failure().ifPresent(failure -> failures.put(tell.key(), failure));
        if (tell.phase() == Phase.BLOCKED) {
            blocked.put(tell.key(), tell.detail());
        }
        show(tell, clock.millis() - sinceMs);
    }

    @Override
    public synchronized void visits(Command.Visit visit) {
        visit.members().forEach(member -> asked.put(member, clock.millis()));
        show("  " + asking(visit));
    }

    @Override
    public synchronized void answered(Command.Answered answered) {
        asked.remove(answered.member());
    }

    /// What runs at the moment, in a few words.
    public synchronized String inFlight() {
        List<String> names = running.keySet().stream().map(InstanceKey::toString).toList();
        return names.isEmpty() ? "nothing" : Words.some(names, MAX_NAMED);
    }

    /// A line for people between what is shown.
    public synchronized void say(String line) {
        terminal.warn(line);
    }

    /// Shows one change.
    ///
    /// @param tookMs since the instance was started
    protected abstract void show(Command.Tell tell, long tookMs);

    /// Shows what is about no single instance.
    protected abstract void show(String line);

    @Override
    public abstract void close();

    public SequencedMap<InstanceKey, Failure> failures() {
        return failures;
    }

    public SequencedMap<InstanceKey, String> blocked() {
        return blocked;
    }

    protected String summary() {
        int ended = 0;
        for (Map.Entry<Phase, Integer> count : counts.entrySet()) {
            ended += count.getKey().isEnd() ? count.getValue() : 0;
        }
        StringBuilder text = new StringBuilder();
        text.append(ended).append(" of ").append(total).append(" done");
        for (Phase phase :
                new Phase[] {Phase.SKIPPED, Phase.FAILED, Phase.BLOCKED, Phase.LEFT_OUT}) {
            int count = counts.getOrDefault(phase, 0);
            if (count > 0) {
                text.append(", ").append(count).append(' ').append(word(phase));
            }
        }
        return text.append(", ").append(running.size()).append(" running").toString();
    }

    private static String asking(Command.Visit visit) {
        int members = visit.members().size();
        return "%s: asking %d member%s for their health before a turn"
                .formatted(visit.group(), members, members == 1 ? "" : "s");
    }

    static String later(Command.Postpone postpone) {
        return "%s comes later: it waits for others of %s, and they for their turns"
                .formatted(postpone.key(), postpone.group());
    }

    /// What is taken back is told from what is brought about: of what is replaced both are shown.
    static String word(Command.Tell tell) {
        boolean goes = tell.effect() == Effect.UNDO && !tell.key().isLeave();
        return switch (tell.phase()) {
            case RUNNING -> goes ? "being removed" : word(tell.phase());
            case SUCCEEDED -> goes ? "removed" : word(tell.phase());
            default -> word(tell.phase());
        };
    }

    private static String word(Phase phase) {
        return switch (phase) {
            case PENDING -> "pending";
            case READY -> "ready";
            case RUNNING -> "running";
            case APPLIED -> "applied";
            case PROBING -> "probing";
            case PAUSED -> "waiting";
            case SUCCEEDED -> "done";
            case SKIPPED -> "unchanged";
            case FAILED -> "failed";
            case BLOCKED -> "blocked";
            case LEFT_OUT -> "left out";
            case CANCELLED -> "cancelled";
        };
    }
}
