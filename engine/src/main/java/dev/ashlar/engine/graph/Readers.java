package dev.ashlar.engine.graph;

import dev.ashlar.model.composition.Binding;
import dev.ashlar.model.composition.Collected;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.ComponentSpec.OutputSpec;
import dev.ashlar.model.composition.ComponentSpec.Requirement;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Which uses read of which others what holds only once these are healthy, as the paths say of all
/// that their components evaluate or their steps produce, or come after them as a whole. What else
/// is early is looked through: it is as known as what it is made from. Steps of which nothing is
/// wanted, as they are off or repeated for nothing, wait for nobody and read nothing.
public final class Readers {
    private final Composition composition;
    private final Set<InstanceKey> wanted = new LinkedHashSet<>();
    private final Map<String, UseSpec> uses = new LinkedHashMap<>();
    private final Map<String, Set<String>> readers = new LinkedHashMap<>();
    private final Map<String, Set<String>> reads = new LinkedHashMap<>();

    /// A path as it is read in a use's own words.
    private record Read(UseSpec by, List<String> path) {}

    private Readers(Composition composition) {
        this.composition = composition;
        composition
                .uses()
                .values()
                .forEach(use -> uses.put(Expression.identifier(use.name()), use));
    }

    public static Readers of(Graph graph) {
        Readers all = new Readers(graph.composition());
        for (Instance instance : graph.instances().values()) {
            if (instance instanceof Instance.Step(InstanceKey key, UseSpec use, _, _, _)) {
                all.wanted.add(InstanceKey.ofCluster(key.use(), key.step()));
                graph.usesBefore(key).forEach(of -> all.note(use, of));
            }
        }
        graph.composition().uses().values().forEach(all::follow);
        return all;
    }

    private void follow(UseSpec use) {
        Set<Read> seen = new LinkedHashSet<>();
        Deque<Read> open = new ArrayDeque<>();
        expressions(use).forEach(e -> open.addAll(reads(use, e)));
        while (!open.isEmpty()) {
            Read read = open.poll();
            if (seen.add(read)) {
                open.addAll(behind(use, read));
            }
        }
    }

    /// What is read in its turn; notes whom it comes from where that must be healthy first.
    private List<Read> behind(UseSpec reader, Read read) {
        List<String> path = read.path();
        return switch (path.getFirst()) {
            case "inputs" -> input(read.by(), path);
            case "members" -> members(reader, read.by(), path.subList(1, path.size()));
            case "cluster_outputs" -> {
                noteOther(reader, read.by());
                yield List.of();
            }
            case "groups" -> link(reader, path);
            case Requirement.VARIABLE -> required(read);
            case Collected.NAME -> collected(reader, path.get(1));
            default -> List.of();
        };
    }

    /// What stands for an interface is read in words of its own.
    private List<Read> required(Read read) {
        return composition.supplied(read.by(), read.path()).stream()
                .flatMap(supplied -> reads(supplied.by(), supplied.value()).stream())
                .toList();
    }

    private List<Read> members(UseSpec reader, UseSpec of, List<String> path) {
        Optional<List<Read>> early = early(of, path);
        if (early.isEmpty()) {
            noteOther(reader, of);
        }
        return early.orElse(List.of());
    }

    private void noteOther(UseSpec reader, UseSpec of) {
        if (!of.name().equals(reader.name())) {
            note(reader, of.name());
        }
    }

    private void note(UseSpec reader, String use) {
        readers.computeIfAbsent(use, _ -> new LinkedHashSet<>()).add(reader.name());
        reads.computeIfAbsent(reader.name(), _ -> new LinkedHashSet<>()).add(use);
    }

    private static List<Read> input(UseSpec use, List<String> path) {
        Binding binding = path.size() > 1 ? use.inputs().get(path.get(1)) : null;
        return binding == null
                ? List.of()
                : binding.held().stream().flatMap(value -> reads(use, value).stream()).toList();
    }

    private List<Read> link(UseSpec reader, List<String> path) {
        UseSpec use = path.size() > 2 ? uses.get(path.get(2)) : null;
        if (use == null) {
            return List.of();
        }
        boolean ofMembers = path.size() > 3 && path.get(3).equals("members");
        Optional<List<Read>> early =
                ofMembers ? early(use, path.subList(4, path.size())) : Optional.empty();
        if (early.isEmpty()) {
            note(reader, use.name());
        }
        return early.orElse(List.of());
    }

    private List<Read> collected(UseSpec reader, String type) {
        List<Read> behind = new ArrayList<>();
        for (UseSpec use : Collected.publishers(composition, type)) {
            List<OutputSpec> outputs = Collected.outputs(use.component(), type);
            outputs.stream()
                    .filter(OutputSpec::early)
                    .forEach(output -> behind.addAll(reads(use, output.value())));
            boolean late =
                    outputs.stream().anyMatch(output -> !output.early())
                            || !Collected.clusterOutputs(use.component(), type).isEmpty();
            if (late) {
                noteOther(reader, use);
            }
        }
        return behind;
    }

    /// What an output of members is made from, where that is all it takes.
    private static Optional<List<Read>> early(UseSpec use, List<String> ofMember) {
        List<String> path = new ArrayList<>(ofMember);
        path.removeIf(Expression.ELEMENT::equals);
        if (!path.isEmpty() && !path.getFirst().equals("outputs")) {
            return Optional.of(List.of());
        }
        OutputSpec output = path.size() > 1 ? use.component().outputs().get(path.get(1)) : null;
        return output != null && output.early() && !isProduced(use, output)
                ? Optional.of(reads(use, output.value()))
                : Optional.empty();
    }

    /// What a step has to bring about first is there no sooner than its use is.
    private static boolean isProduced(UseSpec use, OutputSpec output) {
        return output.value().reads().stream()
                .anyMatch(path -> use.component().step(path.getFirst()).isPresent());
    }

    private static List<Read> reads(UseSpec use, Expression expression) {
        return expression.reads().stream().map(path -> new Read(use, path)).toList();
    }

    private Stream<Expression> expressions(UseSpec use) {
        ComponentSpec component = use.component();
        Stream<StepSpec> steps =
                Stream.concat(component.steps().stream(), component.membership().join().stream());
        return Stream.of(
                        steps.filter(step -> isWanted(use, step))
                                .flatMap(step -> step.expressions().stream()),
                        component.outputs().values().stream().map(output -> output.value()),
                        component.clusterOutputs().values().stream().map(output -> output.value()))
                .flatMap(all -> all);
    }

    private boolean isWanted(UseSpec use, StepSpec step) {
        return wanted.contains(InstanceKey.ofCluster(use.name(), step.name()));
    }

    /// The uses that one reads itself.
    public Set<String> readBy(String use) {
        return Collections.unmodifiableSet(reads.getOrDefault(use, Set.of()));
    }

    /// The uses that read one.
    public Set<String> readersOf(String use) {
        return Collections.unmodifiableSet(readers.getOrDefault(use, Set.of()));
    }
}
