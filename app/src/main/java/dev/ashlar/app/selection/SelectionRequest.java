package dev.ashlar.app.selection;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.removal.Removals;
import dev.ashlar.language.expression.Spelling;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.identity.InstanceKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// Which part of a cluster a person wants touched.
///
/// @param limit pattern of nodes
/// @param only steps, nothing else; all when empty
/// @param skip steps, not these
public record SelectionRequest(Optional<String> limit, List<String> only, List<String> skip) {
    /// Under this name, which no group can have, stand the nodes that are no longer wanted.
    private static final String NO_GROUP = "";

    /// Everything.
    public static final SelectionRequest WHOLE =
            new SelectionRequest(Optional.empty(), List.of(), List.of());

    /// What became of a request.
    public sealed interface Outcome {
        record Selected(Selection selection) implements Outcome {}

        /// @param problems all of them, each with the option it is about
        record Unknown(List<String> problems) implements Outcome {
            public Unknown {
                problems = List.copyOf(problems);
            }
        }
    }

    public SelectionRequest {
        only = List.copyOf(only);
        skip = List.copyOf(skip);
    }

    public boolean isWhole() {
        return equals(WHOLE);
    }

    /// As it is typed.
    public String words() {
        List<String> words = new ArrayList<>();
        limit.ifPresent(pattern -> words.add("--limit " + pattern));
        only.forEach(step -> words.add("--only " + step));
        skip.forEach(step -> words.add("--skip " + step));
        return String.join(" ", words);
    }

    /// What it leaves out of a cluster.
    ///
    /// @param past what is on record and may be taken back
    public Outcome among(Graph graph, Past past) {
        if (isWhole()) {
            return new Outcome.Selected(Selection.WHOLE);
        }
        List<String> problems = new ArrayList<>();
        SequencedSet<InstanceKey> keys = new LinkedHashSet<>(graph.instances().keySet());
        keys.addAll(past.everything().keySet());
        keys.addAll(Removals.of(graph, past).leaves().keySet());
        Set<String> nodes = nodesLeftOut(graph, keys, problems);
        Set<InstanceKey> wanted = named("--only", only, keys, problems);
        Set<InstanceKey> unwanted = named("--skip", skip, keys, problems);
        if (!problems.isEmpty()) {
            return new Outcome.Unknown(problems);
        }
        Set<InstanceKey> instances = new HashSet<>();
        for (InstanceKey key : keys) {
            boolean isOfNode = key.use().equals(InstanceKey.NODE_USE);
            boolean elsewhere = key.node().filter(nodes::contains).isPresent();
            boolean unnamed = !only.isEmpty() && !wanted.contains(key);
            if (elsewhere || (!isOfNode && (unnamed || unwanted.contains(key)))) {
                instances.add(key);
            }
        }
        instances.addAll(idleMachines(graph, instances));
        return new Outcome.Selected(new Selection(words(), instances, nodes));
    }

    /// Machines on which nothing is selected, and their facts; none while something is whose place
    /// is to be chosen.
    private Set<InstanceKey> idleMachines(Graph graph, Set<InstanceKey> leftOut) {
        Set<InstanceKey> machines = new HashSet<>();
        Set<InstanceKey> needed = new HashSet<>();
        boolean chosen = false;
        for (Instance instance : graph.instances().values()) {
            InstanceKey key = instance.key();
            switch (instance) {
                case Instance.Acquire _, Instance.Gather _ -> machines.add(key);
                case Instance.Step step when !leftOut.contains(key) -> {
                    key.node()
                            .ifPresent(node ->
                                    needed.addAll(
                                            List.of(
                                                    InstanceKey.acquire(node),
                                                    InstanceKey.facts(node),
                                                    InstanceKey.measures(node))));
                    chosen |= step.step().place() instanceof StepSpec.Place.OnChosen;
                }
                case Instance.Step _ -> {}
            }
        }
        machines.removeAll(needed);
        return chosen || (only.isEmpty() && skip.isEmpty()) ? Set.of() : machines;
    }

    private Set<String> nodesLeftOut(
            Graph graph, SequencedSet<InstanceKey> keys, List<String> problems) {
        SequencedMap<String, List<String>> groups = new LinkedHashMap<>();
        graph.composition().groups().forEach((name, group) -> groups.put(name, group.nodes()));
        SequencedSet<String> left = new LinkedHashSet<>();
        groups.values().forEach(left::addAll);
        List<String> gone =
                keys.stream()
                        .flatMap(key -> key.node().stream())
                        .filter(node -> !left.contains(node))
                        .distinct()
                        .toList();
        left.addAll(gone);
        if (limit.isEmpty()) {
            return Set.of();
        }
        SequencedSet<String> names = new LinkedHashSet<>(groups.keySet());
        names.addAll(left);
        groups.put(NO_GROUP, gone);
        NodePattern pattern = NodePattern.of(limit.get());
        if (pattern.isEmpty()) {
            problems.add("--limit: \"" + limit.get() + "\" names nothing" + hint("", names));
            return Set.of();
        }
        List<String> unknown = new ArrayList<>();
        Set<String> meant = pattern.among(groups, unknown);
        for (String part : unknown) {
            problems.add(
                    "--limit: no node or group is called \"" + part + "\"" + hint(part, names));
        }
        if (unknown.isEmpty() && meant.isEmpty()) {
            problems.add("--limit: \"" + limit.get() + "\" leaves no node" + hint("", names));
        }
        left.removeAll(meant);
        return left;
    }

    /// A use, `use.step`, or an instance; each may hold wildcards.
    private static Set<InstanceKey> named(
            String option,
            List<String> patterns,
            SequencedSet<InstanceKey> keys,
            List<String> problems) {
        Set<InstanceKey> all = new LinkedHashSet<>();
        for (String pattern : patterns) {
            List<InstanceKey> named = named(pattern, keys);
            if (named.isEmpty()) {
                problems.add(
                        option
                                + ": no step is called \""
                                + pattern
                                + "\""
                                + hint(pattern, steps(keys)));
            }
            all.addAll(named);
        }
        return all;
    }

    private static List<InstanceKey> named(String pattern, SequencedSet<InstanceKey> keys) {
        Glob glob;
        Glob instance;
        try {
            glob = Glob.of(pattern);
            instance = Glob.ofInstance(pattern);
        } catch (PatternSyntaxException _) {
            return List.of();
        }
        return keys.stream()
                .filter(key -> !key.use().equals(InstanceKey.NODE_USE))
                .filter(key ->
                        names(key).anyMatch(name -> glob.matches(name) || instance.matches(name)))
                .toList();
    }

    /// Its use, its step, of a repeated one the element, and the instance itself.
    private static Stream<String> names(InstanceKey key) {
        return Stream.concat(stepNames(key), Stream.of(key.toString()));
    }

    private static Stream<String> stepNames(InstanceKey key) {
        return Stream.of(key.use(), key.use() + "." + key.step(), key.withoutNode()).distinct();
    }

    private static SequencedSet<String> steps(SequencedSet<InstanceKey> keys) {
        SequencedSet<String> names = new LinkedHashSet<>();
        for (InstanceKey key : keys) {
            if (!key.use().equals(InstanceKey.NODE_USE)) {
                stepNames(key).forEach(names::add);
            }
        }
        return names;
    }

    private static String hint(String written, SequencedSet<String> known) {
        return Spelling.hint(written, known).map(hint -> "\n  help: " + hint).orElse("");
    }
}
