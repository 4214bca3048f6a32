package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Running;
import dev.ashlar.app.kit.Sandbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Stopping a run, and meeting one that goes on. Each node's first step waits until the test lets
/// it go.
@Tag("lab")
class InterruptTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final List<String> NODES = List.of("node-1", "node-2");
    private static final String CLUSTER =
            """
            cluster: interrupted
            site: lab
            packs: [faults]
            groups:
              node: { count: 2, uses: { waits: faults/waits } }
            """;

    private final Sandbox sandbox = Sandbox.ofResource(InterruptTest.class, "faults");

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void onCtrlCWhatRunsFinishesAndNothingNewStarts() {
        Running up = upInTheMiddle();
        up.signal("INT");
        finishesWhatRuns(up);
    }

    @Test
    void cancelFromAnotherTerminalDoesTheSame() {
        Running up = upInTheMiddle();
        assertThat(sandbox.verb("cancel").expect(0).err()).contains("asked the running command");
        finishesWhatRuns(up);
    }

    private void finishesWhatRuns(Running up) {
        up.awaitErr("nothing new is started, what runs finishes: waits.act@node-", SOON);
        NODES.forEach(node -> sandbox.machine(node).run("touch /run/go"));
        Finished ended = up.finish(SOON).expect(130);
        assertThat(ended.err()).contains("interrupted").contains("the same command goes on");
        assertThat(states()).containsEntry("waits.act@node-1", "done");
        assertThat(states()).containsEntry("waits.act@node-2", "done");
        assertThat(states()).containsEntry("waits.later@node-1", "pending");

        Finished again = sandbox.verb("up").expect(0);

        assertThat(again.err()).doesNotContain("waits.act@node-1 running");
        assertThat(states().values()).containsOnly("done");
    }

    @Test
    void onASecondCtrlCWhatRunsIsStoppedAndLeavesNoProcess() {
        Running up = upInTheMiddle();
        up.signal("INT");
        up.awaitErr("nothing new is started", SOON);
        up.signal("INT");
        stopsWhatRuns(up);
    }

    @Test
    void cancelNowStopsWhatRuns() {
        Running up = upInTheMiddle();
        sandbox.verb("cancel", "--now").expect(0);
        stopsWhatRuns(up);
    }

    @Test
    void termStopsWhatRuns() {
        Running up = upInTheMiddle();
        up.signal("TERM");
        stopsWhatRuns(up);
    }

    @Test
    void aTimeLimitStopsWhatRunsAndTheSameCommandResumes() {
        sandbox.write("faults/cluster.yaml", CLUSTER);
        sandbox.run("lab", "up", "faults").expect(0);
        Finished up = sandbox.verb("up", "--timeout", "10s").expect(130);
        // How far a run has come by then is the host's to say: it may not even have begun.
        assertThat(up.err())
                .satisfiesAnyOf(
                        err ->
                                assertThat(err)
                                        .contains("the time limit is over: stopping what runs")
                                        .contains("the same command resumes")
                                        .contains("interrupted"),
                        err ->
                                assertThat(err)
                                        .contains("the time limit of 10s is over")
                                        .contains("the same command starts again"));
        goesOn();
    }

    private void stopsWhatRuns(Running up) {
        up.awaitErr("stopping what runs; the same command resumes", SOON);
        up.finish(SOON).expect(130);
        for (String node : NODES) {
            assertThat(sandbox.run("logs", "waits.act@" + node, "faults").expect(0).out())
                    .as("what it had said by then")
                    .isEqualTo("waits to be let go\n");
        }
        goesOn();
    }

    private void goesOn() {
        NODES.forEach(this::expectNoProcessOfAStep);
        NODES.forEach(node -> sandbox.machine(node).run("touch /run/go"));

        Finished up = sandbox.verb("up", "--verbose").expect(0);

        assertThat(up.err()).contains("  waits.later@node-1 changed file /etc/waited");
        assertThat(states().values()).containsOnly("done");
        NODES.forEach(this::expectNoProcessOfAStep);
    }

    /// On machines that are not given back, where every step is taken back by itself.
    @Test
    void aDownThatIsStoppedEndsAsInterruptedAndTheSameCommandGoesOn() {
        sandbox.write(
                "faults/cluster.yaml",
                CLUSTER.replace("waits: faults/waits", "leaves: faults/leaves"));
        sandbox.run("lab", "up", "faults").expect(0);
        StringBuilder site = new StringBuilder("site: mine\napprove: auto\nproviders:\n");
        site.append("  default:\n    kind: inventory\n    machines:\n");
        NODES.forEach(node -> site.append(sandbox.machine(node).listed(sandbox.lab())));
        sandbox.write("faults/sites/mine.yaml", site.toString());
        sandbox.verb("up", "--site", "mine").expect(0);

        Running twice = downInTheMiddle();
        twice.signal("INT");
        twice.awaitErr("nothing new is started, what runs finishes", SOON);
        twice.signal("INT");
        stopped(twice);
        Running term = downInTheMiddle();
        term.signal("TERM");
        stopped(term);
        NODES.forEach(node -> sandbox.machine(node).run("touch /run/go"));
        sandbox.verb("down", "--site", "mine").expect(0);

        for (String node : NODES) {
            assertThat(sandbox.machine(node).attempt("test -e /etc/came").exitCode()).isEqualTo(1);
        }
        assertThat(sandbox.verb("down", "--site", "mine").expect(0).err())
                .contains("Nothing to do");
    }

    private Running downInTheMiddle() {
        NODES.forEach(node -> sandbox.machine(node).run("rm -f /run/leaving"));
        Running down = sandbox.startVerb("down", "--site", "mine");
        NODES.forEach(node -> awaitFile(node, "/run/leaving"));
        return down;
    }

    private void stopped(Running down) {
        down.awaitErr("stopping what runs; the same command resumes", SOON);
        assertThat(down.finish(SOON).expect(130).err()).contains("interrupted");
        NODES.forEach(this::expectNoProcessOfAStep);
        for (String node : NODES) {
            sandbox.machine(node).run("test -e /etc/came");
        }
    }

    @Test
    void aKilledControllerLeavesNoProcessOfAStepBehind() {
        Running up = upInTheMiddle();
        up.kill();
        up.finish(SOON);
        NODES.forEach(this::expectNoProcessOfAStep);
    }

    @Test
    void aRunningUpIsSeenByOthersAndKeepsThemFromChangingTheCluster() {
        Running up = upInTheMiddle();

        for (String verb : List.of("up", "down")) {
            Finished second = sandbox.verb(verb).expect(7);
            assertThat(second.err())
                    .contains("another command is changing this cluster")
                    .contains("process " + up.pid());
        }
        JsonNode status = sandbox.json("status");
        assertThat(status.path("running").asBoolean()).isTrue();
        assertThat(states()).containsEntry("waits.act@node-1", "running");
        assertThat(sandbox.verb("runs").expect(0).out()).contains("running, ");

        assertThat(sandbox.verb("status", "--watch", "--timeout", "2s").expect(130).err())
                .contains("the time limit of 2s is over");
        Running watch = sandbox.startVerb("status", "--watch");
        await("the run is watched").atMost(SOON).until(() -> watch.out().contains("running"));
        NODES.forEach(node -> sandbox.machine(node).run("touch /run/go"));
        up.finish(SOON).expect(0);
        assertThat(watch.finish(SOON).expect(0).outLines().getLast())
                .contains("6 done")
                .doesNotContain("a run is going on");
    }

    private Running upInTheMiddle() {
        sandbox.write("faults/cluster.yaml", CLUSTER);
        Running up = sandbox.startVerb("up");
        NODES.forEach(node -> awaitFile(node, "/run/waiting"));
        return up;
    }

    private void awaitFile(String node, String file) {
        await(node + " is in the middle")
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> sandbox.machine(node).attempt("test -e " + file).exitCode() == 0);
    }

    /// Every process of a step carries a mark in its environment.
    private void expectNoProcessOfAStep(String node) {
        await("no process of a step on " + node)
                .atMost(Duration.ofSeconds(45))
                .untilAsserted(() ->
                        assertThat(
                                        sandbox.machine(node)
                                                .attempt(
                                                        "grep -lsa '^ASHLAR_JOB=\\|.ASHLAR_JOB='"
                                                                + " /proc/[0-9]*/environ")
                                                .out())
                                .isEmpty());
    }

    private Map<String, String> states() {
        Map<String, String> states = new TreeMap<>();
        for (JsonNode one : sandbox.json("status", "--cached").path("instances")) {
            states.put(one.path("instance").asString(), one.path("state").asString());
        }
        return states;
    }
}
