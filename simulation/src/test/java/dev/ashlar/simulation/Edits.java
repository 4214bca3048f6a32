package dev.ashlar.simulation;

import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.ComponentSpec.Membership;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.StepSpec.Place;
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
        return edits.composition();
    }

    /// Another number of members, or others, where their components say how they come and go.
    static Composition resized(Composition composition, long seed, int version) {
        Edits edits = new Edits(composition, seed, version + 100);
        for (GroupSpec group : List.copyOf(edits.groups.values())) {
            if (edits.isFree(group, true)) {
                edits.resizeMembership(group);
            }
        }
        return edits.composition();
    }

    private Composition composition() {
        return Changed.composition(of, groups, uses);
    }

    /// One of those that were there at first stays in every version.
    private void resizeMembership(GroupSpec group) {
        List<String> nodes = new ArrayList<>(group.nodes());
        int last = nodes.size();
        if (last > 2 && chance("a founder leaves", 0.3)) {
            nodes.removeFirst();
        }
        if (last > 1 && chance("the last leaves", 0.4)) {
            nodes.removeLast();
            if (last > 3 && chance("and another", 0.4)) {
                nodes.removeLast();
            }
        }
        for (int i = 1; i <= 2; i++) {
            if (chance("a member joins", 0.5)) {
                nodes.add(group.name() + "-" + (last + i));
            }
        }
        groups.put(
                group.name(), new GroupSpec(group.name(), nodes, group.provider(), group.span()));
    }

    /// @param founded whether there is to be something that is founded together
    private boolean isFree(GroupSpec group, boolean founded) {
        List<UseSpec> here =
                uses.values().stream().filter(use -> use.group().equals(group.name())).toList();
        boolean isTied = here.stream().anyMatch(Edits::isTied);
        boolean grows = here.stream().anyMatch(Edits::grows);
        // The others are modelled as healthy only with most of those that are wanted.
        boolean all = here.stream().allMatch(use -> grows(use) || !tellsHealth(use));
        return !isTied && (founded ? grows && all : !grows);
    }

    private static boolean grows(UseSpec use) {
        return use.component().membership().join().isPresent();
    }

    private static boolean tellsHealth(UseSpec use) {
        return use.component().steps().stream().anyMatch(step -> step.health().isPresent());
    }

    private static boolean isTied(UseSpec use) {
        boolean isFixed =
                use.component().isFoundedTogether()
                        && use.component().membership().join().isEmpty();
        return isFixed
                || use.component().steps().stream()
                        .anyMatch(step -> step.place() instanceof Place.OnChosen);
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
                        .flatMap(binding -> binding.held().stream())
                        .flatMap(value -> value.reads().stream())
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
                    new UseSpec(
                            name,
                            use.group(),
                            other.component(),
                            use.inputs(),
                            use.requires(),
                            use.span()));
        }
    }

    private void edit(UseSpec use) {
        ComponentSpec component = use.component();
        String name = component.name();
        List<StepSpec> steps = new ArrayList<>(component.steps());
        boolean replaced = chance("a use is replaced", 0.25);
        if (replaced && component.membership().join().isEmpty()) {
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
        return Changed.step(step, new Action.Resources(fewer));
    }

    private static UseSpec with(UseSpec use, String name, List<StepSpec> steps) {
        ComponentSpec before = use.component();
        Membership membership =
                new Membership(
                        before.membership()
                                .join()
                                .map(join -> join.after(ComponentSpec.stepsBeforeJoin(steps))),
                        before.membership().leave());
        ComponentSpec component =
                Changed.component(
                        before, name, before.inputs(), before.interfaces(), steps, membership);
        return new UseSpec(
                use.name(), use.group(), component, use.inputs(), use.requires(), use.span());
    }

    /// Members come and go where nothing is frozen and nothing chooses among them.
    private void resize() {
        for (GroupSpec group : List.copyOf(groups.values())) {
            boolean isFree = isFree(group, false);
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
}
