package dev.ashlar.simulation.experiment;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.run.Totals;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.simulation.Fault;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.SimulationOptions;
import dev.ashlar.simulation.Timeline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// An `up` of a cluster on modelled machines, with faults: it is begun anew as long as it is
/// interrupted, and where something has failed once more without any trouble. In the end all must
/// be as after a run that nothing happened to. What interrupts it comes at moments that the seed
/// chooses, as often as its faults say, and after the records that its options name.
public final class Experiment {
    private static final int AT_ONCE = 0;
    private static final int SEEDS_EACH = 1_000;

    /// What ends a life from outside, in turn.
    ///
    /// @param record after so many records since the beginning
    private record Interruption(Fault fault, int record) {}

    private final Graph graph;
    private final List<JournalRecord> journal;
    private final SimulationOptions options;
    private final List<Lived> lives = new ArrayList<>();

    private Experiment(Graph graph, List<JournalRecord> journal, SimulationOptions options) {
        this.graph = graph;
        this.journal = journal;
        this.options = options;
    }

    /// @param journal the records of the cluster so far, which are not changed
    public static Result run(Graph graph, List<JournalRecord> journal, SimulationOptions options) {
        return new Experiment(graph, journal, options).run();
    }

    private Result run() {
        Simulation lucky = simulation();
        Timeline quiet = lucky.up(calm(0));
        boolean isQuiet = options.faults().equals(Faults.NONE) && options.interruptions().isEmpty();
        if (isQuiet || !quiet.isDone()) {
            lives.add(Lived.of(quiet, true));
            return result(quiet.isDone() ? onceMore(lucky) : List.of());
        }
        Simulation unlucky = simulation();
        live(unlucky, quiet, interruptions(lucky.journal().size() - journal.size()));
        if (!lives.getLast().timeline().isDone()) {
            lives.add(Lived.of(unlucky.up(calm(lives.size())), true));
        }
        List<String> wrong = new ArrayList<>();
        quiet.violations().forEach(what -> wrong.add("without faults: " + what));
        if (lives.getLast().timeline().isDone()) {
            wrong.addAll(compared(lucky, unlucky));
        }
        return result(wrong);
    }

    /// How many records a run makes that nothing happens to, without the one that begins it.
    public static int records(Graph graph, List<JournalRecord> journal, SimulationOptions options) {
        Experiment experiment = new Experiment(graph, journal, options);
        Simulation lucky = experiment.simulation();
        lucky.up(experiment.calm(0));
        return lucky.journal().size() - journal.size() - 1;
    }

    private Simulation simulation() {
        Simulation simulation = Simulation.after(graph, journal);
        simulation.fleet().natures().ordinary();
        return simulation;
    }

    private SimulationOptions calm(int life) {
        return options.withFaults(Faults.NONE)
                .uninterrupted()
                .withSeed(options.seed() * SEEDS_EACH + life);
    }

    private void live(Simulation unlucky, Timeline quiet, Deque<Interruption> interruptions) {
        Faults others = others();
        boolean goesOn = true;
        while (goesOn) {
            SimulationOptions life =
                    calm(lives.size()).withFaults(others).expecting(quiet.events());
            Interruption next = interruptions.poll();
            int records = unlucky.journal().size() - journal.size();
            Timeline timeline = unlucky.up(next == null ? life : interrupted(life, next, records));
            Lived lived = Lived.of(timeline, false);
            lives.add(lived);
            if (next != null && next.record() > 0 && !timeline.struck().containsKey(next.fault())) {
                interruptions.addFirst(new Interruption(next.fault(), AT_ONCE));
            }
            goesOn =
                    lived.isInterrupted()
                            || (lived.ending() == Lived.Ending.FAILED && !interruptions.isEmpty());
        }
    }

    /// What does not end a life. What is broken is so in all of them.
    private Faults others() {
        Faults rates =
                options.faults()
                        .with(Fault.CONTROLLER_CRASH, 0)
                        .with(Fault.CANCEL, 0)
                        .with(Fault.AMEND, 0)
                        .with(Fault.BROKEN, 0);
        Random random = new Random(options.seed());
        Set<InstanceKey> broken =
                graph.instances().keySet().stream()
                        .filter(_ -> random.nextDouble() < options.faults().of(Fault.BROKEN))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        return new Faults(rates.rates(), broken, options.faults().flaky());
    }

