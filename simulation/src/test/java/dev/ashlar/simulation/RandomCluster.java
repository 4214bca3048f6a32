package dev.ashlar.simulation;

import static dev.ashlar.simulation.composition.Expressions.collected;
import static dev.ashlar.simulation.composition.Expressions.joined;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.memberName;
import static dev.ashlar.simulation.composition.Expressions.named;
import static dev.ashlar.simulation.composition.Expressions.ofGroup;
import static dev.ashlar.simulation.composition.Expressions.ofMember;
import static dev.ashlar.simulation.composition.Expressions.ofMembers;
import static dev.ashlar.simulation.composition.Expressions.ofUse;
import static dev.ashlar.simulation.composition.Expressions.published;
import static dev.ashlar.simulation.composition.Expressions.publishedOf;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.Expressions.texts;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.value.Await.Holds;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import dev.ashlar.simulation.composition.StepBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// A cluster made up from a seed: some groups with some uses, each of which may read from those
/// before it. Another version is the same cluster with some of its values changed.
final class RandomCluster {
    /// How often each feature was made up, over all clusters: a generator that never asks proves
    /// nothing.
    static final Map<String, Integer> SEEN = new TreeMap<>();

    private static final String OFFER = "built.Offer";
    private static final List<Duration> VALIDITIES =
            List.of(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10));

    private record Use(String group, String name, boolean late, int count) {}

    private final Random random;
    private final Random values;
    private final Random offers;
    private final boolean isCollecting;
    private final Random tickets;
    private final boolean lapses;
    private final boolean replaces;
    private final boolean changed;
    private final boolean grows;
    private final boolean follows;
    private final List<Use> uses = new ArrayList<>();
    private boolean isCollected;

    private RandomCluster(long seed, int version) {
        random = new Random(seed);
        values = new Random(seed * 31 + version);
        offers = new Random(seed * 89);
        isCollecting = Traits.isCollecting(seed);
        changed = version > 0;
        grows = Traits.isGrowing(seed);
        follows = Traits.isFollowing(seed);
        tickets = new Random(seed * 89);
        lapses = Traits.isLapsing(seed);
        replaces = Traits.isEdited(seed);
    }

    static Graph of(long seed, int version) {
        Composition composition = new RandomCluster(seed, version).build();
        boolean edited = version > 0 && Traits.isEdited(seed);
        Composition next = edited ? Edits.of(composition, seed, version) : composition;
        Composition resized =
                version > 0 && Traits.isGrowing(seed) ? Edits.resized(next, seed, version) : next;
        Composition layered = Layerings.isIn(seed) ? Layerings.of(resized, seed, version) : resized;
        Composition wired = Traits.isWired(seed) ? Wirings.of(layered, seed, version) : layered;
        return Conditions.wanted(
                Traits.isVaried(seed) ? Variations.of(wired, seed, version) : wired, new Past());
    }

    private Composition build() {
        ClusterBuilder cluster = ClusterBuilder.cluster();
        int groups = 1 + random.nextInt(3);
        for (int g = 1; g <= groups; g++) {
            String group = "g" + g;
            int count = 1 + random.nextInt(5);
            cluster.group(group, count);
            int here = 1 + random.nextInt(2);
            for (int u = 1; u <= here; u++) {
                use(cluster, group, group + "u" + u, count);
            }
        }
        return cluster.build();
    }

    private void use(ClusterBuilder cluster, String group, String name, int count) {
        boolean late = chance("late output", 0.5);
        ComponentBuilder component = ComponentBuilder.component(name);
        component.input("value", literal("value " + version()));
        component.early("peer", joined(read("node", "name"), read("inputs", "value")));
        component.early("address", joined(read("node", "address")));
        if (late) {
            component.output("endpoint", joined(read("inputs", "value"), read("node", "name")));
        }
        component.clusterOutput(
                "endpoints",
                pick("holds", List.of(Holds.ONE, Holds.MAJORITY, Holds.ALL)),
                ofMembers(late ? "endpoint" : "peer"));
        if (chance("two at a time", 0.2)) {
            component.maxUnavailable(2);
        }
        linked(component, group);
        boolean collects = isCollecting && offers(component);
        steps(component, name, count, collects);
        if (follows) {
            uses.stream()
                    .filter(other -> !other.group().equals(group))
                    .forEach(other -> follow(component, name, other));
        }
        if (lapses) {
            tickets(component, group, name);
        }
        if (grows && component.isFoundedTogether() && component.tellsHealth()) {
            SEEN.merge("members come and go", 1, Integer::sum);
            String output = late ? "endpoint" : "peer";
            component.membership(
                    policy(
                            StepBuilder.step("join")
                                    .input("by", read("sponsor", "outputs", output))
                                    .output("fixed")
                                    .script("join")),
                    policy(
                            StepBuilder.step("leave")
                                    .input("by", read("sponsor", "outputs", output))
                                    .script("leave")));
        }
        cluster.use(name, group, component);
        uses.add(new Use(group, name, late, count));
    }

    /// Publishes, early, once it serves or for all members together, unless one before it has
    /// collected: nobody is to wait for himself.
    ///
    /// @return whether it collects
    private boolean offers(ComponentBuilder component) {
        double drawn = offers.nextDouble();
        if (drawn < 0.6 && !isCollected) {
            Expression offer =
                    published(OFFER, joined(read("node", "name"), read("inputs", "value")));
            String kind = List.of("early", "served", "together").get(offers.nextInt(3));
            SEEN.merge("publishes " + kind, 1, Integer::sum);
            switch (kind) {
                case "early" -> component.early("offer", offer);
                case "served" -> component.output("offer", offer);
                default ->
                        component.clusterOutput(
                                "offer",
                                Holds.MAJORITY,
                                publishedOf(OFFER, read("inputs", "value"), literal("another")));
            }
            return false;
        }
        boolean collects = drawn < 0.9;
        isCollected |= collects;
        SEEN.merge("collects", collects ? 1 : 0, Integer::sum);
        return collects;
    }

    private void linked(ComponentBuilder component, String group) {
        List<Expression> parts = new ArrayList<>();
        parts.add(literal("links"));
        for (Use other : uses) {
            boolean near = other.group().equals(group);
            if (chance("reads another use", 0.4)) {
                parts.add(
                        near || chance("reads members", 0.5)
                                ? ofGroup(
                                        other.group(),
                                        other.name(),
                                        other.late() && !near && chance("reads late", 0.7)
                                                ? "endpoint"
                                                : "peer")
                                : ofUse(other.group(), other.name(), "endpoints"));
            }
        }
        component.input("links", joined(parts.toArray(Expression[]::new)));
    }

    /// A file for each member of another use, out of the list that an input hands on.
    private static void follow(ComponentBuilder component, String name, Use other) {
        SEEN.merge("follows members one by one", 1, Integer::sum);
        String output = other.late() ? "endpoint" : "peer";
        String input = "of_" + other.name();
        List<String> members =
                IntStream.rangeClosed(1, other.count())
                        .mapToObj(index -> other.group() + "-" + index)
                        .toList();
        component.input(input, ofGroup(other.group(), other.name(), output));
        component.step(
                StepBuilder.step("follow-" + other.name())
                        .each(texts(members.toArray(String[]::new)))
                        .after()
                        .input("one", ofMember(input, members))
                        .file(
                                named(
                                        literal("/etc/" + name + "-" + other.name()),
                                        read("each", "key")),
                                read("inputs", "one")));
    }

    private void steps(ComponentBuilder component, String name, int count, boolean collects) {
        component.step(policy(StepBuilder.step("install").file("/" + name, literal("package"))));
        boolean token = chance("script with outputs", 0.5);
        if (token) {
            StepBuilder script =
                    StepBuilder.step("token")
                            .input("value", read("inputs", "value"))
                            .output("made")
                            .output("fixed");
            component.step(
                    policy(
                            chance("must not run twice", 0.3)
                                    ? script.once("make", "made?")
                                    : script.script("make")));
        }
        if (chance("call", 0.3)) {
            SequencedMap<String, Expression> arguments = new LinkedHashMap<>();
            arguments.put("names", joined(read("node", "name"), read("node", "address")));
            component.step(
                    policy(StepBuilder.step("certificate").call("pki/certificate", arguments)));
        }
        StepBuilder configure = configure(name, token);
        if (collects) {
            configure.input("offers", collected(OFFER));
            configure.file("/etc/" + name + "-offers", joined(read("inputs", "offers")));
        }
        component.step(policy(configure));
        if (chance("branch", 0.3)) {
            component.step(
                    policy(
                            StepBuilder.step("beside")
                                    .after()
                                    .file("/opt/" + name, read("inputs", "value"))));
        }
        component.step(policy(run(name)));
        if (chance("step on a chosen node", 0.3)) {
            component.step(
                    policy(
                            StepBuilder.step("register")
                                    .after("install")
                                    .on(memberName(values.nextInt(count)))
                                    .input("value", read("inputs", "value"))
                                    .script("register")));
        }
        forCluster(component, count);
    }

    private void forCluster(ComponentBuilder component, int count) {
        if (chance("cluster step on a chosen node", 0.3)) {
            component.step(
                    policy(
                            StepBuilder.step("initialise")
                                    .forCluster()
                                    .on(memberName(values.nextInt(count)))
                                    .after("run")
                                    .input("members", ofMembers("peer"))
                                    .once("initialise", "initialised?")));
        }
        if (count > 1 && chance("cluster step", 0.3)) {
            component.step(
                    policy(
                            StepBuilder.step("client")
                                    .forCluster()
                                    .after("run")
                                    .input("members", ofMembers("peer"))
                                    .script("client")));
        }
    }

    /// Makes what lapses, one for all members or one for each, hands it on, and uses it up, with
    /// what other uses hand on: in a script and in a file. Members that are replaced one by one
    /// cannot need what those of a use beside them are only then given.
    private void tickets(ComponentBuilder component, String group, String name) {
        StepBuilder ticket =
                StepBuilder.step("ticket")
                        .after()
                        .input("value", read("inputs", "value"))
                        .output("pass", VALIDITIES.get(tickets.nextInt(VALIDITIES.size())))
                        .script("ticket");
        boolean isShared = drawn("one ticket for all", 0.5) && !replaces;
        component.step(isShared ? ticket.forCluster() : ticket);
        component.early("pass", read("ticket", "pass"));
        List<Expression> passes = new ArrayList<>(List.of(literal("passes")));
        for (Use other : uses) {
            boolean near = other.group().equals(group);
            if (drawn("reads another's ticket", 0.6) && !(replaces && near)) {
                passes.add(ofGroup(other.group(), other.name(), "pass"));
            }
        }
        component.input("passes", joined(passes.toArray(Expression[]::new)));
        component.step(
                StepBuilder.step("enter")
                        .after(drawn("enters late", 0.5) ? "run" : "ticket")
                        .input("pass", read("ticket", "pass"))
                        .input("passes", read("inputs", "passes"))
                        .input("value", read("inputs", "value"))
                        .retries(1, Duration.ofSeconds(1))
                        .script("enter"));
        List<Expression> noted =
                new ArrayList<>(List.of(read("ticket", "pass"), read("inputs", "passes")));
        for (Use other : uses) {
            if (!replaces && drawn("reads another's ticket in a file", 0.4)) {
                noted.add(ofGroup(other.group(), other.name(), "pass"));
            }
        }
        component.step(
                StepBuilder.step("note")
                        .after("ticket")
                        .file("/etc/" + name + "-pass", joined(noted.toArray(Expression[]::new))));
    }

    private boolean drawn(String what, double probability) {
        boolean yes = tickets.nextDouble() < probability;
        SEEN.merge(what, yes ? 1 : 0, Integer::sum);
        return yes;
    }

    private StepBuilder configure(String name, boolean token) {
        StepBuilder configure = StepBuilder.step("configure");
        if (chance("founding input", 0.6)) {
            if (grows) {
                configure.founding("peers", ofMembers("peer"), read("join", "fixed"));
            } else {
                configure.founding("peers", ofMembers("peer"));
            }
            configure.file("/etc/" + name + "-peers", joined(read("inputs", "peers")));
        }
        if (chance("own input", 0.5)) {
            configure.input("all", ofMembers("address"));
            configure.file("/etc/" + name + "-all", joined(read("inputs", "all")));
        }
        configure.file("/etc/" + name + "-value", read("inputs", "value"));
        configure.file("/etc/" + name + "-links", read("inputs", "links"));
        if (token) {
            configure.file(
                    "/etc/" + name + "-token",
                    read("token", chance("fixed output", 0.5) ? "fixed" : "made"));
        }
        return configure;
    }

    private StepBuilder run(String name) {
        StepBuilder run = StepBuilder.step("run").after("configure");
        if (chance("restart", 0.8)) {
            run.service(name, "install", "configure");
        } else {
            run.service(name);
        }
        if (chance("health", 0.7)) {
            run.health(Duration.ofSeconds(1), Duration.ofSeconds(30), 1 + random.nextInt(2));
        }
        return run;
    }

    private StepBuilder policy(StepBuilder step) {
        return chance("retries", 0.5)
                ? step.retries(1 + random.nextInt(3), Duration.ofSeconds(1))
                : step;
    }

    /// The same value in every version for about half of the uses.
    private String version() {
        boolean differs = random.nextBoolean();
        String later = Integer.toString(values.nextInt(1_000));
        return changed && differs ? later : "0";
    }

    private boolean chance(String what, double probability) {
        boolean yes = random.nextDouble() < probability;
        SEEN.merge(what, yes ? 1 : 0, Integer::sum);
        return yes;
    }

    private <T> T pick(String what, List<T> from) {
        T picked = from.get(random.nextInt(from.size()));
        SEEN.merge(what + " " + picked, 1, Integer::sum);
        return picked;
    }
}
