package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.app.terminal.Waiting;
import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.removal.Removals;
import dev.ashlar.engine.resolve.Resolution;
import dev.ashlar.engine.resolve.Resolver;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Work;
import dev.ashlar.nodes.execute.Inspection;
import dev.ashlar.services.pki.CertificateFunction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Compares every node with the record: the resources of all its steps, the files that services
/// made there, its facts, and each health probe, in one round trip; many nodes at once. The record
/// says of most resources no more than that they are: while the files say what was done, they say
/// the rest. Where they say something else by now, files, folders and health are compared as they
/// are on record, and nothing else: what an edit is about to change is no difference of a node.
public final class Verification {
    /// What services make on a node that can be compared with the record.
    private static final Set<String> COMPARED =
            Set.of(
                    ResourceKind.FILE.word(),
                    ResourceKind.DIRECTORY.word(),
                    CertificateFunction.KEY_KIND);

    private static final String HEALTH = "verify-health";

    /// How long a health that is only on record may take to be told.
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Workshop workshop;
    private final Acting acting;
    private final Graph graph;
    private final Selection selection;
    private final int parallel;
    private final Clock clock = Clock.systemUTC();

    /// What is looked at on a node. What scripts did there shows in their probes alone.
    static final class OfNode {
        final List<InstanceKey> scripts = new ArrayList<>();
        final List<Work.Apply> steps = new ArrayList<>();
        final SequencedMap<InstanceKey, List<Owned>> made = new LinkedHashMap<>();
        final SequencedMap<InstanceKey, List<Owned>> changing = new LinkedHashMap<>();
        private final List<Inspection.Known> facts = new ArrayList<>();
        private final List<Work.Probe> probes = new ArrayList<>();
        private boolean isSureToChange;

        /// What tells, by being done again, how a node is that could not be asked: resources, which
        /// compare before they change anything, or scripts where there is nothing else that is sure
        /// to be done there.
        List<InstanceKey> telling() {
            List<InstanceKey> keys = steps.stream().map(Work.Apply::key).toList();
            boolean isTold = !keys.isEmpty() || !made.isEmpty() || isSureToChange;
            return isTold ? keys : scripts;
        }

        /// What could not be compared and has shown nothing else is done again, to tell.
        private void leaveOpen(SequencedMap<InstanceKey, List<String>> found) {
            telling().forEach(key -> found.putIfAbsent(key, List.of("could not be compared")));
        }

        /// A value that lapses may have been made anew for others since: what holds such is
        /// compared with the record, as far as it can be, and the rest of the step with what it is
        /// to be.
        void addLapsing(Work.Apply step, List<Owned> owned) {
            List<Resource> lasting =
                    step.resources().stream().filter(resource -> !holdsLapsing(resource)).toList();
            Set<String> keys = lasting.stream().map(Resource::key).collect(Collectors.toSet());
            steps.add(
                    new Work.Apply(
                            step.key(),
                            step.intent(),
                            step.node(),
                            lasting,
                            step.timeout(),
                            step.onDisconnect()));
            made.put(
                    step.key(),
                    comparable(owned.stream().filter(o -> !keys.contains(o.key())).toList()));
        }

        /// What the files say of it is still to be done.
        void addSureToChange(Success success, String node) {
            isSureToChange = true;
            addChanging(success, node);
        }

        /// What the files say of it may still have to be done: what is there is what was done last.
        ///
        /// @param node where
        void addChanging(Success success, String node) {
            changing.put(success.key(), comparable(success.owned()));
            success.probe(node, LONGEST).ifPresent(probe -> probes.add(probe.apply(HEALTH)));
        }

        /// What changes at any time differs from the record at any time; what is not on it yet
        /// cannot differ.
        private void addFacts(Work.Gather gather, SequencedMap<String, Value> recorded) {
            List<Fact> facts =
                    gather.facts().stream()
                            .filter(fact -> recorded.containsKey(fact.word()))
                            .toList();
            if (!facts.isEmpty() && facts.stream().noneMatch(Fact::isVolatile)) {
                Work.Gather known =
                        new Work.Gather(
                                gather.key(),
                                gather.intent(),
                                gather.node(),
                                facts,
                                gather.timeout());
                this.facts.add(new Inspection.Known(known, recorded));
            }
        }

