package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Running;
import dev.ashlar.app.kit.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Another `up` with another goal while one runs. Each node's first step waits until the test lets
/// it go.
@Tag("lab")
class AmendTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final List<String> NODES = List.of("node-1", "node-2");
    private static final String SECOND = "groups.node.slow.word=second";
    private static final String CLUSTER =
            """
            cluster: amended
            site: lab
            packs: [faults]
            groups:
              node: { count: 2, uses: { slow: faults/slow } }
            """;

    private final Sandbox sandbox = Sandbox.ofResource(AmendTest.class, "faults");

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void whatRunsFinishesOnceTheSecondGoalIsWhatStandsAndTheFirstSaysWhoGoesOn() {
        Running first = upInTheMiddle();
        assertThat(sandbox.verb("plan", "--set", SECOND).expect(0).out())
                .contains("slow.act @ node-1, node-2  (running in run 1)");
        assertThat(sandbox.verb("up", "--skip", "*").expect(0).err())
                .contains("Nothing to do with --skip *", "Run 1 goes on (process " + first.pid());

        Running second = sandbox.startVerb("up", "--set", SECOND);
        first.awaitErr(
                "run 1 is amended by .* \\(process "
                        + second.pid()
                        + " on .*\\): nothing new is started, what runs finishes: slow.act@node-",
                SOON);
        second.awaitErr(
                "waiting for 2 steps of run 1 to finish: slow.act@node-., slow.act@node-.", SOON);
        assertThat(sandbox.verb("up", "--set", SECOND + "!").expect(7).err())
                .contains("error: run 1 gives way to")
                .contains("process " + second.pid());
        letGo();

        assertThat(first.finish(SOON).expect(7).err())
                .contains("Run 1 amended in ")
                .contains("Run 1 was amended: ")
                .contains("goes on from here with another goal, in run 2");
        assertThat(second.finish(SOON).expect(0).err())
                .contains("Run 1 is under way (process " + first.pid())
                .doesNotContain("slow.act@node-1 running");
        expectEverywhere("second");
        assertThat(outcomes()).containsExactly("amended", "done");
        assertThat(sandbox.verb("runs").expect(0).out()).contains("  up      amended in ");
    }

    @Test
    void whoEndsTheWaitBeforeAnybodyHasHeardLeavesTheRunAsItWas() {
        Running first = upInTheMiddle();
        first.signal("STOP");
        Running second = sandbox.startVerb("up", "--set", SECOND);
        second.awaitErr("waiting for 2 steps of run 1 to finish", SOON);
        second.signal("INT");
        assertThat(second.finish(SOON).expect(130).err())
                .contains("nothing of this was begun: run 1 goes on as it was");
        first.signal("CONT");
        letGo();
        first.finish(SOON).expect(0);
        expectEverywhere("first");
        assertThat(outcomes()).containsExactly("done");
    }

    @Test
    void whoWaitsForARunThatIsKilledGoesOnFromWhereThatWas() {
        Running first = upInTheMiddle();
        first.signal("STOP");
        Running second = sandbox.startVerb("up", "--set", SECOND);
        second.awaitErr("waiting for 2 steps of run 1 to finish", SOON);
        letGo();
        first.kill();
        second.finish(SOON).expect(0);
        assertThat(sandbox.machine("node-1").run("cat /etc/word")).isEqualTo("second");
        assertThat(outcomes()).containsExactly("unfinished", "done");
    }

    @Test
    void whoAsksAndIsKilledLeavesARunThatEndedGently() {
        Running first = upInTheMiddle();
        Running second = sandbox.startVerb("up", "--set", SECOND);
        first.awaitErr("run 1 is amended by ", SOON);
        second.kill();
        second.finish(SOON);
        letGo();
        assertThat(first.finish(SOON).expect(130).err())
                .contains("process " + second.pid())
                .contains("and that is gone: nobody goes on from here");
        assertThat(outcomes()).containsExactly("amended");
        Finished next = sandbox.verb("up").expect(0);
        assertThat(next.err()).doesNotContain("slow.act@node-1 running");
        expectEverywhere("first");
    }

    @Test
    void whoAsksAndIsKilledIsNoBarToTheNext() {
        Running first = upInTheMiddle();
        Running second = sandbox.startVerb("up", "--set", SECOND + "!");
        first.awaitErr("run 1 is amended by .* \\(process " + second.pid(), SOON);
        second.kill();
        second.finish(SOON);
        Running third = sandbox.startVerb("up", "--set", SECOND);
        first.awaitErr("run 1 is amended by .* \\(process " + third.pid(), SOON);
        letGo();
        assertThat(first.finish(SOON).expect(7).err()).contains("process " + third.pid());
        third.finish(SOON).expect(0);
        expectEverywhere("second");
    }

    @Test
    void aCancelEndsTheRunAndWhoWaitsForItOnceWhatRunsHasFinished() {
        Running first = upInTheMiddle();
        Running second = sandbox.startVerb("up", "--set", SECOND);
        first.awaitErr("run 1 is amended by ", SOON);
        sandbox.verb("cancel").expect(0);
        assertThat(second.finish(SOON).expect(130).err())
                .contains("cancelled by ")
                .contains("nothing of this was begun, and run 1 ends");
        first.awaitErr("cancelled by .*: nothing new is started, what runs finishes: ", SOON);
        letGo();
        assertThat(first.finish(SOON).expect(130).err()).doesNotContain("stopping what runs");
        assertThat(outcomes()).containsExactly("cancelled");
        sandbox.verb("up").expect(0);
        expectEverywhere("first");
    }

    private Running upInTheMiddle() {
        sandbox.write("faults/cluster.yaml", CLUSTER);
        Running up = sandbox.startVerb("up");
        NODES.forEach(node ->
                await(node + " is in the middle")
                        .atMost(SOON)
                        .ignoreExceptions()
                        .until(() ->
                                sandbox.machine(node).attempt("test -e /run/waiting").exitCode()
                                        == 0));
        return up;
    }

    private void letGo() {
        NODES.forEach(node -> sandbox.machine(node).run("touch /run/go"));
    }

    /// Everywhere the slow step has begun once, and that word was said.
    private void expectEverywhere(String word) {
        for (String node : NODES) {
            assertThat(sandbox.machine(node).run("cat /etc/word")).isEqualTo(word);
            assertThat(sandbox.machine(node).run("cat /var/tmp/begun")).isEqualTo("begun");
        }
    }

    private List<String> outcomes() {
        List<String> outcomes = new ArrayList<>();
        for (JsonNode run : sandbox.json("runs").path("runs")) {
            outcomes.add(run.path("outcome").asString());
        }
        return outcomes;
    }
}
