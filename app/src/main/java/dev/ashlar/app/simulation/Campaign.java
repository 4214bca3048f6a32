package dev.ashlar.app.simulation;

import dev.ashlar.simulation.Fault;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.experiment.Result;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/// Simulations of one cluster with one seed after the other. Confined to one thread.
public final class Campaign {
    private final String cluster;
    private final long firstSeed;
    private final Faults faults;
    private final LongFunction<String> again;
    private final Map<Fault, Long> struck = new EnumMap<>(Fault.class);
    private final List<Failed> failed = new ArrayList<>();
    private int runs;
    private long events;

    /// A run that did not end as it is to.
    ///
    /// @param isBug whether a rule was broken
    /// @param what is wrong, in sentences
    /// @param again the command that plays it once more
    public record Failed(long seed, boolean isBug, List<String> what, String again) {
        public Failed {
            what = List.copyOf(what);
        }
    }

    /// @param again the command that plays one seed
    public Campaign(String cluster, long firstSeed, Faults faults, LongFunction<String> again) {
        this.cluster = cluster;
        this.firstSeed = firstSeed;
        this.faults = faults;
        this.again = again;
    }

    public void add(Result result) {
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
                            !result.violations().isEmpty(),
                            what,
                            again.apply(result.seed())));
        }
    }

    public String cluster() {
        return cluster;
    }

    public long firstSeed() {
        return firstSeed;
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
