package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Clubs.LATER;
import static dev.ashlar.simulation.behaviour.Clubs.VALID;
import static dev.ashlar.simulation.behaviour.Clubs.changes;
import static dev.ashlar.simulation.behaviour.Clubs.done;
import static dev.ashlar.simulation.behaviour.Clubs.openClub;
import static dev.ashlar.simulation.behaviour.Clubs.plan;
import static dev.ashlar.simulation.behaviour.Clubs.stood;
import static dev.ashlar.simulation.behaviour.Clubs.token;
import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static dev.ashlar.simulation.composition.Expressions.joined;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.memberName;
import static dev.ashlar.simulation.composition.Expressions.ofMembers;
import static dev.ashlar.simulation.composition.Expressions.ofUse;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Values that lapse, in files, through outputs, and in what is made of them.
class HandedOnTest {
    @Test
    void aFileOfWhatLapsesChangesWithWhatElseIsInIt() {
        Simulation simulation = stood(filed("1")).later(LATER).goal(filed("2"));
        assertThat(changes(plan(simulation))).containsExactly("~ kv.token", "~ kv.write@g-1");
        done(simulation.up(QUIET));
        assertThat(plan(simulation.later(LATER)).isEmpty()).isTrue();
    }

    private static Graph filed(String port) {
        return Story.one(
                ComponentBuilder.component("club")
                        .input("port", literal(port))
                        .step(token())
                        .step(
                                step("write")
                                        .file(
                                                "/etc/club",
                                                joined(
                                                        read("token", "token"),
                                                        read("inputs", "port")))),
                1);
    }

    @Test
    void outputsOfAComponentHandOnWhatLapsesToOtherUses() {
        Simulation simulation = stood(guests(1)).later(LATER);
        assertThat(plan(simulation).isEmpty()).isTrue();
        simulation.goal(guests(2));
        assertThat(changes(plan(simulation)))
                .containsExactly(
                        "+ node.acquire@others-2", "~ club.token", "+ guest.enter@others-2");
        assertThat(starts(done(simulation.up(QUIET))))
                .containsExactly(
                        "Acquire node.acquire@others-2",
                        "Run club.token",
                        "Run guest.enter@others-2");
    }

    private static Graph guests(int count) {
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("own", 1)
                        .use("club", "own", openClub())
                        .group("others", count)
                        .use(
                                "guest",
                                "others",
                                ComponentBuilder.component("guest")
                                        .input("token", ofUse("own", "club", "token"))
                                        .step(
                                                step("enter")
                                                        .input("token", read("inputs", "token"))
                                                        .script("enter")))
                        .build());
    }

    @Test
    void whatIsMadeOfATokenIsMadeAnewAfterTheTokenIs() {
        Graph before = chained(1);
        Simulation simulation = stood(before).later(LATER).goal(chained(2));
        assertThat(changes(plan(simulation)))
                .containsExactly("+ node.acquire@g-2", "~ kv.token", "~ kv.pass", "+ kv.enter@g-2");
        assertThat(starts(done(simulation.up(QUIET))))
                .containsExactly(
                        "Acquire node.acquire@g-2",
                        "Run kv.token",
                        "Run kv.pass",
                        "Run kv.enter@g-2");
    }

    @Test
    void whoNeedsWhatIsMadeOfATokenThatIsLeftOutIsLeftOutWithIt() {
        Simulation simulation = stood(chained(1)).later(LATER).goal(chained(2));
        Selection part = new Selection("part", Set.of(key("kv.token")), Set.of());
        assertThat(changes(plan(simulation, part))).containsExactly("+ node.acquire@g-2");
        Timeline run = done(simulation.up(QUIET, Set.of(), part));
        assertThat(starts(run)).containsExactly("Acquire node.acquire@g-2");
        assertThat(run.phases()).containsEntry(key("kv.enter@g-2"), Phase.LEFT_OUT);
    }

    @Test
    void whoWasTriedAndNeedsItHasFailed() {
        Simulation simulation = stood(chained(1)).goal(chained(2));
        Selection part = new Selection("part", Set.of(key("kv.token")), Set.of());
        Faults flaky = Faults.flaky(key("kv.enter@g-2"), 1);
        Timeline run = simulation.up(QUIET.withFaults(flaky), Set.of(), part);
        lawful(run);
        assertThat(run.isDone()).isFalse();
        assertThat(run.phases()).containsEntry(key("kv.enter@g-2"), Phase.FAILED);
        assertThat(starts(done(simulation.up(QUIET))))
                .containsExactly("Run kv.token", "Run kv.pass", "Run kv.enter@g-2");
    }

    private static Graph chained(int members) {
        return Story.one(
                ComponentBuilder.component("club")
                        .step(token())
                        .step(
                                step("pass")
                                        .forCluster()
                                        .on(memberName(0))
                                        .input("token", read("token", "token"))
                                        .output("pass", VALID)
                                        .script("pass"))
                        .step(
                                step("enter")
                                        .input("pass", read("pass", "pass"))
                                        .retries(3, Duration.ofHours(1))
                                        .script("enter")),
                members);
    }

    @Test
    void aMemberInItsTurnHasTokensMadeOnOthersThatHaveNone() {
        Simulation simulation = stood(served("1")).later(LATER).goal(served("2"));
        List<String> runs =
                starts(done(simulation.up(QUIET))).stream()
                        .filter(start -> start.startsWith("Run"))
                        .toList();
        assertThat(runs.subList(0, 3))
                .containsExactlyInAnyOrder(
                        "Run kv.token@g-1", "Run kv.token@g-2", "Run kv.token@g-3");
        assertThat(runs.subList(3, runs.size()))
                .containsExactly("Run kv.enter@g-1", "Run kv.enter@g-2", "Run kv.enter@g-3");
    }

    /// Each enters with what all have made, in a group that changes by turns.
    private static Graph served(String port) {
        return Story.one(
                ComponentBuilder.component("club")
                        .input("port", literal(port))
                        .step(step("token").output("token", VALID).script("token"))
                        .early("token", read("token", "token"))
                        .step(
                                step("enter")
                                        .input("tokens", ofMembers("token"))
                                        .input("port", read("inputs", "port"))
                                        .script("enter"))
                        .step(step("run").service("kv").health()),
                3);
    }
}
