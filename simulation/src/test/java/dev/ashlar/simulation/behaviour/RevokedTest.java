package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.failure;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.behaviour.Story.one;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.journal.JournalRecord.AuthorityOrdered;
import dev.ashlar.model.journal.JournalRecord.Order;
import dev.ashlar.model.work.Failure;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is ordered of an authority passes over its members in their turns.
class RevokedTest {
    private static Graph graph(int members) {
        SequencedMap<String, Expression> arguments = new TreeMap<>();
        arguments.put("authority", literal("kv"));
        return one(
                component("member")
                        .step(step("certificate").call("pki/certificate", arguments))
                        .step(step("configure").file("/etc/port", literal("1")))
                        .step(step("run").service("kv", "certificate", "configure").health()),
                members);
    }

    private static Simulation founded(int members) {
        Simulation simulation = new Simulation(graph(members));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        return simulation;
    }

    private static void order(Simulation simulation, Order order, String instance) {
        simulation.ordered(
                new AuthorityOrdered(
                        "kv",
                        order,
                        new TreeMap<>(Map.of("ab", instance)),
                        "",
                        "ann",
                        simulation.nowMs()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"g-1", "g-2", "g-3"})
    void whoIsBarredKeepsNobodyFromTheList(String barred) {
        Simulation simulation = founded(3);
        order(simulation, Order.REVOKE, "kv.certificate@" + barred);
        Plan plan =
                Planner.plan(
                        simulation.graph(),
                        simulation.past(),
                        Set.of(),
                        Selection.WHOLE,
                        simulation.nowMs());
        assertThat(plan.isImpossible()).isFalse();
        Timeline run = simulation.up(QUIET);
        lawful(run);
        Failure failure = failure(run, "kv.certificate@" + barred);
        assertThat(failure.kind()).isEqualTo("certificate-revoked");
        assertThat(failure.hint().orElseThrow())
                .contains("ashlar pki renew kv.certificate@" + barred);
        for (String node : List.of("g-1", "g-2", "g-3")) {
            assertThat(starts(run).contains("Call kv.certificate@" + node))
                    .isEqualTo(!node.equals(barred));
        }
        assertThat(run.failures()).hasSize(1);

        order(simulation, Order.RENEW, "kv.certificate@" + barred);
        Timeline renewed = simulation.up(QUIET);
        lawful(renewed);
        assertThat(renewed.isDone()).isTrue();
        assertThat(starts(renewed)).contains("Call kv.certificate@" + barred);
    }

    @Test
    void whoIsBarredCanGoAndWhatComesUnderItsNameIsAnother() {
        Simulation simulation = founded(3);
        order(simulation, Order.REVOKE, "kv.certificate@g-3");
        Timeline gone = simulation.goal(graph(2)).up(QUIET);
        lawful(gone);
        assertThat(gone.isDone()).isTrue();
        Timeline back = simulation.goal(graph(3)).up(QUIET);
        lawful(back);
        assertThat(back.isDone()).isTrue();
        assertThat(starts(back)).contains("Call kv.certificate@g-3");
        assertThat(simulation.past().authorities().isBarred("kv", key("kv.certificate@g-3")))
                .isFalse();
    }
}
