package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.app.kit.Failures;
import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Machine;
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

/// What goes wrong on machines and on the way to them: each has its clear outcome, nothing else is
/// held up, and the same command goes on when it is mended.
@Tag("lab")
class FaultTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String HOST_KEY = "/etc/ssh/ssh_host_ed25519_key.pub";

    private final Sandbox sandbox = Sandbox.ofResource(FaultTest.class, "faults");

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void everyHostileScriptHasItsOutcomeAndHoldsNothingUp() {
        cluster(
                "lab", 2, "fails", "floods", "listens", "exits", "becomes", "strict", "traps",
                "daemon", "endless", "silent", "wrong", "surplus", "fine");

        Finished up = sandbox.verb("up", "--json").expect(1);

        Map<String, String> wanted = new TreeMap<>();
        for (String node : List.of("node-1", "node-2")) {
            wanted.put("fails.act@" + node, "exit-code user");
            wanted.put("strict.act@" + node, "exit-code user");
            wanted.put("daemon.act@" + node, "left-processes user");
            wanted.put("endless.act@" + node, "timeout user");
            wanted.put("silent.act@" + node, "output-missing user");
            wanted.put("wrong.act@" + node, "output-type user");
            wanted.put("surplus.act@" + node, "output-surplus user");
            Machine machine = sandbox.machine(node);
            assertThat(machine.attempt("pgrep -x -f 'sleep 47110'").out()).isEmpty();
            assertThat(machine.run("wc -c </run/heard")).isEqualTo("0");
        }
        assertThat(Failures.of(up)).isEqualTo(wanted);
        expectDone("floods", "listens", "exits", "becomes", "traps", "fine.three");
        assertThat(sandbox.json("status", "--cached").toString())
                .contains("\"instance\":\"fails.later@node-1\"");
        expectThatFailuresAreTold();

        for (String node : List.of("node-1", "node-2")) {
            sandbox.machine(node).run("touch /run/mended");
        }
        Finished again = sandbox.verb("up").expect(0);
        assertThat(again.err())
                .contains("fails.later@node-1 done")
                .doesNotContain("floods.act@node-1 running", "fine.one@node-1 running");
    }

    private void expectThatFailuresAreTold() {
        JsonNode failure = Sandbox.document(sandbox.verb("status", "--cached", "--json"));
        assertThat(failure.toString()).contains("there is no spoon");
        assertThat(sandbox.run("logs", "floods.act@node-1", "faults").expect(0).out())
                .endsWith("the last line\n")
                .hasSizeLessThan(1_000_000);
        assertThat(sandbox.run("why", "fails.act@node-2", "faults").expect(0).out())
                .contains("ended with exit code 3");
    }

    @Test
    void aNodeThatDiesInTheMiddleIsItsOwnFaultAndTheOthersFinish() {
        cluster("lab", 2, "waits");
        Running up = sandbox.startVerb("up", "--json");
        awaitWaiting("node-1");
        awaitWaiting("node-2");
        sandbox.lab("power-off", "node-2");
        sandbox.machine("node-1").run("touch /run/go");

        Finished ended = up.finish(Sandbox.BOUND).expect(4);

        assertThat(Failures.of(ended)).isEqualTo(Map.of("waits.act@node-2", "line-lost node"));
        expectDone("waits.later@node-1");

        sandbox.lab("start", "node-2");
        sandbox.machine("node-2").run("touch /run/go");
        assertThat(sandbox.verb("up").expect(0).err())
                .contains("waits.later@node-2 done")
                .doesNotContain("waits.act@node-1 running");
    }

    @Test
    void aMachineThatLostItsPowerAfterARunIsFoundAndMended() {
        cluster("lab", 2, "fine");
        sandbox.verb("up").expect(0);
        sandbox.lab("power-off", "node-2");
        Finished mended = sandbox.verb("up", "--verify").expect(0);
        assertThat(mended.err())
                .contains("differs: node.acquire@node-2")
                .doesNotContain("@node-1 running");
        assertThat(sandbox.machine("node-2").run("cat /etc/fine")).isEqualTo("fine");
    }

    private void awaitWaiting(String node) {
        await(node + " is in the middle")
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> sandbox.machine(node).attempt("test -e /run/waiting").exitCode() == 0);
    }

    @Test
    void neitherAWrongHostKeyNorAClosedPortHoldsUpTheOthers() {
        cluster("lab", 3, "fine");
        sandbox.run("lab", "up", "faults").expect(0);
        String wrong = hostKey("node-1");
        site(22, hostKey("node-1"), 22, wrong, 2222, hostKey("node-3"));

        Finished up = sandbox.verb("up", "--site", "listed", "--yes", "--json").expect(6);

        Map<String, String> failures = Failures.of(up);
        assertThat(failures)
                .containsEntry("node.acquire@node-3", "unreachable node")
                .containsEntry("node.acquire@node-2", "host-key access")
                .hasSize(2);
        expectDone("fine.three@node-1");
        assertThat(sandbox.machine("node-2").run("journalctl -u ssh --no-pager"))
                .as("nobody logged in where the key was wrong")
                .doesNotContain("Accepted");

        site(22, hostKey("node-1"), 22, hostKey("node-2"), 22, hostKey("node-3"));
        assertThat(sandbox.verb("up", "--site", "listed", "--yes").expect(0).err())
                .contains("fine.three@node-2 done", "fine.three@node-3 done")
                .doesNotContain("fine.one@node-1 running");
        sandbox.verb("down", "--site", "listed", "--yes").expect(0);
        assertThat(sandbox.machine("node-2").attempt("test -e /etc/fine").exitCode()).isEqualTo(1);
    }

    @Test
    void aFullDiskIsSaidToBeFull() {
        cluster("small", 2, "fine");
        String both = sandbox.read("faults/cluster.yaml");
        sandbox.write("faults/cluster.yaml", both + "      fills: faults/fills\n");
        sandbox.write("faults/packs/faults/large.bin", "L".repeat(2_000_000));
        sandbox.write(
                "faults/packs/faults/fills.yaml",
                """
                component: fills
                steps:
                  filler:
                    run: cat /dev/zero >/filler 2>/dev/null || true
                  act:
                    resources:
                      - file: { path: /etc/large, source: large.bin }
                """);
        sandbox.write(
                "faults/sites/small.yaml",
                """
                site: small
                approve: auto
                providers: { default: { kind: lab, release: bookworm, disk_megabytes: 64 } }
                """);

        Finished up = sandbox.verb("up", "--json").expect(4);

        assertThat(Failures.of(up).values()).containsOnly("disk-full node");
        assertThat(Failures.of(up).keySet()).contains("fills.act@node-1", "fills.act@node-2");
        for (String node : List.of("node-1", "node-2")) {
            assertThat(sandbox.machine(node).attempt("test -e /etc/large").exitCode()).isEqualTo(1);
            sandbox.machine(node).run("rm /filler");
        }
        sandbox.verb("up").expect(0);
        assertThat(sandbox.machine("node-2").run("stat -c %s /etc/large")).isEqualTo("2000000");
    }

    private void cluster(String site, int count, String... uses) {
        StringBuilder text = new StringBuilder();
        text.append("cluster: faults\nsite: %s\npacks: [faults]\n".formatted(site));
        text.append("groups:\n  node:\n    count: %d\n    uses:\n".formatted(count));
        for (String use : uses) {
            text.append("      %s: faults/%s\n".formatted(use, use));
        }
        sandbox.write("faults/cluster.yaml", text.toString());
    }

    private String hostKey(String node) {
        return sandbox.machine(node).run("cut -d' ' -f1,2 " + HOST_KEY);
    }

    /// Lists the lab's machines by hand: port and host key of each.
    private void site(Object... portsAndKeys) {
        StringBuilder text = new StringBuilder("site: listed\napprove: ask\nproviders:\n");
        text.append("  default:\n    kind: inventory\n    machines:\n");
        for (int i = 0; i < portsAndKeys.length; i += 2) {
            String node = "node-" + (i / 2 + 1);
            String address = sandbox.machine(node).run("hostname -I | cut -d' ' -f1");
            text.append(
                    "      %s: { address: %s, port: %s, identity: %s, host_keys: [\"%s\"] }\n"
                            .formatted(
                                    node,
                                    address,
                                    portsAndKeys[i],
                                    sandbox.lab().resolve("id_ed25519"),
                                    portsAndKeys[i + 1]));
        }
        sandbox.write("faults/sites/listed.yaml", text.toString());
    }

    /// Fails unless all instances that begin so are done.
    private void expectDone(String... beginnings) {
        for (String beginning : beginnings) {
            List<String> states = new java.util.ArrayList<>();
            for (JsonNode one : sandbox.json("status", "--cached").path("instances")) {
                if (one.path("instance").asString().startsWith(beginning)) {
                    states.add(one.path("state").asString());
                }
            }
            assertThat(states).as(beginning).isNotEmpty().containsOnly("done");
        }
    }
}
