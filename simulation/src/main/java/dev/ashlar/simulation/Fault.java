package dev.ashlar.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A kind of trouble, by the word it is asked for with. What its number means is its [Measure].
public enum Fault {
    FAILS(
            "fails",
            Measure.WORK,
            "it fails before it has done anything, in a way that may pass; it is tried again as often as its step says"),
    BROKEN("broken", Measure.INSTANCE, "it fails half done and for good, each time it is tried"),
    CUT("cut", Measure.WORK, "it is done, and its answer is lost with the line"),
    SLOW("slow", Measure.WORK, "it takes a hundred times as long"),
    OUTAGE("outage", Measure.RUN, "a node is unreachable, for up to a minute"),
    NODE_CRASH(
            "node-crash",
            Measure.WORK,
            "its node goes down in the middle of it, with everything that runs there, and is back within a minute, with everything that ran"),
    CONTROLLER_CRASH(
            "controller-crash",
            Measure.RUN,
            "Ashlar dies when a record has just become durable; the same command goes on"),
    CANCEL("cancel", Measure.RUN, "a person cancels; the same command goes on"),
    AMEND("amend", Measure.RUN, "another `up` wants to begin, and the run gives way to it"),
    FLAPS("flaps", Measure.PROBE, "a member that is healthy answers that it is not");

    /// What the number that stands with a fault counts.
    public enum Measure {
        /// The chance that a piece of work is struck.
        WORK("chance for each piece of work"),
        /// The chance that an instance is struck, whenever it is tried.
        INSTANCE("chance for each instance"),
        /// The chance that a question for health is struck.
        PROBE("chance each time a health is asked"),
        /// How often a run is struck: a whole number.
        RUN("times in a run");

        private static final int MOST = 1_000;

        private final String words;

        Measure(String words) {
            this.words = words;
        }

        /// For people.
        public String words() {
            return this == RUN ? words + ", at most " + MOST : words;
        }

        /// True of a chance from 0 to 1, or of a whole number of times.
        public boolean admits(double number) {
            return this == RUN
                    ? number >= 0 && number <= MOST && number == Math.rint(number)
                    : number >= 0 && number <= 1;
        }
    }

    private final String word;
    private final Measure measure;
    private final String effect;

    Fault(String word, Measure measure, String effect) {
        this.word = word;
        this.measure = measure;
        this.effect = effect;
    }

    public String word() {
        return word;
    }

    public Measure measure() {
        return measure;
    }

    /// What happens, in one line.
    public String effect() {
        return effect;
    }

    public static Optional<Fault> of(String word) {
        return Arrays.stream(values()).filter(fault -> fault.word.equals(word)).findAny();
    }

    /// Every word, in the order of the reference.
    public static List<String> words() {
        return Arrays.stream(values()).map(Fault::word).toList();
    }
}
