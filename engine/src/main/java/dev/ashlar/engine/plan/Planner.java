package dev.ashlar.engine.plan;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Plan.Action;
import dev.ashlar.engine.plan.Plan.Entry;
import dev.ashlar.engine.removal.Removals;
import dev.ashlar.engine.resolve.Achieved;
import dev.ashlar.engine.resolve.Inquiry;
import dev.ashlar.engine.resolve.Losses;
import dev.ashlar.engine.resolve.Resolution;
import dev.ashlar.engine.resolve.Resolver;
import dev.ashlar.engine.run.Agenda;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Await;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
    private final Set<InstanceKey> waiting;
    private final Selection selection;
    private final Removals removals;
    private final Losses losses;
    private final Resolver resolver;
    private final Achieved achieved;
    private final Judge judge;
    private final Lapsed lapsed;
    private final SequencedMap<InstanceKey, Entry> entries = new LinkedHashMap<>();
    private final Set<InstanceKey> entered = new LinkedHashSet<>();
    private final Set<Await> lookedInto = new LinkedHashSet<>();
    private final Map<Await, Set<Causes.Cause>> causes = new LinkedHashMap<>();

    /// @param waiting what is known to wait for something to go that stays
    /// @param atMs the time, in milliseconds since 1970 UTC
    private Planner(
            Graph graph,
            Past past,
            Set<InstanceKey> forced,
            Selection selection,
            Set<InstanceKey> waiting,
            long atMs) {
        this.graph = graph;
        this.removals = Removals.of(graph, past);
        this.recorded = past;
        this.past = removals.rest();
        this.waiting = waiting;
        this.selection = removals.closed(selection);
        this.losses = new Losses(graph);
        this.achieved = new Achieved(graph);
        this.resolver = new Resolver(graph, this.past, achieved);
        this.judge = new Judge(this.past, forced, removals, resolver);
        this.lapsed = new Lapsed(graph, this.past, this.selection, resolver, entries, atMs);
    }

    /// @param forced instances that run even if their inputs are unchanged, because reality differs
    /// @param atMs the time, in milliseconds since 1970 UTC
    public static Plan plan(
            Graph graph, Past past, Set<InstanceKey> forced, Selection selection, long atMs) {
        Planner planner = looked(new Planner(graph, past, forced, selection, Set.of(), atMs));
        Set<InstanceKey> waiting = planner.waitsInVain();
        while (!planner.waiting.containsAll(waiting)) {
            waiting.addAll(planner.waiting);
            planner = looked(new Planner(graph, past, forced, selection, waiting, atMs));
            waiting = planner.waitsInVain();
        }
        return new Plan(List.copyOf(planner.entries.values()));
    }

    /// A planner that has looked at the whole, for whoever explains it.
    static Planner ofAll(Graph graph, Past past, long atMs) {
        return looked(new Planner(graph, past, Set.of(), Selection.WHOLE, Set.of(), atMs));
    }

    private static Planner looked(Planner planner) {
        planner.graph.instances().values().forEach(planner::enter);
        planner.addRemovals();
        planner.addOff();
        return planner;
    }

    Optional<Entry> entry(InstanceKey key) {
        return Optional.ofNullable(entries.get(key));
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    /// True of what needs nothing that would run.
    boolean holds(Await await) {
        return achieved.holds(await);
    }

    /// What it would be done with, where that is known.
    Optional<String> fingerprint(InstanceKey key) {
        return Optional.ofNullable(graph.instances().get(key))
                .map(resolver::resolve)
                .filter(Resolution.Known.class::isInstance)
                .map(known -> ((Resolution.Known) known).fingerprint());
    }

    /// What of other clusters is waited for before these hold, by whatever else would run.
    Set<Await.Elsewhere> elsewhere(Collection<Await> awaits) {
        Set<Await.Elsewhere> found = new LinkedHashSet<>();
        Set<Await> seen = new LinkedHashSet<>();
        Deque<Await> open = new ArrayDeque<>(awaits);
        while (!open.isEmpty()) {
            Await await = open.pop();
            if (seen.add(await)) {
                if (await instanceof Await.Elsewhere elsewhere) {
                    found.add(elsewhere);
                }
                behind(await).stream()
                        .flatMap(key -> entry(key).stream())
                        .forEach(entry -> open.addAll(entry.awaits()));
            }
        }
        return found;
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
        Entry entry =
                lapsed.renewing(
                        instance,
                        resolution,
                        selected(
                                instance,
                                resolution,
                                explained(instance, judge.of(instance, resolution))));
        entries.put(instance.key(), entry);
        if (resolver.isNothing(instance.key(), resolution)) {
            achieved.off(instance.key());
        } else if (entry.action() == Action.UNCHANGED) {
            past.success(instance.key()).ifPresent(achieved::achieve);
        }
    }

    /// The entry with what decides it, where it says nothing of that itself.
    private Entry explained(Instance instance, Entry entry) {
        if (entry.action() != Action.MAYBE || !entry.reasons().isEmpty()) {
            return entry;
        }
        Set<Causes.Cause> all = new LinkedHashSet<>();
        entry.awaits().forEach(await -> all.addAll(causes(await)));
        return entry.because(Causes.of(instance, all));
    }

    /// What is to become of all that an await stands for, which its readers come after; looked for
    /// once, however many they are.
    private Set<Causes.Cause> causes(Await await) {
        Set<Causes.Cause> known = causes.get(await);
        if (known == null) {
            known =
                    behind(await).stream()
                            .flatMap(key -> entry(key).stream())
                            .map(Causes.Cause::of)
                            .collect(Collectors.toCollection(LinkedHashSet::new));
            causes.put(await, known);
        }
        return known;
    }

    /// The entry, unless this or something that it waits for is left out. What might run, were it
    /// selected, may turn out to stand: it takes nothing else with it.
    private Entry selected(Instance instance, Resolution resolution, Entry entry) {
        InstanceKey key = instance.key();
        Optional<InstanceKey> missing =
                missing(instance, resolution)
                        .or(() -> lapsed.leftOut(instance, resolution, entry.action()));
        if (missing.isPresent()) {
            losses.lose(key, missing.get());
            return leftOut(entry, List.of("waits for " + missing.get() + ", which is left out"));
        }
        Optional<String> place =
                resolution instanceof Resolution.Known known ? known.place() : Optional.empty();
        boolean isHeld = waiting.contains(key);
        boolean isLeft = isHeld || selection.leavesOut(key, place);
        if (!isLeft || (entry.action() == Action.UNCHANGED && !isHeld)) {
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
                List<Instance> behind = notEntered(behind(await));
                open.addAll(behind);
                if (behind.isEmpty()) {
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
            case Await.Sponsor _, Await.Elsewhere _, Await.Unlocked _ -> List.of();
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
                        .flatMap(step -> graph.keys(spec, step, Optional.of(node)).stream())
                        .toList();
    }

    private static Set<Await> awaits(Resolution resolution) {
        return switch (resolution) {
            case Resolution.Known known -> known.awaits();
            case Resolution.Waiting waiting -> waiting.awaits();
            case Resolution.Impossible _ -> Set.of();
        };
    }

    /// Nothing has to be done for them.
    private void addOff() {
        graph.off()
                .forEach((key, step) ->
                        entries.putIfAbsent(
                                key,
                                new Entry(
                                        key,
                                        Action.UNCHANGED,
                                        List.of(step.whyOff()),
                                        Set.of(),
                                        false,
                                        Optional.empty())));
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
                            List.of(removals.reasons().getOrDefault(key, "")),
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
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        return Agenda.heldUp(graph, recorded, removals, selection, left);
    }

    /// What would be looked at, were it not for something that stays.
    private Set<InstanceKey> waitsInVain() {
        return heldUp().stream()
                .filter(graph.instances()::containsKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
