package dev.ashlar.engine.plan;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Plan.Action;
import dev.ashlar.engine.plan.Plan.Entry;
import dev.ashlar.engine.resolve.Inquiry;
import dev.ashlar.engine.resolve.Makers;
import dev.ashlar.engine.resolve.Resolution;
import dev.ashlar.engine.resolve.Resolver;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Origin;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// What has lapsed and would be made anew, because somebody who reads it would run.
final class Lapsed {
    private final Graph graph;
    private final Past past;
    private final Selection selection;
    private final Resolver resolver;
    private final Inquiry inquiry;
    private final SequencedMap<InstanceKey, Entry> entries;
    private final long atMs;
    private final Set<InstanceKey> renewed = new LinkedHashSet<>();

    /// @param entries the plan's, as far as it has come: what is made anew is changed in it
    Lapsed(
            Graph graph,
            Past past,
            Selection selection,
            Resolver resolver,
            SequencedMap<InstanceKey, Entry> entries,
            long atMs) {
        this.graph = graph;
        this.past = past;
        this.selection = selection;
        this.resolver = resolver;
        this.inquiry = resolver.inquiry();
        this.entries = entries;
        this.atMs = atMs;
    }

    private static boolean isCertain(Action action) {
        return switch (action) {
            case CREATE, CHANGE, REPAIR, REPLACE -> true;
            case MAYBE, REMOVE, UNCHANGED, LEFT_OUT, IMPOSSIBLE -> false;
        };
    }

    /// What an instance that is certain to run reads, has lapsed, and is left out; or what whoever
    /// would make that anew reads, and so on.
    Optional<InstanceKey> leftOut(Instance instance, Resolution resolution, Action action) {
        return isCertain(action)
                ? Makers.leftOut(
                        makers(instance, resolution),
                        this::lapsedFor,
                        by -> selection.leavesOut(by, past.place(by)))
                : Optional.empty();
    }

    private List<InstanceKey> lapsedFor(InstanceKey key) {
        Instance maker = graph.instances().get(key);
        return maker == null ? List.of() : makers(maker, resolver.resolve(maker));
    }

    private List<InstanceKey> makers(Instance instance, Resolution resolution) {
        return lapsed(instance, resolution).stream().map(Origin.Lapsing::by).toList();
    }

    /// An instance's entry, once what it reads and has lapsed is made anew where it would run.
    Entry renewing(Instance instance, Resolution resolution, Entry entry) {
        boolean isCertain = isCertain(entry.action());
        if (!isCertain && entry.action() != Action.MAYBE) {
            return entry;
        }
        List<Origin.Lapsing> lapsed = lapsed(instance, resolution);
        if (lapsed.isEmpty()) {
            return entry;
        }
        Set<Await> awaits = new LinkedHashSet<>(entry.awaits());
        for (Origin.Lapsing one : lapsed) {
            renew(one, isCertain);
            if (isCertain) {
                awaits.add(new Await.Success(one.by()));
            }
        }
        return entry.awaiting(awaits);
    }

    private void renew(Origin.Lapsing one, boolean isCertain) {
        Entry before = entries.get(one.by());
        Instance maker = graph.instances().get(one.by());
        boolean isDue =
                before != null
                        && (before.action() == Action.UNCHANGED
                                || (isCertain
                                        && before.action() == Action.MAYBE
                                        && renewed.contains(one.by())));
        if (isDue && maker != null) {
            renewed.add(one.by());
            Entry now =
                    new Entry(
                            one.by(),
                            isCertain ? Action.CHANGE : Action.MAYBE,
                            List.of("its value has lapsed (" + one.age(atMs) + ")"),
                            Set.of(),
                            false,
                            Optional.empty());
            entries.put(one.by(), renewing(maker, resolver.resolve(maker), now));
        }
    }

    private List<Origin.Lapsing> lapsed(Instance instance, Resolution resolution) {
        if (!(instance instanceof Instance.Step step)) {
            return List.of();
        }
        Set<Origin.Lapsing> read =
                switch (resolution) {
                    case Resolution.Known known -> known.lapsing();
                    case Resolution.Waiting _ -> inquiry.lapsing(step);
                    case Resolution.Impossible _ -> Set.of();
                };
        Duration atMost = step.step().policy().timeout();
        return read.stream().filter(one -> !one.serves(atMs, atMost)).toList();
    }
}
