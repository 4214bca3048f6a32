package dev.ashlar.simulation.fleet;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.resource.ThingKey;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Machines as a model. Work changes them the way real work would: a resource that is so already is
/// not changed, a service is restarted when its trigger differs and then runs with what the watched
/// steps have put there, a component is healthy once a majority of its members have been started.
public final class Fleet {
    /// Part of the name of a component whose members serve each by itself, as those of one that is
    /// no longer wanted do.
    public static final String ALONE = "-alone";

    /// How the file ends in which a modelled service finds what others read of it.
    public static final String VALUE_FILE = "-value";

    /// The place of work that runs beside Ashlar.
    private static final String CONTROLLER = "controller";

    private final SortedMap<String, Machine> machines = new TreeMap<>();
    private final Memberships memberships = new Memberships();
    private final Natures natures = new Natures();
    private final Power power = new Power();
    private final Set<InstanceKey> dead =
            new TreeSet<>(Comparator.comparing(InstanceKey::toString));
    private Graph graph;
    private long nowMs;

    public Fleet(Graph graph) {
        this.graph = graph;
    }

    /// From now on the cluster is meant to be another.
    public void goal(Graph next) {
        graph = next;
    }

    /// Time has passed.
    public void at(long atMs) {
        nowMs = atMs;
    }

    /// Takes it that a step has been done before.
    public void assume(InstanceKey key) {
        machine(key.node()).put(key.withoutNode(), "earlier", "yes");
    }

    public Natures natures() {
        return natures;
    }

    /// What an instance keeps running stops, and nobody is told.
    public void kill(InstanceKey key) {
        dead.add(key);
    }

    public Power power() {
        return power;
    }

    /// Everything that was killed and has not been brought back since. Somebody mends by hand
    /// whatever is dead.
    public void mendByHand() {
        dead.clear();
    }

    public Set<InstanceKey> dead() {
        return new TreeSet<>(dead);
    }

    /// True when the instance's probe would pass.
    public boolean isHealthy(InstanceKey key) {
        String owner = key.withoutNode();
        UseSpec use = graph.composition().uses().get(key.use());
        if (use == null || use.component().name().contains(ALONE)) {
            return serves(key);
        }
        if (use.component().membership().join().isPresent()) {
            return isHealthyMember(key);
        }
        List<String> members = graph.members(key.use());
        long started =
                members.stream()
                        .filter(power::isUp)
                        .filter(m -> machine(Optional.of(m)).has(owner))
                        .count();
        long gone =
                dead.stream()
                        .filter(d -> d.use().equals(key.use()) && d.step().equals(key.step()))
                        .filter(d -> d.node().filter(power::isUp).isPresent())
                        .count();
        return key.node().isEmpty() || (serves(key) && started - gone > members.size() / 2);
    }

    /// It serves, the others count on it, and most of those that they count on serve.
    private boolean isHealthyMember(InstanceKey key) {
        Set<String> listed = memberships.of(key.use(), () -> started(key));
        long serving = listed.stream().filter(node -> serves(at(key, node))).count();
        return key.node().filter(listed::contains).isPresent()
                && serves(key)
                && serving > listed.size() / 2;
    }

    private boolean serves(InstanceKey key) {
        return !dead.contains(key)
                && key.node().filter(node -> !power.isUp(node)).isEmpty()
                && machine(key.node()).has(key.withoutNode());
    }

    private static InstanceKey at(InstanceKey key, String node) {
        return InstanceKey.onNode(key.use(), key.step(), node);
    }