    private static SimulationOptions interrupted(
            SimulationOptions life, Interruption next, int records) {
        return life.interrupted(next.fault(), Math.max(1, next.record() - records));
    }

    /// Where the options name a record, and else anywhere in the run, in any order.
    private Deque<Interruption> interruptions(int records) {
        Random random = new Random(options.seed());
        List<Fault> kinds = new ArrayList<>();
        for (Fault fault : List.of(Fault.CONTROLLER_CRASH, Fault.CANCEL, Fault.AMEND)) {
            kinds.addAll(Collections.nCopies((int) options.faults().of(fault), fault));
        }
        Collections.shuffle(kinds, random);
        int[] moments =
                IntStream.generate(() -> 1 + random.nextInt(Math.max(1, records - 1)))
                        .limit(kinds.size())
                        .sorted()
                        .toArray();
        List<Interruption> interruptions = new ArrayList<>();
        options.interruptions()
                .forEach((fault, record) -> interruptions.add(new Interruption(fault, record)));
        for (int i = 0; i < moments.length; i++) {
            interruptions.add(new Interruption(kinds.get(i), moments[i]));
        }
        interruptions.sort(Comparator.comparingInt(Interruption::record));
        return new ArrayDeque<>(interruptions);
    }

    /// What differs from what a run is to come to that nothing happened to.
    private List<String> compared(Simulation lucky, Simulation unlucky) {
        List<String> wrong = new ArrayList<>();
        if (!unlucky.fleet().state().equals(lucky.fleet().state())) {
            wrong.add("the machines do not end in the state that a run without faults leaves");
        }
        if (onlyTheControllerDied()) {
            wrong.addAll(doneAgain(lucky, unlucky));
        }
        wrong.addAll(onceMore(unlucky));
        return wrong;
    }

    /// What is wrong where all is done and one run more is made.
    private List<String> onceMore(Simulation done) {
        Timeline again = done.up(calm(lives.size()));
        List<String> wrong = new ArrayList<>();
        again.violations().forEach(what -> wrong.add("once more: " + what));
        if (again.totals().map(Totals::ran).filter(ran -> ran == 0).isEmpty()) {
            wrong.add("one run more, and something is done again though everything was done");
        }
        return wrong;
    }

    private boolean onlyTheControllerDied() {
        return options.faults().with(Fault.CONTROLLER_CRASH, 0).equals(Faults.NONE)
                && Set.of(Fault.CONTROLLER_CRASH).containsAll(options.interruptions().keySet());
    }

    /// What is on record as done is not done again, however often the controller dies.
    private static List<String> doneAgain(Simulation lucky, Simulation unlucky) {
        Map<InstanceKey, Long> once = successes(lucky);
        List<String> wrong = new ArrayList<>();
        successes(unlucky)
                .forEach((key, times) -> {
                    long expected = once.getOrDefault(key, 0L);
                    if (times != expected) {
                        wrong.add("%s is done %d times, not %d".formatted(key, times, expected));
                    }
                });
        return wrong;
    }

    private static Map<InstanceKey, Long> successes(Simulation simulation) {
        Map<InstanceKey, Long> successes = new LinkedHashMap<>();
        for (JournalRecord entry : simulation.journal()) {
            if (entry instanceof JournalRecord.Succeeded done) {
                successes.merge(done.key(), 1L, Long::sum);
            }
        }
        return successes;
    }

    private Result result(List<String> wrong) {
        List<String> violations = new ArrayList<>();
        for (int i = 0; i < lives.size(); i++) {
            String where = lives.size() == 1 ? "" : "life " + (i + 1) + ": ";
            lives.get(i).timeline().violations().forEach(what -> violations.add(where + what));
        }
        violations.addAll(wrong);
        return new Result(options.seed(), options.faults(), lives, violations);
    }
}
