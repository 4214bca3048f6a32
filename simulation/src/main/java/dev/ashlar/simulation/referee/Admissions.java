package dev.ashlar.simulation.referee;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who comes to, or goes from, uses whose components say how: one at a time, with nobody else of
/// the group in a turn.
final class Admissions {
    private final Graph graph;
    private final Books books;
    private final Set<InstanceKey> begun = new LinkedHashSet<>();
    private final Predicate<InstanceKey> healthy;
    private final Set<InstanceKey> comes = new LinkedHashSet<>();
    private final Set<InstanceKey> leaves = new LinkedHashSet<>();

    /// What may have been done already is taken up where it was.
    private final Set<InstanceKey> tried = new LinkedHashSet<>();

    private final Set<InstanceKey> announced = new LinkedHashSet<>();
    private final Set<String> nodes = new LinkedHashSet<>();

    /// @param healthy whether an instance is, in truth
    Admissions(Graph graph, Books books, Predicate<InstanceKey> healthy) {
        this.graph = graph;
        this.books = books;
        this.healthy = healthy;
        for (Instance instance : graph.instances().values()) {
            if (instance instanceof Instance.Step step) {
                step.key()
                        .node()
                        .filter(node -> !books.isFounded(step.key().use(), node))
                        .filter(node -> joins(step.key().use(), node))
                        .ifPresent(node -> comes(step, node, books));
            }
        }
        for (UseSpec use : graph.composition().uses().values()) {
            if (use.component().membership().leave().isPresent()) {
                books.listed(use.name()).stream()
                        .filter(node -> !graph.members(use.name()).contains(node))
                        .map(node -> InstanceKey.leave(use.name(), node))
                        .forEach(leaves::add);
            }
        }
        for (InstanceKey key : leaves) {
            String node = key.node().orElseThrow();
            nodes.add(node);
            if (!books.isFounded(key.use(), node)) {
                announced.add(key);
            }
            if (books.isSick(key)) {
                tried.add(key);
            }
        }
    }

    private boolean joins(String use, String node) {
        return graph.instances().containsKey(InstanceKey.join(use, node));
    }

    private void comes(Instance.Step step, String node, Books books) {
        String name = step.step().name();
        boolean isLater = step.use().component().stepsAfterJoin().contains(name);
        if (!isLater && !step.key().isJoin()) {
            return;
        }
        comes.add(step.key());
        InstanceKey join = InstanceKey.join(step.key().use(), node);
        boolean isListed = books.hasSucceeded(join) || books.isSick(join);
        if (!isListed) {
            nodes.add(node);
        }
        if (books.isSick(join)) {
            tried.add(join);
        }
        if (isListed && step.step().health().isPresent()) {
            announced.add(step.key());
        }
    }

    /// What has to wait for a turn because of it, with the group whose turn that is.
    Map<InstanceKey, String> all() {
        return Stream.concat(comes.stream(), leaves.stream())
                .collect(
                        Collectors.toMap(
                                key -> key,
                                key -> graph.groupOf(key.use()).name(),
                                (a, _) -> a,
                                LinkedHashMap::new));
    }

    /// What makes a member well that the others count on already, and that never was: it is out.
    Set<InstanceKey> announced() {
        return announced;
    }

    void begun(InstanceKey key) {
        if (key.isMembership()) {
            begun.add(key);
        }
    }

    /// True while a member on a node has been announced in this run and was never healthy.
    boolean isBetween(String node) {
        return begun.stream()
                .filter(key -> key.isJoin() && key.node().filter(node::equals).isPresent())
                .anyMatch(key -> !books.isFounded(key.use(), node));
    }

    /// True of a member that goes and has to be taken leave of.
    boolean leaves(String use, String node) {
        return leaves.contains(InstanceKey.leave(use, node));
    }

    /// True where nobody else may have a turn beside.
    boolean isAlone(Set<String> turning) {
        return turning.size() < 2 || turning.stream().noneMatch(nodes::contains);
    }

    /// What is wrong with who lets another in or out, if anything.
    Optional<String> sponsors(InstanceKey key, String sponsor) {
        UseSpec use = graph.composition().uses().get(key.use());
        boolean serves =
                use != null
                        && use.component().steps().stream()
                                .filter(step -> step.health().isPresent())
                                .map(step -> InstanceKey.onNode(key.use(), step.name(), sponsor))
                                .allMatch(healthy);
        return serves || tried.contains(key) || begun.contains(key)
                ? Optional.empty()
                : Optional.of(key + " is done on " + sponsor + ", which does not serve");
    }
}
