package dev.ashlar.engine.picture;

import dev.ashlar.engine.picture.Picture.Vertex;
import dev.ashlar.model.composition.Binding;
import dev.ashlar.model.composition.Collected;
import dev.ashlar.model.composition.ComponentSpec.Requirement;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.StepInput;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.secret.SecretSpec;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds who makes the values that an expression reads, through inputs and over uses.
final class Sources {
    /// What has no maker in the cluster's files.
    private static final Set<String> GIVEN =
            Set.of("node", "cluster", "use", "parameters", SecretSpec.VARIABLE, "each");

    private final Composition composition;
    private final Map<String, UseSpec> linked = new LinkedHashMap<>();

    Sources(Composition composition) {
        this.composition = composition;
        composition
                .uses()
                .values()
                .forEach(use ->
                        linked.put(
                                Expression.identifier(use.group())
                                        + "."
                                        + Expression.identifier(use.name()),
                                use));
    }

    /// @param step whose own inputs the expression may read
    Set<Source> of(UseSpec use, Optional<StepSpec> step, Expression expression) {
        Set<Source> found = new LinkedHashSet<>();
        expression.reads().forEach(path -> found.addAll(of(use, step, path)));
        return found;
    }

    private Set<Source> of(UseSpec use, Optional<StepSpec> step, List<String> path) {
        String root = path.getFirst();
        List<String> rest = path.subList(1, path.size());
        return switch (root) {
            case "inputs" -> rest.isEmpty() ? Set.of() : input(use, step, rest.getFirst());
            case "members", "sponsor" -> member(use, rest);
            case "cluster_outputs" -> rest.isEmpty() ? Set.of() : shared(use, rest.getFirst());
            case "groups" -> link(rest);
            case Requirement.VARIABLE -> required(use, path);
            case Collected.NAME -> collected(rest.getFirst());
            default ->
                    GIVEN.contains(root)
                            ? Set.of()
                            : Set.of(
                                    new Source(
                                            new Vertex(use.name(), Vertex.Kind.STEP, root),
                                            rest.isEmpty() ? root : rest.getFirst()));
        };
    }

    private Set<Source> input(UseSpec use, Optional<StepSpec> step, String name) {
        StepInput own = step.map(s -> s.inputs().get(name)).orElse(null);
        if (own != null) {
            // They are among the step's own expressions.
            return Set.of();
        }
        Binding binding = use.inputs().get(name);
        Set<Source> found = new LinkedHashSet<>();
        if (binding != null) {
            binding.held().forEach(value -> found.addAll(of(use, Optional.empty(), value)));
        }
        return found;
    }

    /// What is read of whoever stands for an interface comes from where that has it.
    private Set<Source> required(UseSpec use, List<String> path) {
        Set<Source> found = new LinkedHashSet<>();
        composition
                .supplied(use, path)
                .forEach(supplied ->
                        found.addAll(of(supplied.by(), Optional.empty(), supplied.value())));
        return found;
    }

    /// `GROUP, USE, members, [], outputs, NAME` or `GROUP, USE, cluster_outputs, NAME`.
    private Set<Source> link(List<String> path) {
        UseSpec use = path.size() < 2 ? null : linked.get(path.get(0) + "." + path.get(1));
        if (use == null) {
            return Set.of();
        }
        List<String> rest = path.subList(2, path.size());
        boolean isShared = rest.size() > 1 && rest.getFirst().equals("cluster_outputs");
        return isShared ? shared(use, rest.get(1)) : member(use, rest);
    }

    private Set<Source> collected(String type) {
        Set<Source> all = new LinkedHashSet<>();
        for (UseSpec use : Collected.publishers(composition, type)) {
            Collected.outputs(use.component(), type)
                    .forEach(output -> all.add(source(use, Vertex.Kind.OUTPUT, output.name())));
            Collected.clusterOutputs(use.component(), type)
                    .forEach(output -> all.addAll(shared(use, output.name())));
        }
        return all;
    }

    /// `outputs, NAME`, of one member or each.
    private static Set<Source> member(UseSpec use, List<String> path) {
        int at = path.indexOf("outputs");
        return at < 0 || at + 1 == path.size()
                ? Set.of()
                : Set.of(source(use, Vertex.Kind.OUTPUT, path.get(at + 1)));
    }

    private static Set<Source> shared(UseSpec use, String name) {
        return Set.of(source(use, Vertex.Kind.CLUSTER_OUTPUT, name));
    }

    private static Source source(UseSpec use, Vertex.Kind kind, String name) {
        return new Source(new Vertex(use.name(), kind, name), name);
    }
}
