package dev.ashlar.engine.plan;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.plan.Explanation.Detail;
import dev.ashlar.engine.plan.Explanation.Input;
import dev.ashlar.engine.plan.Plan.Action;
import dev.ashlar.engine.plan.Plan.Entry;
import dev.ashlar.engine.resolve.Inquiry;
import dev.ashlar.engine.resolve.Reading;
import dev.ashlar.engine.resolve.Resolver;
import dev.ashlar.model.composition.Binding;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Resolved;
import dev.ashlar.model.text.Sha256;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Owned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells why a plan is as it is. Touches nothing.
public final class Explainer {
    private final Graph graph;
    private final Past past;
    private final Planner planner;
    private final Inquiry inquiry;
    private final long atMs;

    private Explainer(Graph graph, Past past, long atMs) {
        this.graph = graph;
        this.past = past;
        this.planner = Planner.ofAll(graph, past, atMs);
        this.inquiry = planner.inquiry();
        this.atMs = atMs;
    }

    /// Says everything there is to say of one instance; empty when neither the graph nor the record
    /// knows it.
    ///
    /// @param atMs the time, in milliseconds since 1970 UTC
    public static Optional<Explanation> explain(
            Graph graph, Past past, InstanceKey key, long atMs) {
        Explainer explainer = new Explainer(graph, past, atMs);
        return explainer.planner.entry(key).map(entry -> explainer.explain(key, entry));
    }

    /// What each instance would do and with what, as it is told of one.
    ///
    /// @param atMs the time, in milliseconds since 1970 UTC
    public static SequencedMap<InstanceKey, Detail> details(Graph graph, Past past, long atMs) {
        Explainer explainer = new Explainer(graph, past, atMs);
        SequencedMap<InstanceKey, Detail> all = new LinkedHashMap<>();
        graph.instances().keySet().forEach(key -> all.put(key, explainer.detail(key, false)));
        return all;
    }

    private Explanation explain(InstanceKey key, Entry entry) {
        return new Explanation(
                key,
                entry,
                past.success(key),
                past.failure(key).map(JournalRecord.Failed::failure),
                maker(key),
                detail(key, true),
                layers(key),
                lapsing(key),
                atMs,
                Optional.ofNullable(graph.instances().get(key))
                        .map(Instance::after)
                        .orElse(List.of()),
                chain(key));
    }

    private Optional<String> maker(InstanceKey key) {
        return graph.instances().get(key) instanceof Instance.Step instance
                ? graph.composition()
                        .version(instance.use())
                        .map(version -> instance.maker() + "@" + version)
                : Optional.empty();
    }

    private SequencedMap<String, List<Binding.Layer>> layers(InstanceKey key) {
        SequencedMap<String, List<Binding.Layer>> found = new LinkedHashMap<>();
        if (graph.instances().get(key) instanceof Instance.Step instance) {
            SequencedMap<String, Binding> inputs = instance.use().inputs();
            List<Expression> open = new ArrayList<>(instance.step().expressions());
            while (!open.isEmpty()) {
                for (String name : open.removeFirst().inputs()) {
                    Binding binding = inputs.get(name);
                    if (binding != null && !found.containsKey(name)) {
                        found.put(name, binding.layers(key.node()));
                        open.add(binding.effective(key.node()));
                    }
                }
            }
        }
        return found;
    }

    private SequencedMap<String, Origin.Lapsing> lapsing(InstanceKey key) {
        SequencedMap<String, Origin.Lapsing> lapsing = new LinkedHashMap<>();
        past.success(key)
                .ifPresent(last ->
                        validFor(graph.instances().get(key))
                                .forEach((name, validFor) ->
                                        lapsing.put(name, last.lapsing(validFor))));
        return lapsing;
    }

