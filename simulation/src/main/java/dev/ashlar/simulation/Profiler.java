package dev.ashlar.simulation;

import dev.ashlar.engine.run.Command;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.work.Work;
import dev.ashlar.simulation.Profile.Held;
import dev.ashlar.simulation.Profile.Hold;
import dev.ashlar.simulation.Profile.Span;
import dev.ashlar.simulation.Profile.Wait;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Watches a run for where its time goes. Each event costs the same, however large the run.
final class Profiler {
    private record Doing(InstanceKey key, Effect effect) {}

    /// A piece of work that has ended, and the one whose end let it begin.
    private record Link(Doing doing, long fromMs, long untilMs, Optional<Link> before) {}

    private record Running(
            Doing doing, Optional<String> place, long fromMs, Optional<Link> before) {}

    /// @param fullMs for how long the whole, and its node, had been full until then
    private record Ready(long atMs, long fullMs, long nodeFullMs) {}

    private final int perNode;
    private final Meter all;
    private final Map<String, Meter> nodes = new LinkedHashMap<>();
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Map<Long, Link> timers = new LinkedHashMap<>();
    private final Map<Doing, Phase> phases = new LinkedHashMap<>();
    private final Map<Doing, Ready> ready = new LinkedHashMap<>();
    private final Map<Doing, Long> applied = new LinkedHashMap<>();
    private final Deque<Wait> waits = new ArrayDeque<>();
    private final Map<Hold, Held> held = new EnumMap<>(Hold.class);
    private Optional<Link> cause = Optional.empty();
    private int works;
    private int retries;

    Profiler(int parallel, int perNode) {
        this.perNode = perNode;
        this.all = new Meter(parallel);
    }

    // ---- what happens: whatever is begun before the next of these is begun for its sake

    void ended(String intent, long nowMs) {
        Running work = running.remove(intent);
        if (work == null) {
            return;
        }
        all.end(nowMs);
        work.place().ifPresent(node -> meter(node).end(nowMs));
        cause = Optional.of(new Link(work.doing(), work.fromMs(), nowMs, work.before()));
    }

    void woken(long token) {
        cause = Optional.ofNullable(timers.remove(token));
    }

    // ---- what the core says

    void said(Command command, long nowMs) {
        switch (command) {
            case Command.Start(Work work, _) -> started(work, nowMs);
            case Command.WakeAt(long token, _) -> cause.ifPresent(link -> timers.put(token, link));
            case Command.Tell tell ->
                    told(new Doing(tell.key(), tell.effect()), tell.phase(), nowMs);
            case Command.Append _,
                    Command.StopAll _,
                    Command.Visit _,
                    Command.Answered _,
                    Command.Postpone _,
                    Command.Finish _ -> {}
        }
    }

    private void started(Work work, long nowMs) {
        works++;
        Doing doing = new Doing(work.key(), work instanceof Work.Undo ? Effect.UNDO : Effect.DO);
        Optional<String> place = Mishaps.place(work);
        all.begin(nowMs);
        place.ifPresent(node -> meter(node).begin(nowMs));
        running.put(work.intent(), new Running(doing, place, nowMs, cause));
    }

    private Meter meter(String node) {
        return nodes.computeIfAbsent(node, _ -> new Meter(perNode));
    }

    private void told(Doing doing, Phase phase, long nowMs) {
        Optional<Phase> before = Optional.ofNullable(phases.put(doing, phase));
        switch (phase) {
            case READY -> ready.put(doing, new Ready(nowMs, all.fullMs(nowMs), full(doing, nowMs)));
            case RUNNING -> begins(doing, nowMs);
            case APPLIED -> applied.putIfAbsent(doing, nowMs);
            case PAUSED -> retries += before.equals(Optional.of(Phase.RUNNING)) ? 1 : 0;
            case SUCCEEDED, FAILED -> {
                Long since = applied.remove(doing);
                if (since != null) {
                    held(doing, Hold.HEALTH, nowMs - since);
                }
            }
            case PENDING, PROBING, SKIPPED, BLOCKED, LEFT_OUT, CANCELLED -> {}
        }
        if (phase.isEnd()) {
            phases.remove(doing);
            ready.remove(doing);
        }
    }

    private long full(Doing doing, long nowMs) {
        return doing.key().node().map(node -> meter(node).fullMs(nowMs)).orElse(0L);
    }

    private void begins(Doing doing, long nowMs) {
        Ready since = ready.remove(doing);
        if (since == null) {
            return;
        }
        long waited = nowMs - since.atMs();
        long node = Math.min(waited, full(doing, nowMs) - since.nodeFullMs());
        long limit = Math.min(waited - node, all.fullMs(nowMs) - since.fullMs());
        held(doing, Hold.NODE, node);
        held(doing, Hold.LIMIT, limit);
        held(doing, Hold.TURN, waited - node - limit);
    }

    private void held(Doing doing, Hold hold, long ms) {
        if (ms > 0) {
            waits.add(new Wait(doing.key(), doing.effect(), hold, ms));
            held.merge(hold, new Held(1, ms), Held::and);
        }
    }

    // ---- the end

    Profile profile(long nowMs) {
        return new Profile(
                path(),
                works,
                retries,
                all.most(),
                all.busyMs(nowMs),
                Profile.longest(waits.stream()),
                held);
    }

    /// What belongs to one instance in a row is one.
    private List<Span> path() {
        Deque<Span> path = new ArrayDeque<>();
        for (Optional<Link> at = cause; at.isPresent(); at = at.get().before()) {
            Link link = at.get();
            Doing doing = link.doing();
            Span later = path.peekFirst();
            boolean goesOn =
                    later != null
                            && later.key().equals(doing.key())
                            && later.effect() == doing.effect();
            long until = goesOn ? path.removeFirst().untilMs() : link.untilMs();
            path.addFirst(new Span(doing.key(), doing.effect(), link.fromMs(), until));
        }
        return List.copyOf(path);
    }
}
