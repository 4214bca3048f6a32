package dev.ashlar.simulation;

import static dev.ashlar.simulation.composition.Expressions.joined;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.ofMembers;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import dev.ashlar.simulation.fleet.Fleet;

/// A store, called `kv`, whose members are founded together, and come and go later.
public final class MemberStore {
    private MemberStore() {}

    public static Graph graph(String group, int members, String port) {
        return Graph.of(
                ClusterBuilder.cluster()
                        .group(group, members)
                        .use("kv", group, component(port))
                        .build());
    }

    /// Of one member.
    public static ComponentBuilder component(String port) {
        return component("kv", port);
    }

    /// Of one member of a store by another name.
    public static ComponentBuilder component(String name, String port) {
        return ComponentBuilder.component("member")
                .input("port", literal(port))
                .early("peer", joined(read("node", "name"), read("node", "address")))
                .output("endpoint", joined(read("node", "name"), read("inputs", "port")))
                .step(step("install").file("/usr/bin/" + name, literal("1")))
                .step(
                        step("configure")
                                .founding("peers", ofMembers("peer"), read("join", "view"))
                                .file("/etc/peers-" + name, joined(read("inputs", "peers")))
                                .file("/etc/" + name + Fleet.VALUE_FILE, read("inputs", "port")))
                .step(step("run").service(name, "install", "configure").health())
                .membership(
                        step("join")
                                .input("by", read("sponsor", "outputs", "endpoint"))
                                .output("view")
                                .script("join"),
                        step("leave")
                                .input("by", read("sponsor", "outputs", "endpoint"))
                                .script("leave"));
    }
}