    private static SequencedMap<String, Duration> validFor(@Nullable Instance instance) {
        return switch (instance) {
            case Instance.Step step -> step.step().validFor();
            case Instance.Gather gather -> {
                SequencedMap<String, Duration> validFor = new LinkedHashMap<>();
                gather.facts()
                        .forEach(fact ->
                                fact.validFor().ifPresent(time -> validFor.put(fact.word(), time)));
                yield validFor;
            }
            case Instance.Acquire _ -> new LinkedHashMap<>();
            case null -> new LinkedHashMap<>();
        };
    }

    private Detail detail(InstanceKey key, boolean inFull) {
        Optional<Success> last = past.success(key);
        SequencedMap<String, Resolved> then =
                last.map(Success::inputs).orElseGet(LinkedHashMap::new);
        SequencedMap<String, Input> inputs = new LinkedHashMap<>();
        Instance instance =
                Optional.<Instance>ofNullable(graph.off().get(key))
                        .orElse(graph.instances().get(key));
        if (instance == null || (key.isJoin() && last.isPresent())) {
            // Nobody asks today's members what they would have answered to who joined long ago.
            then.forEach((name, was) -> {
                if (!Resolver.isWatched(name)) {
                    inputs.put(name, new Input(Reading.of(was), Optional.empty()));
                }
            });
            return new Detail(
                    instance == null
                            ? last.map(Explainer::did).orElse(List.of())
                            : inquiry.deeds(instance),
                    inputs,
                    List.of());
        }
        inquiry.readings(instance, inFull)
                .forEach((name, now) -> inputs.put(name, new Input(now, was(now, then, name))));
        return new Detail(
                inquiry.deeds(instance),
                inputs,
                last.map(success -> rewritten(instance, success)).orElse(List.of()));
    }

    /// What stands as it is writes nothing, and what a removal takes back is no content.
    private List<Rewritten> rewritten(Instance instance, Success last) {
        boolean writes =
                planner.entry(instance.key())
                        .map(Entry::action)
                        .filter(Set.of(Action.CHANGE, Action.MAYBE, Action.REPAIR)::contains)
                        .isPresent();
        if (!writes || !(instance instanceof Instance.Step step)) {
            return List.of();
        }
        SequencedMap<String, Value> contents = inquiry.contents(step);
        List<Rewritten> rewritten = new ArrayList<>();
        for (Owned owned : last.owned()) {
            Value now = contents.get(owned.path());
            if (now != null && owned.written().filter(was -> !isOf(was, now)).isPresent()) {
                rewritten.add(new Rewritten(owned.path(), owned.written().get(), now));
            }
        }
        return rewritten;
    }

    private static boolean isOf(String digest, Value content) {
        return switch (content.data()) {
            case Data.Text(String text) -> Sha256.hex(text).equals(digest);
            case Data.Blob(byte[] bytes) -> Sha256.hex(bytes).equals(digest);
            default -> false;
        };
    }

    private static List<String> did(Success last) {
        return last.owned().stream().map(Owned::title).toList();
    }

    /// What it was at the last success, unless it is known to be that still.
    private static Optional<String> was(
            Reading now, SequencedMap<String, Resolved> then, String name) {
        return Optional.ofNullable(then.get(name))
                .filter(was -> !now.digest().equals(Optional.of(was.digest())))
                .map(Resolved::shown);
    }

    /// Follows what an instance waits for, nearest first, each instance once.
    private List<Explanation.Wait> chain(InstanceKey key) {
        List<Explanation.Wait> chain = new ArrayList<>();
        Set<InstanceKey> seen = new LinkedHashSet<>(Set.of(key));
        List<InstanceKey> open = new ArrayList<>(List.of(key));
        while (!open.isEmpty()) {
            InstanceKey next = open.removeFirst();
            for (InstanceKey on : planner.waitsFor(next)) {
                Optional<Entry> entry =
                        planner.entry(on).filter(e -> e.action() != Action.UNCHANGED);
                if (entry.isPresent() && seen.add(on)) {
                    String reason = String.join("; ", entry.get().reasons());
                    chain.add(new Explanation.Wait(on, entry.get().action(), reason));
                    open.add(on);
                }
            }
        }
        return chain;
    }
}