        private static boolean holdsLapsing(Resource resource) {
            return resource.parameters().values().stream()
                    .flatMap(value -> value.deepLabel().origins().stream())
                    .anyMatch(Origin.Lapsing.class::isInstance);
        }

        Inspection inspection() {
            SequencedMap<InstanceKey, List<Owned>> recorded = new LinkedHashMap<>(made);
            recorded.putAll(changing);
            return new Inspection(steps, recorded, facts, probes);
        }
    }

    private Verification(
            Workshop workshop, Acting acting, Graph graph, Selection selection, int parallel) {
        this.workshop = workshop;
        this.acting = acting;
        this.graph = graph;
        this.selection = selection;
        this.parallel = parallel;
    }

    /// @param selection what is left out is not looked at
    /// @param parallel how many nodes are looked at at once
    public static Verification of(
            Workshop workshop, Acting acting, Graph graph, Selection selection, int parallel) {
        return new Verification(workshop, acting, graph, selection, parallel);
    }

    /// What came of it.
    ///
    /// @param differences the instances whose node differs from the record, each with how it does
    /// @param changing those that the files change, or may: compared as far as the record says what
    ///   is there
    public record Compared(
            SequencedMap<InstanceKey, String> differences, SequencedSet<InstanceKey> changing) {
        public Compared {
            differences = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(differences));
            changing = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(changing));
        }

        public Set<InstanceKey> differing() {
            return differences.keySet();
        }

        /// True where everything is known to be as it should.
        boolean isVerified() {
            return differences.isEmpty() && changing.isEmpty();
        }
    }

    /// What differs, each told to the person; journals that everything was verified when it was and
    /// nothing differs.
    ///
    /// @param records whether that may be journaled
    public Compared tell(Terminal terminal, boolean records) throws InterruptedException {
        Map<String, OfNode> byNode = work();
        Compared compared;
        try (Waiting waiting =
                new Waiting(terminal, clock, "comparing with the record", byNode.keySet())) {
            compared = compared(byNode, waiting::isDone);
        }
        compared.differences()
                .forEach((key, how) -> terminal.say("  differs: " + key + ": " + how));
        int changing = compared.changing().size();
        if (changing > 0) {
            terminal.say(
                    "  %d that `up` may change: of %s what is on record was compared (files, folders, health)"
                            .formatted(changing, changing == 1 ? "it" : "them"));
        }
        boolean all = selection.equals(Selection.WHOLE);
        if (records && all && compared.isVerified() && !acting.past().standing().isEmpty()) {
            record();
        }
        return compared;
    }

    /// Looks, and tells nobody.
    public Compared compare() throws InterruptedException {
        return compared(work(), _ -> {});
    }

    private Compared compared(Map<String, OfNode> byNode, Consumer<String> answered)
            throws InterruptedException {
        SequencedMap<InstanceKey, String> found = new LinkedHashMap<>();
        for (Success success : acting.past().standing().values()) {
            InstanceKey key = success.key();
            boolean here = acting.past().place(key).isEmpty();
            if (here && !selection.leavesOut(key, Optional.empty())) {
                missingHere(success).ifPresent(missing -> found.put(key, missing));
            }
        }
        SequencedSet<InstanceKey> changing = new LinkedHashSet<>();
        Map<String, Inspection> inspections = new LinkedHashMap<>();
        byNode.forEach((node, of) -> {
            inspections.put(node, of.inspection());
            changing.addAll(of.changing.keySet());
        });
        new Looks(workshop.nodes(), parallel)
                .at(inspections, answered)
                .forEach((node, seen) -> {
                    OfNode of = byNode.getOrDefault(node, new OfNode());
                    found.putAll(told(node, of, seen));
                });
        return new Compared(found, changing);
    }

    private Map<String, OfNode> work() {
        // What is replaced is not compared with what comes in its place.
        Past past = Removals.of(graph, acting.past()).rest();
        Resolver resolver = Resolver.standing(graph, past);
        Map<String, OfNode> byNode = new LinkedHashMap<>();
        for (Instance instance : graph.instances().values()) {
            Optional<Success> success = past.success(instance.key());
            Optional<String> place = place(instance, past);
            // Who has joined is told by its health.
            if (success.isEmpty()
                    || place.isEmpty()
                    || instance.key().isJoin()
                    || selection.leavesOut(instance.key(), place)) {
                continue;
            }
            // A node that carries nothing is looked at too: it must answer.
            OfNode of = byNode.computeIfAbsent(place.get(), _ -> new OfNode());
            switch (resolver.resolve(instance)) {
                case Resolution.Known known when isAsDone(instance, known, success.get()) ->
                        add(of, known, success.get());
                case Resolution.Known _ -> of.addSureToChange(success.get(), place.get());
                case Resolution.Waiting _, Resolution.Impossible _ ->
                        of.addChanging(success.get(), place.get());
            }
        }
        return byNode;
    }

    /// Where what is on record of an instance is; empty for the controller.
    private Optional<String> place(Instance instance, Past past) {
        boolean isHere =
                instance instanceof Instance.Step step
                        && step.step().place() instanceof StepSpec.Place.OnController;
        return isHere ? Optional.empty() : past.place(instance.key()).filter(graph::hasNode);
    }

    /// A machine is what its provider says, its facts what it says itself: of both the record has
    /// all that is compared.
    private static boolean isAsDone(Instance instance, Resolution.Known now, Success done) {
        return !(instance instanceof Instance.Step) || now.fingerprint().equals(done.fingerprint());
    }

    private static void add(OfNode of, Resolution.Known known, Success success) {
        switch (known.work().apply("verify")) {
            case Work.Apply apply when !known.lapsing().isEmpty() ->
                    of.addLapsing(apply, success.owned());
            case Work.Apply apply -> of.steps.add(apply);
            case Work.Call call -> of.made.put(call.key(), comparable(success.owned()));
            case Work.Run run -> of.scripts.add(run.key());
            case Work.Gather gather -> of.addFacts(gather, success.outputs());
            case Work.Acquire _, Work.Probe _, Work.Undo _ -> {}
        }
        known.probe().ifPresent(probe -> of.probes.add(probe.apply(HEALTH)));
    }

    private static List<Owned> comparable(List<Owned> owned) {
        return owned.stream().filter(o -> COMPARED.contains(o.kind())).toList();
    }

    static SequencedMap<InstanceKey, String> told(
            String node, OfNode of, Inspection.Outcome outcome) {
        SequencedMap<InstanceKey, List<String>> found = new LinkedHashMap<>();
        switch (outcome) {
            // To make sure of the machine is not enough: only a step there tells whether the node
            // can be reached and trusted again.
            case Inspection.Outcome.Unseen(Failure failure) -> {
                found.put(InstanceKey.acquire(node), List.of(failure.message()));
                of.leaveOpen(found);
            }
            case Inspection.Outcome.Seen(var differences, var unhealthy) -> {
                differences.forEach((key, lines) -> found.put(key, new ArrayList<>(lines)));
                unhealthy.forEach((key, failure) ->
                        found.computeIfAbsent(key, _ -> new ArrayList<>())
                                .add("not healthy: " + failure.told()));
                // Told of the machine: the comparison did not come to its end.
                if (differences.containsKey(InstanceKey.acquire(node))) {
                    of.leaveOpen(found);
                }
            }
        }
        if (!found.isEmpty()) {
            // A service mends what is amiss and leaves the rest, so asking it again costs little;
            // not asking would leave a wiped machine without its certificates.
            for (InstanceKey call : of.made.keySet()) {
                found.putIfAbsent(call, List.of("made sure of, as the node differs elsewhere"));
            }
        }
        SequencedMap<InstanceKey, String> told = new LinkedHashMap<>();
        found.forEach((key, lines) -> told.put(key, String.join("; ", lines)));
        return told;
    }

    /// The first of a success's files on this machine that is missing, in words.
    private static Optional<String> missingHere(Success success) {
        return success.owned().stream()
                .map(Owned::identity)
                .filter(path -> path.startsWith("/") && !Files.exists(Path.of(path)))
                .map(path -> path + " is missing")
                .findFirst();
    }

    private void record() {
        EmptyRun.record(
                acting,
                Runner.Subject.of(graph.composition(), selection),
                Purpose.VERIFY,
                acting.past().standing().size(),
                clock.millis());
    }
}
