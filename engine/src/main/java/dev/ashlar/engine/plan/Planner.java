package dev.ashlar.engine.plan;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.plan.Plan.Action;
import dev.ashlar.engine.plan.Plan.Entry;
import dev.ashlar.engine.removal.Removals;
import dev.ashlar.engine.removal.Surplus;
import dev.ashlar.engine.resolve.Achieved;
import dev.ashlar.engine.resolve.Inquiry;
import dev.ashlar.engine.resolve.Losses;
import dev.ashlar.engine.resolve.Resolution;
import dev.ashlar.engine.resolve.Resolver;
import dev.ashlar.engine.run.Agenda;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds out what a run would do. Looks at every instance after everything it depends on: what
/// stands unchanged counts as achieved, what would run leaves its outputs unknown. Touches nothing.
public final class Planner {
    private final Graph graph;
    private final Past recorded;
    private final Past past;
    private final Set<InstanceKey> forced;
    private final Set<InstanceKey> waiting;
    private final Selection selection;
    private final Removals removals;
    private final Losses losses;
    private final Resolver resolver;
    private final Achieved achieved;
    private final SequencedMap<InstanceKey, Entry> entries = new LinkedHashMap<>();
    private final Set<InstanceKey> entered = new HashSet<>();
    private final Set<Await> lookedInto = new HashSet<>();

    /// @param waiting what is known to wait for something to go that stays
    private Planner(
            Graph graph,
            Past past,
            Set<InstanceKey> forced,
            Selection selection,
            Set<InstanceKey> waiting) {
        this.graph = graph;
        this.removals = Removals.of(graph, past);
        this.recorded = past;
        this.past = removals.rest();
        this.forced = forced;
        this.waiting = waiting;
        this.selection = removals.closed(selection);
        this.losses = new Losses(graph);
        this.achieved = new Achieved(graph);
        this.resolver = new Resolver(graph, this.past, achieved);
    }

    /// @param forced instances that run even if their inputs are unchanged, because reality differs
    public static Plan plan(Graph graph, Past past, Set<InstanceKey> forced, Selection selection) {
        Planner planner = looked(new Planner(graph, past, forced, selection, Set.of()));
        Set<InstanceKey> waiting = planner.waitsInVain();
        while (!planner.waiting.containsAll(waiting)) {
            waiting.addAll(planner.waiting);
            planner = looked(new Planner(graph, past, forced, selection, waiting));
            waiting = planner.waitsInVain();
        }
        return new Plan(List.copyOf(planner.entries.values()));
    }

    /// A planner that has looked at the whole, for whoever explains it.
    static Planner ofAll(Graph graph, Past past) {
        return looked(new Planner(graph, past, Set.of(), Selection.WHOLE, Set.of()));
    }

    private static Planner looked(Planner planner) {
        planner.graph.instances().values().forEach(planner::enter);
        planner.addRemovals();
        return planner;
    }

    Optional<Entry> entry(InstanceKey key) {
        return Optional.ofNullable(entries.get(key));
    }

    Inquiry inquiry() {
        return resolver.inquiry();
    }

    /// What an instance waits for, whether it has happened or not.
    Set<InstanceKey> waitsFor(InstanceKey key) {
        Set<InstanceKey> on = new LinkedHashSet<>();
        Instance instance = graph.instances().get(key);
        if (instance != null) {
            on.addAll(instance.after());
        }
        Entry entry = entries.get(key);
        if (entry != null) {
            for (Await await : entry.awaits()) {
                on.addAll(behind(await));
            }
        }
        return on;
    }

    /// Judges an instance after everything it depends on. Walks with a stack of its own: chains may
    /// be longer than a thread's.
    private void enter(Instance wanted) {
        Deque<Instance> open = new ArrayDeque<>(List.of(wanted));
        while (!open.isEmpty()) {
            Instance instance = open.peek();
            if (entries.containsKey(instance.key())) {
                open.pop();
                continue;
            }
            List<Instance> first = entered.add(instance.key()) ? before(instance) : List.of();
            if (first.isEmpty()) {
                Resolution resolution = resolver.resolve(instance);
                first = awaited(resolution);
                if (first.isEmpty()) {
                    settle(instance, resolution);
                    open.pop();
                }
            }
            first.forEach(open::push);
        }
    }

    private void settle(Instance instance, Resolution resolution) {
        Entry entry = selected(instance, resolution, judge(instance, resolution));
        entries.put(instance.key(), entry);
        if (entry.action() == Action.UNCHANGED) {
            past.success(instance.key()).ifPresent(achieved::achieve);
        }
    }

