package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Clubs.done;
import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.joined;
import static dev.ashlar.simulation.composition.Expressions.memberName;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.Expressions.texts;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.StepBuilder;
import dev.ashlar.simulation.fleet.Fleet;
import org.junit.jupiter.api.Test;

/// Members that go and read what is made once for all of them, while some of that goes, too.
class MovingTest {
    @Test
    void whatWasMadeOnceForAllGoesAfterTheMembersOfAUseThatMoves() {
        endsWellWhereverItIsCut(
                doors("door", token(), "a", 2, "front", "back"),
                doors("door", token(), "b", 2, "back"));
        endsWellWhereverItIsCut(
                doors("door", token().on(memberName(0)), "a", 2, "front", "back"),
                doors("door", token().on(memberName(0)), "b", 2, "back"));
    }

    /// Whoever stays may wait for it in its turn, and who leaves for a turn.
    @Test
    void whatIsMadeOnceForAllIsReplacedThoughAMemberThatLeavesReadsIt() {
        endsWellWhereverItIsCut(
                doors("door", token(), "a", 2, "front", "back"),
                doors("gate", token(), "a", 1, "back"));
    }

    private static StepBuilder token() {
        return step("token").forCluster();
    }

    /// Each member reads the tokens of all.
    private static Graph doors(
            String kind, StepBuilder token, String group, int members, String... names) {
        return Conditions.wanted(
                ClusterBuilder.cluster()
                        .group(group, members)
                        .use(
                                "door",
                                group,
                                component(kind + Fleet.ALONE)
                                        .step(
                                                token.each(texts(names))
                                                        .input("of", read("each", "key"))
                                                        .output("text")
                                                        .script("token"))
                                        .step(
                                                step("list")
                                                        .input("all", joined(read("token", "text")))
                                                        .file("/tokens", read("inputs", "all")))
                                        .step(step("run").service("door", "list").health()))
                        .build(),
                new Past());
    }

    private static void endsWellWhereverItIsCut(Graph first, Graph next) {
        Simulation uncut = Clubs.stood(first).goal(next);
        int before = uncut.journal().size();
        done(uncut.up(QUIET));
        int records = uncut.journal().size() - before;
        for (int cut = 1; cut < records; cut++) {
            Simulation simulation = Clubs.stood(first).goal(next);
            lawful(simulation.up(QUIET.crashingAfter(cut)));
            done(simulation.up(QUIET));
            assertThat(simulation.fleet().state())
                    .as("after record %d", cut)
                    .isEqualTo(uncut.fleet().state());
        }
    }
}
