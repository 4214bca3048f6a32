package dev.ashlar.simulation.experiment;

import dev.ashlar.simulation.Fault;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Profile;
import dev.ashlar.simulation.Timeline;
import java.util.List;

/// What came of an experiment.
///
/// @param faults what was asked for
/// @param lives one after the other
/// @param violations rules that were broken, and what differs from a run without faults; empty
///   unless Ashlar has a bug
public record Result(long seed, Faults faults, List<Lived> lives, List<String> violations) {
    public Result {
        lives = List.copyOf(lives);
        violations = List.copyOf(violations);
    }

    /// The life that everything ended with.
    public Timeline last() {
        return lives.getLast().timeline();
    }

    /// True when everything was done in the end, as it is to be.
    public boolean isDone() {
        return last().isDone() && violations.isEmpty();
    }

    /// How often that has struck.
    public int struck(Fault fault) {
        return lives.stream()
                .mapToInt(life -> life.timeline().struck().getOrDefault(fault, 0))
                .sum();
    }

    /// What was asked for, in the order of the faults.
    public List<Fault> asked() {
        return List.copyOf(faults.rates().keySet());
    }

    public List<Fault> neverStruck() {
        return asked().stream().filter(fault -> struck(fault) == 0).toList();
    }

    /// Where the time of all lives went.
    public Profile profile() {
        return lives.stream()
                .map(life -> life.timeline().profile())
                .reduce(Profile.NOTHING, Profile::then);
    }

    /// Of virtual time, in all lives.
    public long durationMs() {
        return lives.stream().mapToLong(life -> life.timeline().durationMs()).sum();
    }

    public long events() {
        return lives.stream().mapToLong(life -> life.timeline().events()).sum();
    }
}