    private Set<String> started(InstanceKey key) {
        return machines.entrySet().stream()
                .filter(machine -> machine.getValue().has(key.withoutNode()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// A member that serves lets another in or out.
    private Report membership(Work.Run run) {
        InstanceKey key = run.key();
        InstanceKey health = health(key, run.node());
        if (!isReached(health, run)) {
            return new Report.NotDone(
                    Failure.lasting("exit-code", Failure.Fault.USER, "nobody answers there"),
                    List.of(),
                    "");
        }
        String node = key.node().orElseThrow();
        boolean isThere = memberships.of(key.use(), () -> started(health)).contains(node);
        if (isThere != key.isJoin() && !isHealthy(health)) {
            return new Report.NotDone(
                    Failure.passing("exit-code", Failure.Fault.NODE, "no majority"), List.of(), "");
        }
        if (key.isJoin()) {
            memberships.join(key.use(), node, () -> started(health));
        } else {
            memberships.leave(key.use(), node, () -> started(health));
        }
        return new Report.Done(
                List.of("listed"), MadeUp.outputs(run.outputs(), key, ""), List.of(), "");
    }

    /// True when the sponsor is spoken to as it runs: what the step has read of it, but for its
    /// name, is what its service was last started with, where that was started with a file for
    /// values.
    private boolean isReached(InstanceKey health, Work.Run run) {
        String loaded = machine(health.node()).of(health.withoutNode());
        boolean isRestarted = loaded.contains(" with ") && loaded.contains(VALUE_FILE);
        return run.inputs().values().stream()
                .flatMap(value -> Stream.of(MadeUp.shown(value).split(",")))
                .filter(part -> isRestarted && !part.equals(run.node()))
                .allMatch(part -> loaded.contains("content=" + part));
    }

    /// The instance that is asked for a member's health.
    private InstanceKey health(InstanceKey of, String node) {
        UseSpec use = graph.composition().uses().get(of.use());
        if (use == null) {
            throw new IllegalStateException("nobody of " + of.use() + " stays");
        }
        return use.component().steps().stream()
                .filter(step -> step.health().isPresent())
                .map(step -> InstanceKey.onNode(of.use(), step.name(), node))
                .findFirst()
                .orElseThrow();
    }

    /// Does the work at once.
    public Report carryOut(Work work) {
        return switch (work) {
            case Work.Acquire acquire -> acquire(acquire);
            case Work.Gather gather -> natures.gathered(gather, nowMs);
            case Work.Apply apply -> apply(apply, apply.resources().size());
            case Work.Run run when run.key().isMembership() -> membership(run);
            case Work.Run run -> run(run);
            case Work.Call call -> call(call);
            case Work.Probe probe -> probe(probe);
            case Work.Undo undo -> undo(undo);
        };
    }

    /// Does the beginning of the work, as when it is cut off in the middle. Gives what that has
    /// brought about, or not taken back yet.
    public List<Owned> begin(Work work) {
        return work instanceof Work.Apply apply
                ? apply(apply, apply.resources().size() / 2).owned()
                : work instanceof Work.Undo undo ? undo.owned() : List.of();
    }

    /// Everything that is on every machine, in one text: equal texts, equal clusters. When what
    /// lapses was made is no part of it.
    public String state() {
        String all =
                machines.entrySet().stream()
                        .filter(entry -> !entry.getValue().isEmpty())
                        .map(Map.Entry::toString)
                        .collect(Collectors.joining("\n"));
        return MadeUp.LAPSES.matcher(all).replaceAll("~");
    }

    /// Services that run with something else than what the steps they watch have put there.
    public List<String> stale() {
        List<String> stale = new ArrayList<>();
        for (Instance instance : graph.instances().values()) {
            if (instance instanceof Instance.Step step) {
                step.step().action().resources().stream()
                        .filter(spec -> spec.kind() == ResourceKind.SERVICE)
                        .filter(spec -> isStale(step, spec))
                        .forEach(_ -> stale.add(step.key().toString()));
            }
        }
        return stale;
    }

    private boolean isStale(Instance.Step step, ResourceSpec spec) {
        Machine machine = machine(step.key().node());
        return machine.has(step.key().withoutNode())
                && !machine.of(step.key().withoutNode())
                        .contains(loaded(step.key(), spec.restartOn()));
    }

    private Report acquire(Work.Acquire acquire) {
        boolean changed = machine(Optional.of(acquire.node())).put("machine", "made", "yes");
        SequencedMap<String, Value> outputs = new LinkedHashMap<>();
        outputs.put("address", Value.text("address-of-" + acquire.node()));
        Owned owned = Owned.of("machine", acquire.node(), false, Map.of());
        return new Report.Done(
                changed ? List.of("machine " + acquire.node()) : List.of(),
                outputs,
                List.of(owned),
                "");
    }

    private Report.Done apply(Work.Apply apply, int count) {
        Machine machine = machine(Optional.of(apply.node()));
        String owner = owner(apply.key(), apply.node());
        List<String> changed = new ArrayList<>();
        List<Owned> owned = new ArrayList<>();
        for (Resource resource : apply.resources().subList(0, count)) {
            boolean made = machine.get(owner, resource.title()).isEmpty();
            if (bring(machine, owner, apply.key(), resource)) {
                changed.add(resource.title());
            }
            owned.add(MadeUp.owned(resource, made));
        }
        return new Report.Done(changed, new LinkedHashMap<>(), owned, "");
    }

    private boolean bring(Machine machine, String owner, InstanceKey key, Resource resource) {
        String content = MadeUp.shown(resource.parameters());
        if (resource.kind() != ResourceKind.SERVICE) {
            return machine.put(owner, resource.title(), content);
        }
        String service = owner + " " + resource.title();
        boolean restarts =
                dead.remove(key)
                        || !machine.trigger(service).equals(Optional.of(resource.trigger()))
                        || machine.get(owner, resource.title())
                                .filter(now -> now.startsWith(content))
                                .isEmpty();
        if (restarts) {
            machine.put(owner, resource.title(), content + loaded(key, watched(key, resource)));
            machine.trigger(service, resource.trigger());
        }
        return restarts;
    }

    private List<String> watched(InstanceKey key, Resource resource) {
        return graph.instances().get(key) instanceof Instance.Step step
                ? step.step().action().resources().stream()
                        .filter(spec -> spec.kind() == resource.kind())
                        .flatMap(spec -> spec.restartOn().stream())
                        .toList()
                : List.of();
    }

    private String loaded(InstanceKey key, List<String> watched) {
        return watched.stream()
                .map(step -> {
                    String owner = key.use() + "." + step;
                    Machine own = machine(key.node());
                    return own.has(owner) ? own.of(owner) : machine(Optional.empty()).of(owner);
                })
                .collect(Collectors.joining(" ", " with ", "."));
    }

    private Report run(Work.Run run) {
        Machine machine = machine(Optional.of(run.node()));
        String owner = owner(run.key(), run.node());
        String content = MadeUp.shown(run.inputs());
        boolean done = run.probe().isPresent() && machine.has(owner);
        boolean changed = !done && machine.put(owner, run.script().file(), content);
        SequencedMap<String, Value> outputs = new LinkedHashMap<>();
        run.outputs()
                .forEach((name, type) ->
                        outputs.put(
                                name,
                                MadeUp.lapsing(
                                        MadeUp.made(type, run.key() + "." + name, content),
                                        validFor(run.key(), name),
                                        nowMs)));
        Owned made = Owned.of(Owned.SCRIPT, run.script().file(), false, Map.of());
        Owned owned = run.remove().map(made::removedBy).orElse(made);
        return new Report.Done(
                changed ? List.of("script") : List.of(), outputs, List.of(owned), "");
    }

    private Optional<Duration> validFor(InstanceKey key, String output) {
        return graph.instances().get(key) instanceof Instance.Step step
                ? Optional.ofNullable(step.step().validFor().get(output))
                : Optional.empty();
    }

    private Report call(Work.Call call) {
        Machine machine = machine(call.key().node());
        String content = MadeUp.shown(call.arguments());
        boolean changed = machine.put(call.key().withoutNode(), "made", content);
        SequencedMap<String, Value> outputs = new LinkedHashMap<>();
        if (graph.instances().get(call.key()) instanceof Instance.Step step) {
            outputs.putAll(MadeUp.outputs(step.step().outputs(), call.key(), content));
        }
        // As a path would tell it from what others are given there.
        String key = ThingKey.of("certificate", call.key().toString(), "");
        Owned owned = Owned.of("certificate", "made", false, Map.of(Owned.KEY, key));
        return new Report.Done(
                changed ? List.of(call.function()) : List.of(), outputs, List.of(owned), "");
    }

    private Report probe(Work.Probe probe) {
        return isHealthy(probe.key())
                ? Report.Done.nothing()
                : new Report.NotDone(
                        Failure.passing("exit-code", Failure.Fault.NODE, "dead or no majority"),
                        List.of(),
                        "");
    }

    private Report undo(Work.Undo undo) {
        List<String> changed = new ArrayList<>();
        List<Owned> left = new ArrayList<>();
        for (Owned owned : undo.owned().reversed()) {
            if (owned.staysInPlace()) {
                left.add(owned);
            } else if (owned.kind().equals("machine")) {
                machine(Optional.of(owned.identity())).wipe();
            } else {
                boolean isNamed = List.of("script", "certificate").contains(owned.kind());
                machine(undo.node())
                        .remove(
                                owner(undo.key(), undo.node().orElse(CONTROLLER)),
                                isNamed ? owned.identity() : owned.title());
            }
            changed.add(owned.title());
        }
        memberships.retain(use -> machines.values().stream().anyMatch(m -> m.hasAnyOf(use)));
        boolean isMachine = undo.key().isMachine();
        dead.removeIf(isMachine ? d -> d.node().equals(undo.key().node()) : undo.key()::equals);
        return new Report.Done(changed, new LinkedHashMap<>(), left, "");
    }

    private Machine machine(Optional<String> node) {
        return machines.computeIfAbsent(node.orElse(CONTROLLER), _ -> new Machine());
    }

    /// On a node that a step chose its instances differ by whom they are about.
    private static String owner(InstanceKey key, String node) {
        return key.node()
                .filter(subject -> !subject.equals(node))
                .map(subject -> key.withoutNode() + " of " + subject)
                .orElseGet(() -> key.withoutNode());
    }
}