    /// The entry, unless this or something that it waits for is left out. What might run, were it
    /// selected, may turn out to stand: it takes nothing else with it.
    private Entry selected(Instance instance, Resolution resolution, Entry entry) {
        InstanceKey key = instance.key();
        Optional<InstanceKey> missing = missing(instance, resolution);
        if (missing.isPresent()) {
            losses.lose(key, missing.get());
            return leftOut(entry, List.of("waits for " + missing.get() + ", which is left out"));
        }
        Optional<String> place =
                resolution instanceof Resolution.Known known ? known.place() : Optional.empty();
        boolean isLeft = selection.leavesOut(key, place) || waiting.contains(key);
        if (entry.action() == Action.UNCHANGED || !isLeft) {
            return entry;
        }
        if (entry.action() != Action.MAYBE) {
            losses.lose(key, key);
        }
        return leftOut(entry, entry.reasons());
    }

    /// Makes nothing as it looks: a group's members may each wait for all of them.
    private Optional<InstanceKey> missing(Instance instance, Resolution resolution) {
        if (losses.isEmpty()) {
            return Optional.empty();
        }
        for (InstanceKey before : instance.after()) {
            Optional<InstanceKey> cause = losses.cause(new Await.Success(before));
            if (cause.isPresent()) {
                return cause;
            }
        }
        for (Await await : awaits(resolution)) {
            Optional<InstanceKey> cause = losses.cause(await);
            if (cause.isPresent()) {
                return cause;
            }
        }
        return Optional.empty();
    }

    private static Entry leftOut(Entry entry, List<String> reasons) {
        return new Entry(
                entry.key(), Action.LEFT_OUT, reasons, entry.awaits(), false, Optional.empty());
    }

    private List<Instance> before(Instance instance) {
        return notEntered(instance.after());
    }

    /// What must be judged before a resolution means anything. Once all that an await stands for
    /// has been judged it is not looked into again, however many readers it has.
    private List<Instance> awaited(Resolution resolution) {
        List<Instance> open = new ArrayList<>();
        for (Await await : awaits(resolution)) {
            if (!lookedInto.contains(await)) {
                List<Instance> makers = notEntered(behind(await));
                open.addAll(makers);
                if (makers.isEmpty()) {
                    lookedInto.add(await);
                }
            }
        }
        return open;
    }

