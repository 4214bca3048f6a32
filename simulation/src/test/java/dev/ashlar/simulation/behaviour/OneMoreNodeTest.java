package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.SimulationOptions;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import dev.ashlar.simulation.composition.Expressions;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A node that is added to a large group, and one that goes, concern themselves and those who say
/// that they read the group.
class OneMoreNodeTest {
    private static final int MANY = 1_000;

    /// `lb` reads the addresses of all web nodes; `db` and the web nodes themselves do not.
    private static Graph cluster(int web) {
        ComponentBuilder site =
                component("site")
                        .output("endpoint", read("node", "address"))
                        .step(step("install").file("/bin/site", literal("1")))
                        .step(step("run").service("site", "install"));
        ComponentBuilder balancer =
                component("balancer")
                        .step(step("install").file("/bin/lb", literal("1")))
                        .step(
                                step("configure")
                                        .file(
                                                "/etc/backends",
                                                Expressions.ofGroup("web", "site", "endpoint")))
                        .step(step("run").service("lb", "install", "configure"));
        ComponentBuilder store =
                component("store").step(step("install").file("/bin/db", literal("1")));
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("web", web)
                        .group("lb", 2)
                        .group("db", 3)
                        .use("site", "web", site)
                        .use("balancer", "lb", balancer)
                        .use("store", "db", store)
                        .build());
    }

    /// What a change begins, as it is on record.
    private static List<String> begun(Simulation simulation, Graph next) {
        int before = simulation.journal().size();
        Timeline run = simulation.goal(next).up(SimulationOptions.of(2).withLimits(100, 1));
        Story.lawful(run);
        assertThat(run.isDone()).isTrue();
        return simulation.journal().stream()
                .skip(before)
                .filter(JournalRecord.Intended.class::isInstance)
                .map(JournalRecord.Intended.class::cast)
                .map(one -> one.effect() + " " + one.key())
                .toList();
    }

    @Test
    void itsOwnStepsRunAndThoseOfWhoReadsTheGroup() {
        Simulation simulation = new Simulation(cluster(MANY));
        simulation.up(SimulationOptions.of(1).withLimits(100, 1));

        assertThat(begun(simulation, cluster(MANY + 1)))
                .containsExactlyInAnyOrder(
                        "DO node.acquire@web-1001",
                        "DO site.install@web-1001",
                        "DO site.run@web-1001",
                        "DO balancer.configure@lb-1",
                        "DO balancer.run@lb-1",
                        "DO balancer.configure@lb-2",
                        "DO balancer.run@lb-2");
        assertThat(begun(simulation, cluster(MANY)))
                .containsExactlyInAnyOrder(
                        "UNDO site.run@web-1001",
                        "UNDO site.install@web-1001",
                        "UNDO node.acquire@web-1001",
                        "DO balancer.configure@lb-1",
                        "DO balancer.run@lb-1",
                        "DO balancer.configure@lb-2",
                        "DO balancer.run@lb-2");
    }
}
