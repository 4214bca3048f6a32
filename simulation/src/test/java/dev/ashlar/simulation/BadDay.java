package dev.ashlar.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.run.Totals;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.work.Failure;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One random cluster's day: it is built, changed and taken down, each time with runs that are hit
/// by faults first and a quiet run after them, beside a twin to whom nothing happens.
final class BadDay {
    /// How often what was gone through, over all days.
    static final Map<String, Integer> SEEN = new TreeMap<>();

    private static final int BAD_RUNS = 3;
    private static final int LIMIT_ALL = 7;

    private final long seed;
    private final Simulation unlucky;
    private final Simulation lucky;

    BadDay(long seed) {
        this.seed = seed;
        Graph first = RandomCluster.of(seed, 0);
        unlucky = new Simulation(first);
        lucky = new Simulation(first);
    }

    /// @return the journal of the one who was hit
    List<JournalRecord> live() {
        reach("founding");
        for (int version = 1; version <= 2; version++) {
            Graph next = RandomCluster.of(seed, version);
            unlucky.goal(next);
            lucky.goal(next);
            reach("change " + version);
        }
        down();
        return unlucky.journal();
    }

    private SimulationOptions options(int salt) {
        SimulationOptions options = SimulationOptions.of(seed * 1_000 + salt);
        return seed % 3 == 0 ? options.withLimits(LIMIT_ALL, 1) : options;
    }

    private void reach(String what) {
        for (int i = 0; i < BAD_RUNS; i++) {
            aMemberDies(what + i);
            Timeline bad =
                    unlucky.up(
                            options(i).withFaults(Faults.MANY), Set.of(), part(what + i), whole());
            lawful(what + ", bad run " + i, bad);
            count(bad);
        }
        aMemberDies(what);
        Timeline quiet = quietRun(what);
        Timeline twin = lucky.up(options(BAD_RUNS), Set.of(), Selection.WHOLE, whole());
        lawful(what + ", twin", twin);
        boolean isMidway = Traits.isEdited(seed) && stopsMidway(twin);
        SEEN.merge("a run stops half way", isMidway ? 1 : 0, Integer::sum);
        if (!isMidway || !stopsMidway(quiet)) {
            done(what, quiet);
        }
        if (isMidway) {
            Set<String> whole = whole();
            buildAnew(what, unlucky, whole);
            buildAnew(what + ", twin", lucky, whole);
        } else {
            done(what + ", twin", twin);
        }
        assertThat(unlucky.fleet().state()).as(what).isEqualTo(lucky.fleet().state());
        assertThat(unlucky.fleet().stale()).as(what).isEmpty();
        assertThat(unlucky.fleet().dead()).as(what).isEmpty();
        if (seed % 4 == 0) {
            touchAnother(what);
        }
        Timeline again = unlucky.up(options(BAD_RUNS + 1));
        lawful(what + ", again", again);
        assertThat(again.totals().map(Totals::ran)).as(what + ", again").contains(0);
    }

    /// A dead member may keep others of its group from what it needs to be mended itself, where
    /// that is replaced, or is read of a use beside it, or collected, and holds only with the
    /// others: then the run is refused, and somebody mends it by hand.
    private Timeline quietRun(String what) {
        Timeline quiet = unlucky.up(options(BAD_RUNS), unwell(), Selection.WHOLE, whole());
        lawful(what + ", quiet run", quiet);
        boolean mayBeRefused =
                Traits.isEdited(seed) || Traits.isWired(seed) || Traits.isCollecting(seed);
        boolean refused =
                mayBeRefused
                        && !quiet.failures().isEmpty()
                        && quiet.failures().values().stream().allMatch(BadDay::isRefusal);
        SEEN.merge("somebody mends by hand", refused ? 1 : 0, Integer::sum);
        if (!refused) {
            return quiet;
        }
        unlucky.fleet().mendByHand();
        Timeline mended = unlucky.up(options(BAD_RUNS), unwell(), Selection.WHOLE, whole());
        lawful(what + ", mended by hand", mended);
        return mended;
    }

    /// Where two uses of a group are replaced at once, and the one reads what all members of the
    /// other make, as it did before, a run may stop half way, also where nothing goes wrong.
    private static boolean stopsMidway(Timeline run) {
        return !run.failures().isEmpty()
                && run.failures().values().stream().allMatch(why -> why.kind().equals("midway"));
    }

    /// What is said to help then. Both are founded anew, with whatever that fixes.
    private void buildAnew(String what, Simulation simulation, Set<String> whole) {
        Timeline down = simulation.down(options(BAD_RUNS), whole);
        lawful(what + ", down", down);
        done(what + ", down", down);
        Timeline up = simulation.up(options(BAD_RUNS));
        lawful(what + ", anew", up);
        done(what + ", anew", up);
    }

    private static boolean isRefusal(Failure failure) {
        return failure.kind().equals("sick-member");
    }

