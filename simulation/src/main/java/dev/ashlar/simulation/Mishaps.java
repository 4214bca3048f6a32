package dev.ashlar.simulation;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.simulation.fleet.Fleet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/// What goes wrong in one run and how long things take, decided by the seed.
final class Mishaps {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long LONGEST_OUTAGE_MS = 60_000;

    private record Outage(int fromEvent, long lengthMs) {}

    private final Random random;
    private final Faults faults;
    private final Map<String, Outage> outages = new HashMap<>();
    private final Map<InstanceKey, Integer> attempts = new HashMap<>();
    private final Map<String, Long> unreachableUntilMs = new HashMap<>();
    private final long crashAt;
    private final long cancelAt;
    private final long stopAt;
    private boolean cancelled;

    Mishaps(SimulationOptions options, Collection<InstanceKey> instances) {
        random = new Random(options.seed());
        faults = options.faults();
        int span = 4 * instances.size() + 4;
        crashAt = random.nextDouble() < faults.crash() ? random.nextInt(span) : NEVER;
        cancelAt = random.nextDouble() < faults.cancel() ? random.nextInt(span) : NEVER;
        stopAt =
                cancelAt < NEVER && random.nextBoolean() ? cancelAt + 1 + random.nextInt(5) : NEVER;
        List<String> nodes =
                List.copyOf(
                        new TreeSet<>(
                                instances.stream().flatMap(key -> key.node().stream()).toList()));
        for (int i = 0; i < faults.nodeOutages() && !nodes.isEmpty(); i++) {
            outages.put(
                    nodes.get(random.nextInt(nodes.size())),
                    new Outage(random.nextInt(span), random.nextLong(LONGEST_OUTAGE_MS) + 1_000));
        }
    }

    boolean crashesAt(int event) {
        return event >= crashAt;
    }

    /// Every other cancel is another run that wants to begin.
    boolean amendsAt(int event) {
        return cancelAt % 2 == 0 && cancelsAt(event);
    }

    boolean cancelsAt(int event) {
        return event >= cancelAt && cancelsNow();
    }

    /// True the first time it is asked.
    boolean cancelsNow() {
        boolean first = !cancelled;
        cancelled = true;
        return first;
    }

    boolean stopsAt(int event) {
        return event == stopAt;
    }

    /// Nodes whose hour has come are unreachable for a while.
    void outages(int event, long nowMs) {
        outages.forEach((node, outage) -> {
            if (event >= outage.fromEvent()) {
                unreachableUntilMs.putIfAbsent(node, nowMs + outage.lengthMs());
            }
        });
    }

    long durationMs(Work work) {
        long usual =
                switch (work) {
                    case Work.Acquire _ -> 500 + random.nextInt(1_000);
                    case Work.Apply _ -> 10 + random.nextInt(200);
                    case Work.Gather _ -> 5 + random.nextInt(50);
                    case Work.Run _ -> 50 + random.nextInt(500);
                    case Work.Call _ -> 10 + random.nextInt(50);
                    case Work.Probe _ -> 5 + random.nextInt(20);
                    case Work.Undo _ -> 20 + random.nextInt(200);
                };
        return chance(faults.slow()) ? usual * 100 : usual;
    }

    Report carryOut(Fleet fleet, Work work, long nowMs) {
        if (node(work).filter(n -> nowMs < unreachableUntilMs.getOrDefault(n, 0L)).isPresent()) {
            cutOff(fleet, work);
            return failed(Failure.passing("unreachable", Failure.Fault.NODE, "no route"));
        }
        if (isBroken(work.key())) {
            Failure failure = Failure.lasting("exit-code", Failure.Fault.USER, "exit code 1");
            return new Report.NotDone(failure, fleet.begin(work), "");
        }
        boolean isFlaky =
                !(work instanceof Work.Probe)
                        && attempts.merge(work.key(), 1, Integer::sum)
                                <= faults.flaky().getOrDefault(work.key(), 0);
        if (isFlaky || chance(faults.stepFails())) {
            return failed(Failure.passing("exit-code", Failure.Fault.NODE, "exit code 2"));
        }
        if (chance(faults.answerLost())) {
            fleet.carryOut(work);
            return failed(Failure.passing("line-lost", Failure.Fault.NODE, "the line was cut"));
        }
        return fleet.carryOut(work);
    }

    /// The work ends anywhere: before it began, in the middle, after it was done.
    ///
    /// @return what it has brought about by then
    List<Owned> cutOff(Fleet fleet, Work work) {
        return switch (random.nextInt(3)) {
            case 0 -> List.of();
            case 1 -> fleet.begin(work);
            default -> fleet.carryOut(work) instanceof Report.Done done ? done.owned() : List.of();
        };
    }

    private boolean isBroken(InstanceKey key) {
        if (faults.broken().contains(key)) {
            return true;
        }
        return faults.stepBroken() > 0
                && new Random(key.toString().hashCode() * 31L + crashAt).nextDouble()
                        < faults.stepBroken();
    }

    private boolean chance(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    private static Report failed(Failure failure) {
        return new Report.NotDone(failure, List.of(), "");
    }

    private static Optional<String> node(Work work) {
        return work.key().node();
    }
}
