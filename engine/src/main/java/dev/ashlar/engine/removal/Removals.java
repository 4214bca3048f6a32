package dev.ashlar.engine.removal;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Joiners;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// What is on record and no longer wanted: what has left the files, and what the files now say is
/// another thing under the same name. Immutable.
public final class Removals {
    private final Graph graph;
    private final Past past;
    private final SequencedMap<InstanceKey, String> reasons = new LinkedHashMap<>();
    private final SequencedMap<InstanceKey, Instance.Step> leaves = new LinkedHashMap<>();

    private Removals(Graph graph, Past past) {
        this.graph = graph;
        this.past = past;
    }

    public static Removals of(Graph graph, Past past) {
        Removals removals = new Removals(graph, past);
        graph.composition().uses().values().forEach(removals::addLeaves);
        for (InstanceKey key : past.everything().keySet()) {
            if (!key.isLeave() || past.success(key).isPresent()) {
                removals.reason(key).ifPresent(reason -> removals.reasons.put(key, reason));
            }
        }
        removals.leaves.keySet().forEach(removals::addLeave);
        return removals;
    }

    private void addLeaves(UseSpec use) {
        StepSpec step = use.component().membership().leave().orElse(null);
        if (step == null) {
            return;
        }
        for (String node : Joiners.members(past, use.name())) {
            if (!graph.isMember(use.name(), node)) {
                InstanceKey key = InstanceKey.leave(use.name(), node);
                leaves.put(key, new Instance.Step(key, use, step, Optional.empty(), List.of()));
            }
        }
    }

    /// Who leaves takes its joining with it. A leaving that was cut short and is no longer wanted
    /// made nothing that could be taken back: it is forgotten with the last of its member.
    private void addLeave(InstanceKey leave) {
        String node = leave.node().orElseThrow();
        reasons.remove(InstanceKey.join(leave.use(), node));
        reasons.put(
                leave,
                graph.hasNode(node) ? leave.use() + " is no longer wanted there" : gone(leave));
    }

    /// What members that go have to do first, so that the others no longer count on them: by
    /// another member that is ready.
    public SequencedMap<InstanceKey, Instance.Step> leaves() {
        return Collections.unmodifiableSequencedMap(leaves);
    }

    /// Why each of them goes, in one short sentence; the oldest first.
    public SequencedMap<InstanceKey, String> reasons() {
        return Collections.unmodifiableSequencedMap(reasons);
    }

    public boolean isEmpty() {
        return reasons.isEmpty();
    }

    /// True when what is on record under that name goes.
    public boolean contains(InstanceKey key) {
        return reasons.containsKey(key);
    }

    /// The past as it will be when they are gone.
    public Past rest() {
        return isEmpty() ? past : past.without(reasons.keySet());
    }

    /// The selection, closed: a member is not left with a part of something, nor without what comes
    /// in the place of what has gone, nor announced to others and not brought up.
    public Selection closed(Selection selection) {
        return selection.equals(Selection.WHOLE)
                ? selection
                : new Units(graph, past, this).closed(selection);
    }

    /// True when it is part of a member that serves.
    public boolean isMember(InstanceKey key) {
        return key.node().filter(node -> past.isFounded(key.use(), node)).isPresent();
    }

    private Optional<String> reason(InstanceKey key) {
        Instance instance = graph.instances().get(key);
        if (instance == null) {
            return Optional.of(gone(key));
        }
        Optional<String> other = past.maker(key).filter(maker -> !maker.equals(instance.maker()));
        return other.map(maker -> replaced(key, maker, instance.maker()))
                .or(() -> past.place(key).flatMap(this::machine))
                .or(() -> key.node().flatMap(node -> remnant(key.use(), node)));
    }

    /// Who has left and is wanted again comes as if it had never been there.
    private Optional<String> remnant(String use, String node) {
        return past.isRemnant(use, node)
                ? Optional.of(node + " has left " + use)
                : Optional.empty();
    }

    private String gone(InstanceKey key) {
        UseSpec use = graph.composition().uses().get(key.use());
        if (key.node().filter(name -> !graph.hasNode(name)).isPresent()) {
            return "its node is no longer part of the cluster";
        }
        if (key.use().equals(InstanceKey.NODE_USE)) {
            return "nothing there asks for them any more";
        }
        if (use == null) {
            return "use " + key.use() + " is no longer part of the cluster";
        }
        Instance.Step off = graph.off().get(key);
        if (off != null) {
            return off.whyOff();
        }
        return use.component()
                .step(key.step())
                .map(step ->
                        step.each().isPresent()
                                ? fewer(key, step)
                                : key.use() + " is no longer there")
                .orElse(use.component().reference() + " has no step " + key.step());
    }

    private static String fewer(InstanceKey key, StepSpec step) {
        String each = step.each().map(Expression::source).orElse("");
        return key.key()
                .map(element -> "each: " + each + " has no " + element)
                .orElse(key.step() + " is repeated now");
    }

    private static String replaced(InstanceKey key, String before, String now) {
        String what =
                key.use().equals(InstanceKey.NODE_USE) ? "comes from provider" : key.use() + " is";
        return what + " " + now + " now, was " + before;
    }

    /// Why what is on a machine goes with it.
    private Optional<String> machine(String node) {
        InstanceKey key = InstanceKey.acquire(node);
        Instance acquire = graph.instances().get(key);
        if (acquire == null) {
            return Optional.of("node " + node + " is no longer part of the cluster");
        }
        return past.maker(key)
                .filter(maker -> !maker.equals(acquire.maker()))
                .map(maker -> replaced(key, maker, acquire.maker()));
    }
}