    /// Now and then a run is for a part only: some nodes or some steps.
    private Selection part(String when) {
        Random random = new Random(seed * 41 + when.hashCode());
        if (random.nextInt(3) > 0) {
            return Selection.WHOLE;
        }
        Set<String> others =
                nodes().stream()
                        .sorted()
                        .filter(_ -> random.nextBoolean())
                        .collect(Collectors.toUnmodifiableSet());
        Set<InstanceKey> steps =
                Stream.concat(
                                unlucky.graph().instances().keySet().stream(),
                                unlucky.past().everything().keySet().stream())
                        .distinct()
                        .filter(key -> !key.use().equals(InstanceKey.NODE_USE))
                        .filter(_ -> random.nextInt(8) == 0)
                        .collect(Collectors.toUnmodifiableSet());
        return random.nextBoolean()
                ? new Selection("nodes", Set.of(), others)
                : new Selection("steps", steps, Set.of());
    }

    /// Now and then a founded member dies between two runs, and nobody tells.
    private void aMemberDies(String when) {
        Random random = new Random(seed * 31 + when.hashCode());
        List<InstanceKey> members =
                asked().filter(key -> unlucky.past().success(key).isPresent()).toList();
        boolean dies = !members.isEmpty() && random.nextInt(4) == 0;
        if (dies) {
            unlucky.fleet().kill(members.get(random.nextInt(members.size())));
        }
        SEEN.merge("a member dies", dies ? 1 : 0, Integer::sum);
    }

    /// One member dies while all is done, and one is to be done again: the same or another.
    private void touchAnother(String what) {
        Random random = new Random(seed * 37 + what.hashCode());
        List<InstanceKey> members = asked().toList();
        if (members.isEmpty()) {
            return;
        }
        unlucky.fleet().kill(members.get(random.nextInt(members.size())));
        InstanceKey touched = members.get(random.nextInt(members.size()));
        Timeline run = unlucky.up(options(BAD_RUNS + 2), Set.of(touched));
        lawful(what + ", touched", run);
        count(run);
        Timeline mended = unlucky.up(options(BAD_RUNS + 3), unwell());
        lawful(what + ", mended", mended);
        done(what + ", mended", mended);
    }

    /// What `up --verify` would find.
    private Set<InstanceKey> unwell() {
        return asked().filter(key -> !unlucky.fleet().isHealthy(key))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Stream<InstanceKey> asked() {
        return unlucky.graph().instances().values().stream()
                .filter(instance ->
                        instance instanceof Instance.Step step
                                && step.step().health().isPresent()
                                && step.key()
                                        .node()
                                        .filter(n -> unlucky.past().isFounded(step.key().use(), n))
                                        .isPresent())
                .map(Instance::key);
    }

    private void down() {
        Set<String> whole = whole();
        for (int i = 0; i < BAD_RUNS; i++) {
            lawful("down", unlucky.down(options(i).withFaults(Faults.MANY), whole));
        }
        Timeline quiet = unlucky.down(options(BAD_RUNS), whole);
        lawful("down", quiet);
        done("down", quiet);
        assertThat(unlucky.fleet().state()).as("after down").isEmpty();
        Timeline again = unlucky.down(options(BAD_RUNS), whole);
        assertThat(again.phases()).as("second down").isEmpty();
    }

    /// Every other cluster is on machines that are given back with everything on them.
    private Set<String> whole() {
        return seed % 2 == 0
                ? unlucky.past().everything().keySet().stream()
                        .flatMap(key -> key.node().stream())
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    private Set<String> nodes() {
        return Set.copyOf(
                unlucky.graph().composition().groups().values().stream()
                        .flatMap(group -> group.nodes().stream())
                        .toList());
    }

    private static void lawful(String what, Timeline timeline) {
        assertThat(timeline.violations())
                .as(() -> what + "\n" + String.join("\n", timeline.trace()))
                .isEmpty();
    }

    private static void done(String what, Timeline timeline) {
        assertThat(timeline.isDone())
                .as(() -> what + " is not done\n" + String.join("\n", timeline.trace()))
                .isTrue();
    }

    private static void count(Timeline timeline) {
        boolean refused = timeline.failures().values().stream().anyMatch(BadDay::isRefusal);
        SEEN.merge("a turn is refused", refused ? 1 : 0, Integer::sum);
        String trace = String.join("\n", timeline.trace());
        for (String word :
                new String[] {
                    "the controller dies",
                    " again\n",
                    " cancel\n",
                    "cancel and stop",
                    " amend\n",
                    "BLOCKED",
                    "LEFT_OUT",
                    "FAILED",
                    "SKIPPED",
                    "PAUSED again in",
                    "unreachable",
                    "line-lost",
                    "Founded",
                    "Stopped",
                    "PAUSED not healthy yet"
                }) {
            SEEN.merge(word, trace.contains(word) ? 1 : 0, Integer::sum);
        }
    }
}