    private List<Instance> notEntered(Collection<InstanceKey> keys) {
        return keys.stream()
                .filter(key -> !entered.contains(key))
                .map(graph.instances()::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /// The instances whose success an await stands for.
    private List<InstanceKey> behind(Await await) {
        return switch (await) {
            case Await.Success(InstanceKey of) -> List.of(of);
            case Await.Healthy(String use, String node) -> member(use, node);
            case Await.Sponsor _ -> List.of();
            case Await.Gathered(String use, _) ->
                    graph.members(use).stream().flatMap(n -> member(use, n).stream()).toList();
        };
    }

    private List<InstanceKey> member(String use, String node) {
        UseSpec spec = graph.composition().uses().get(use);
        return spec == null
                ? List.of()
                : spec.component().steps().stream()
                        .filter(step -> step.subject() == StepSpec.Subject.NODE)
                        .map(step -> InstanceKey.onNode(use, step.name(), node))
                        .toList();
    }

    private static Set<Await> awaits(Resolution resolution) {
        return switch (resolution) {
            case Resolution.Known known -> known.awaits();
            case Resolution.Waiting waiting -> waiting.awaits();
            case Resolution.Impossible _ -> Set.of();
        };
    }

    private Entry judge(Instance instance, Resolution resolution) {
        Optional<Success> before = past.success(instance.key());
        return switch (resolution) {
            case Resolution.Impossible(var failure) ->
                    new Entry(
                            instance.key(),
                            Action.IMPOSSIBLE,
                            List.of(failure.message()),
                            Set.of(),
                            false,
                            Optional.of(failure));
            case Resolution.Waiting(Set<Await> awaits) -> waiting(instance, before, awaits);
            case Resolution.Known known -> known(instance, before, known);
        };
    }

    private Entry waiting(Instance instance, Optional<Success> before, Set<Await> awaits) {
        if (removals.contains(instance.key())) {
            List<String> reasons = List.of(reason(instance.key()));
            return entry(instance, Action.REPLACE, reasons, awaits);
        }
        Optional<Entry> repair = repair(instance, before, awaits);
        Action action = before.isPresent() ? Action.MAYBE : Action.CREATE;
        return repair.orElseGet(() -> entry(instance, action, List.of(), awaits));
    }

    /// It runs whatever its inputs are: what is there is not known to be what is on record.
    private Optional<Entry> repair(Instance instance, Optional<Success> before, Set<Await> awaits) {
        Optional<String> reason =
                past.interrupted(instance.key()).map(open -> "cut short in run " + open.run());
        if (reason.isEmpty() && before.filter(Success::tainted).isPresent()) {
            boolean stopped = past.lastFailure(instance.key()).filter(Failure::isStop).isPresent();
            String what = stopped ? "stopped" : "failed";
            reason = before.map(s -> what + " after it had succeeded in run " + s.run());
        }
        if (reason.isEmpty() && before.isPresent() && forced.contains(instance.key())) {
            reason = Optional.of("the node differs from it");
        }
        return reason.map(words -> entry(instance, Action.REPAIR, List.of(words), awaits));
    }

    private Entry known(Instance instance, Optional<Success> before, Resolution.Known known) {
        Optional<Entry> repair = repair(instance, before, known.awaits());
        if (repair.isPresent()) {
            return repair.get();
        }
        if (removals.contains(instance.key())) {
            List<String> reasons = List.of(reason(instance.key()));
            return entry(instance, Action.REPLACE, reasons, known.awaits());
        }
        if (before.isEmpty()) {
            List<String> reasons =
                    past.failure(instance.key())
                            .map(failed -> List.of("failed in run " + failed.run()))
                            .orElse(List.of());
            return entry(instance, Action.CREATE, reasons, known.awaits());
        }
        Success success = before.get();
        if (success.fingerprint().equals(known.fingerprint())) {
            return entry(instance, Action.UNCHANGED, List.of(), Set.of());
        }
        List<Owned> surplus = Surplus.of(past, instance.key(), known.work().apply(""));
        List<String> reasons = new ArrayList<>(Differences.between(success.inputs(), known));
        surplus.forEach(one -> reasons.add("takes back " + one.title()));
        return entry(instance, Action.CHANGE, reasons, known.awaits());
    }

    private Entry entry(Instance instance, Action action, List<String> reasons, Set<Await> awaits) {
        boolean disruptive =
                switch (action) {
                    case CHANGE, MAYBE, REPAIR, REPLACE -> restarts(instance);
                    case CREATE -> reboots(instance);
                    case REMOVE, UNCHANGED, LEFT_OUT, IMPOSSIBLE -> false;
                };
        return new Entry(instance.key(), action, reasons, awaits, disruptive, Optional.empty());
    }

    private String reason(InstanceKey key) {
        return removals.reasons().getOrDefault(key, "");
    }

    private static boolean restarts(Instance instance) {
        return has(instance, ResourceKind.SERVICE) || reboots(instance);
    }

    private static boolean reboots(Instance instance) {
        return has(instance, ResourceKind.REBOOT);
    }

    private static boolean has(Instance instance, ResourceKind kind) {
        return instance instanceof Instance.Step step
                && step.step().action() instanceof StepSpec.Action.Resources(var resources)
                && resources.stream().anyMatch(resource -> resource.kind() == kind);
    }

    /// What is replaced is in the plan already, as such.
    private void addRemovals() {
        List<InstanceKey> gone = new ArrayList<>(removals.reasons().keySet());
        gone.removeIf(graph.instances()::containsKey);
        Set<InstanceKey> held = heldUp();
        for (InstanceKey key : gone.reversed()) {
            boolean left = held.contains(key);
            entries.put(
                    key,
                    new Entry(
                            key,
                            left ? Action.LEFT_OUT : Action.REMOVE,
                            List.of(reason(key)),
                            Set.of(),
                            !left && removals.isMember(key),
                            Optional.empty()));
        }
    }

    /// What is left out, or comes after something that is, be it taken back or brought about.
    private Set<InstanceKey> heldUp() {
        if (removals.isEmpty() || selection.equals(Selection.WHOLE)) {
            return Set.of();
        }
        Set<InstanceKey> left =
                entries.values().stream()
                        .filter(entry -> entry.action() == Action.LEFT_OUT)
                        .map(Entry::key)
                        .filter(key -> losses.cause(new Await.Success(key)).isPresent())
                        .collect(Collectors.toSet());
        return Agenda.heldUp(graph, recorded, removals, selection, left);
    }

    /// What would be brought about, were it not for something that stays.
    private Set<InstanceKey> waitsInVain() {
        return heldUp().stream().filter(this::wouldRun).collect(Collectors.toSet());
    }

    private boolean wouldRun(InstanceKey key) {
        return entry(key)
                .filter(e -> e.action() != Action.UNCHANGED)
                .filter(e -> graph.instances().containsKey(e.key()))
                .isPresent();
    }
}
