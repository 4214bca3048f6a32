package dev.ashlar.simulation;

import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.StepSpec.Place;
import dev.ashlar.model.composition.StepSpec.StepInput;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.simulation.fleet.Fleet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a person takes out of a cluster or puts in the place of something else, made up from a
/// seed.
final class Edits {
    /// How often what was edited, over all clusters.
    static final Map<String, Integer> SEEN = new TreeMap<>();

    private final long seed;
    private final Random random;
    private final SequencedMap<String, GroupSpec> groups;
    private final SequencedMap<String, UseSpec> uses;
    private final Composition of;

    private Edits(Composition of, long seed, int version) {
        this.of = of;
        this.seed = seed;
        this.random = new Random(seed * 59 + version);
        this.groups = new LinkedHashMap<>(of.groups());
        this.uses = new LinkedHashMap<>(of.uses());
    }

    static Composition of(Composition composition, long seed, int version) {
        Edits edits = new Edits(composition, seed, version);
        edits.dropUse(version);
        for (UseSpec use : List.copyOf(edits.uses.values())) {
            edits.edit(use);
        }
        edits.resize();
        return new Composition(
                composition.name(),
                edits.groups,
                edits.uses,
                composition.parameters(),
                composition.site(),
                composition.digest(),
                composition.span());
    }

    private boolean chance(String what, double probability) {
        boolean yes = random.nextDouble() < probability;
        SEEN.merge(what, yes ? 1 : 0, Integer::sum);
        return yes;
    }

    /// One that nobody reads goes, for good; or first for another that comes in its place.
    private void dropUse(int version) {
        Set<String> read =
                of.uses().values().stream()
                        .flatMap(use -> use.inputs().values().stream())
                        .flatMap(binding -> binding.effective().reads().stream())
                        .filter(path -> path.getFirst().equals("groups"))
                        .map(path -> path.get(2))
                        .collect(Collectors.toSet());
        List<String> unread = uses.keySet().stream().filter(use -> !read.contains(use)).toList();
        Random once = new Random(seed * 61);
        if (uses.size() < 2 || unread.isEmpty() || once.nextBoolean()) {
            return;
        }
        String gone = unread.get(once.nextInt(unread.size()));
        UseSpec use = Objects.requireNonNull(uses.remove(gone));
        SEEN.merge("a use goes", 1, Integer::sum);
        boolean isTied = use.component().isFoundedTogether();
        if (once.nextBoolean() && !isTied && version == 1) {
            SEEN.merge("another comes in its place", 1, Integer::sum);
            String name = use.name() + "n";
            UseSpec other =
                    with(use, use.component().name() + Fleet.ALONE, use.component().steps());
            uses.put(
                    name,
                    new UseSpec(name, use.group(), other.component(), use.inputs(), use.span()));
        }
    }

    private void edit(UseSpec use) {
        ComponentSpec component = use.component();
        String name = component.name();
        List<StepSpec> steps = new ArrayList<>(component.steps());
        if (chance("a use is replaced", 0.25)) {
            name = name + "b";
        }
        if (steps.size() > 3 && isUnread(steps.getLast()) && chance("a step goes", 0.4)) {
            steps.removeLast();
        }
        if (chance("a resource goes", 0.4)) {
            steps.replaceAll(this::withoutOne);
        }
        uses.put(use.name(), with(use, name, steps));
    }

    private static boolean isUnread(StepSpec step) {
        return step.outputs().isEmpty() && !step.name().equals("run");
    }

    private StepSpec withoutOne(StepSpec step) {
        if (!(step.action() instanceof Action.Resources(List<ResourceSpec> resources))
                || resources.size() < 2) {
            return step;
        }
        List<ResourceSpec> fewer = new ArrayList<>(resources);
        fewer.remove(random.nextInt(fewer.size()));
        return new StepSpec(
                step.name(),
                step.doc(),
                step.subject(),
                step.place(),
                step.inputs(),
                new Action.Resources(fewer),
                step.outputs(),
                step.health(),
                step.after(),
                step.policy(),
                step.span());
    }

    private static UseSpec with(UseSpec use, String name, List<StepSpec> steps) {
        ComponentSpec before = use.component();
        ComponentSpec component =
                new ComponentSpec(
                        before.pack(),
                        name,
                        before.doc(),
                        before.inputs(),
                        before.types(),
                        before.outputs(),
                        before.clusterOutputs(),
                        steps,
                        before.rollout(),
                        before.notes(),
                        before.span());
        return new UseSpec(use.name(), use.group(), component, use.inputs(), use.span());
    }

    /// Members come and go where nothing is frozen and nothing chooses among them.
    private void resize() {
        for (GroupSpec group : List.copyOf(groups.values())) {
            boolean isFree =
                    uses.values().stream()
                            .filter(use -> use.group().equals(group.name()))
                            .flatMap(use -> use.component().steps().stream())
                            .noneMatch(Edits::isTied);
            List<String> nodes = new ArrayList<>(group.nodes());
            if (isFree && nodes.size() > 1 && chance("a member leaves", 0.4)) {
                nodes.removeLast();
            } else if (isFree && chance("a member comes", 0.4)) {
                nodes.add(group.name() + "-" + (nodes.size() + 1));
            }
            groups.put(
                    group.name(),
                    new GroupSpec(group.name(), nodes, group.provider(), group.span()));
        }
    }

    private static boolean isTied(StepSpec step) {
        return step.place() instanceof Place.OnChosen
                || step.inputs().values().stream().anyMatch(StepInput.Founding.class::isInstance);
    }
}
