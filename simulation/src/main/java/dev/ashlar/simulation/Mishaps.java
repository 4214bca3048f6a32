package dev.ashlar.simulation;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.simulation.fleet.Fleet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// What goes wrong in one run and how long things take, decided by the seed.
final class Mishaps {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long LONGEST_OUTAGE_MS = 60_000;
    private static final int SHORTEST_BOOT_MS = 15_000;
    private static final int BOOT_SPREAD_MS = 45_000;
    private static final int SLOWER = 100;
    private static final long SECOND_STREAM = 0x5DEECE66DL;

    private record Outage(int fromEvent, long lengthMs) {}

    private final Random random;

    /// For what came later: who does not ask for that has the same run as ever.
    private final Random second;

    private final Faults faults;
    private final Learned learned;
    private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
    private final Set<String> cutNodes = new LinkedHashSet<>();
    private final Map<String, Long> downUntilMs = new LinkedHashMap<>();
    private final Map<String, Outage> outages = new LinkedHashMap<>();
    private final Map<InstanceKey, Integer> attempts = new LinkedHashMap<>();
    private final Map<String, Long> unreachableUntilMs = new LinkedHashMap<>();
    private final long crashAt;
    private final long cancelAt;
    private final long stopAt;
    private boolean cancelled;

    Mishaps(SimulationOptions options, Collection<InstanceKey> instances) {
        random = new Random(options.seed());
        second = new Random(options.seed() ^ SECOND_STREAM);
        faults = options.faults();
        learned = options.learned();
        int span = options.expectedEvents().orElse(4 * instances.size() + 4);
        double crash = faults.of(Fault.CONTROLLER_CRASH);
        crashAt = random.nextDouble() < crash ? random.nextInt(span) : NEVER;
        double cancel = faults.of(Fault.CANCEL) + faults.of(Fault.AMEND);
        cancelAt = random.nextDouble() < cancel ? random.nextInt(span) : NEVER;
        stopAt =
                cancelAt < NEVER && random.nextBoolean() ? cancelAt + 1 + random.nextInt(5) : NEVER;
        List<String> nodes =
                List.copyOf(
                        new TreeSet<>(
                                instances.stream().flatMap(key -> key.node().stream()).toList()));
        for (int i = 0; i < faults.of(Fault.OUTAGE) && !nodes.isEmpty(); i++) {
            outages.put(
                    nodes.get(random.nextInt(nodes.size())),
                    new Outage(random.nextInt(span), random.nextLong(LONGEST_OUTAGE_MS) + 1_000));
        }
    }

    boolean crashesAt(int event) {
        return event >= crashAt;
    }

    /// Where both may be, every other cancel is another run that wants to begin.
    boolean amendsAt(int event) {
        boolean isAmend = cancelAt % 2 == 0 || faults.of(Fault.CANCEL) == 0;
        return isAmend && faults.of(Fault.AMEND) > 0 && cancelsAt(event);
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
        long lasts = learned.of(work).orElse(usual);
        return strikes(Fault.SLOW) ? lasts * SLOWER : lasts;
    }

    /// When the node goes down on which that is done, from its beginning, if it does.
    Optional<Long> crashesAfterMs(Work work, long durationMs) {
        double rate = faults.of(Fault.NODE_CRASH);
        return rate > 0 && place(work).isPresent() && second.nextDouble() < rate
                ? Optional.of((long) (second.nextDouble() * durationMs))
                : Optional.empty();
    }

    /// A node goes down.
    ///
    /// @return when it is back
    long goesDown(String node, long nowMs) {
        strike(Fault.NODE_CRASH);
        long upAtMs = nowMs + SHORTEST_BOOT_MS + second.nextInt(BOOT_SPREAD_MS);
        downUntilMs.put(node, upAtMs);
        return upAtMs;
    }

    Report carryOut(Fleet fleet, Work work, long nowMs) {
        Optional<String> cut = away(work, unreachableUntilMs, nowMs);
        if (cut.isPresent()) {
            if (cutNodes.add(cut.get())) {
                strike(Fault.OUTAGE);
            }
            cutOff(fleet, work);
            return failed(Failure.passing("unreachable", Failure.Fault.NODE, "no route"));
        }
        if (away(work, downUntilMs, nowMs).isPresent()) {
            return failed(Failure.passing("unreachable", Failure.Fault.NODE, "it is down"));
        }
        if (isBroken(work.key())) {
            strike(Fault.BROKEN);
            Failure failure = Failure.lasting("exit-code", Failure.Fault.USER, "exit code 1");
            return new Report.NotDone(failure, fleet.begin(work), "");
        }
        boolean isFlaky =
                !(work instanceof Work.Probe)
                        && attempts.merge(work.key(), 1, Integer::sum)
                                <= faults.flaky().getOrDefault(work.key(), 0);
        if (isFlaky || strikes(Fault.FAILS)) {
            return failed(Failure.passing("exit-code", Failure.Fault.NODE, "exit code 2"));
        }
        if (strikes(Fault.CUT)) {
            fleet.carryOut(work);
            return cutLine();
        }
        Report report = fleet.carryOut(work);
        boolean flaps =
                faults.of(Fault.FLAPS) > 0
                        && work instanceof Work.Probe
                        && report instanceof Report.Done
                        && second.nextDouble() < faults.of(Fault.FLAPS);
        if (flaps) {
            strike(Fault.FLAPS);
            return failed(Failure.passing("exit-code", Failure.Fault.NODE, "not healthy"));
        }
        return report;
    }

    /// Nobody hears how it ended.
    static Report cutLine() {
        return failed(Failure.passing("line-lost", Failure.Fault.NODE, "the line was cut"));
    }

    void strike(Fault fault) {
        struck.merge(fault, 1, Integer::sum);
    }

    /// How often each fault has struck.
    Map<Fault, Integer> struck() {
        return struck;
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
        double rate = faults.of(Fault.BROKEN);
        return rate > 0
                && new Random(key.toString().hashCode() * 31L + crashAt).nextDouble() < rate;
    }

    private boolean strikes(Fault fault) {
        double rate = faults.of(fault);
        boolean strikes = rate > 0 && random.nextDouble() < rate;
        if (strikes) {
            strike(fault);
        }
        return strikes;
    }

    private static Report failed(Failure failure) {
        return new Report.NotDone(failure, List.of(), "");
    }

    /// The node that it is carried out on, while that is away.
    private static Optional<String> away(Work work, Map<String, Long> untilMs, long nowMs) {
        return place(work).filter(node -> nowMs < untilMs.getOrDefault(node, 0L));
    }

    /// The node that it is carried out on.
    static Optional<String> place(Work work) {
        return switch (work) {
            case Work.Acquire _ -> Optional.empty();
            case Work.Apply apply -> Optional.of(apply.node());
            case Work.Gather gather -> Optional.of(gather.node());
            case Work.Run run -> Optional.of(run.node());
            case Work.Call call -> call.node();
            case Work.Probe probe -> Optional.of(probe.node());
            case Work.Undo undo -> undo.node();
        };
    }
}
