package dev.ashlar.app.simulation;

import dev.ashlar.simulation.Fault;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.experiment.Result;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Simulations of one cluster, with one seed after the other, or with one seed and the controller
/// dead after one record after the other. Confined to one thread.
public final class Campaign {
    private final String cluster;
    private final long firstSeed;
    private final Faults faults;
    private final boolean byRecord;
    private final Map<Fault, Long> struck = new EnumMap<>(Fault.class);
    private final List<Failed> failed = new ArrayList<>();
    private int runs;
    private long events;

    /// A run that did not end as it is to.
    ///
    /// @param crashAfter the record after which the controller died, in a campaign by records
    /// @param isBug whether a rule was broken
    /// @param what is wrong, in sentences
    /// @param again the command that plays it once more
    public record Failed(
            long seed,
            Optional<Integer> crashAfter,
            boolean isBug,
            List<String> what,
            String again) {
        public Failed {
            what = List.copyOf(what);
        }
    }

    private Campaign(String cluster, long firstSeed, Faults faults, boolean byRecord) {
        this.cluster = cluster;
        this.firstSeed = firstSeed;
        this.faults = faults;
        this.byRecord = byRecord;
    }

    /// One seed after the other.
    public static Campaign bySeed(String cluster, long firstSeed, Faults faults) {
        return new Campaign(cluster, firstSeed, faults, false);
    }

    /// One seed, and the controller dead after one record after the other, from the first.
    public static Campaign byRecord(String cluster, long seed, Faults faults) {
        return new Campaign(cluster, seed, faults, true);
    }

    /// @param again the command that plays it once more
    public void add(Result result, String again) {
        runs++;
        events += result.events();
        asked().forEach(fault -> struck.merge(fault, (long) result.struck(fault), Long::sum));
        if (!result.isDone()) {
            List<String> what = new ArrayList<>(result.violations());
            result.last()
                    .failures()
                    .forEach((key, failure) -> what.add(key + ": " + failure.message()));
            failed.add(
                    new Failed(
                            result.seed(),
                            byRecord ? Optional.of(runs) : Optional.empty(),
                            !result.violations().isEmpty(),
                            what,
                            again));
        }
    }

    public String cluster() {
        return cluster;
    }

    public long firstSeed() {
        return firstSeed;
    }

    /// True where what differs is the record after which the controller died.
    public boolean isByRecord() {
        return byRecord;
    }

    public int runs() {
        return runs;
    }

    public long events() {
        return events;
    }

    public Faults faults() {
        return faults;
    }

    /// What was asked for, in the order of the faults.
    public List<Fault> asked() {
        return List.copyOf(faults.rates().keySet());
    }

    /// How often that has struck, in all runs.
    public long struck(Fault fault) {
        return struck.getOrDefault(fault, 0L);
    }

    public List<Fault> neverStruck() {
        return asked().stream().filter(fault -> struck(fault) == 0).toList();
    }

    public List<Failed> failed() {
        return List.copyOf(failed);
    }

    public boolean isPassed() {
        return failed.isEmpty() && neverStruck().isEmpty();
    }
}
