package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Running;
import dev.ashlar.app.kit.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A person's commands and logins on machines: over the keys that are pinned, or not at all.
@Tag("lab")
class ExecTest {
    private static final String ODD = "it's \"two\"\nlines  $HOME `id` *";

    private final Sandbox sandbox = Sandbox.ofResource(FaultTest.class, "faults");

    @BeforeEach
    void build() {
        sandbox.write(
                "faults/cluster.yaml",
                """
                cluster: faults
                site: lab
                packs: [faults]
                groups: { node: { count: 3, uses: { fine: faults/fine } } }
                """);
        sandbox.verb("up", "--yes").expect(0);
    }

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void commandsAndLoginsReachTheMachinesThatAreTrustedAndNoOther() {
        String record = recordDigest();
        outputIsFolded();
        wordsArriveAsTheyAre();
        loginsAreOfOpenSsh();
        filesInTheMidstOfAnEditShutNobodyOut();
        aLoginEndsWithTheProcessThatBeganIt();
        anInterruptEndsTheCommandOnTheMachines();
        aMachineWithAnotherKeyIsRefused();
        aMachineWithoutPowerIsTold();
        assertThat(recordDigest()).as("what is on record").isEqualTo(record);
    }

    private String recordDigest() {
        return Host.run("sha256sum", sandbox.cluster().resolve(".ashlar/state.db").toString())
                .out();
    }

    private void outputIsFolded() {
        Finished same = sandbox.verb("exec", "--", "id", "-un").expect(0);
        assertThat(same.out()).isEqualTo("node-1, node-2, node-3: exit 0\n  root\n");
        assertThat(same.err()).contains("On node-1, node-2, node-3: id -un\n");

        Finished differing =
                sandbox.verb("exec", "--", "sh", "-c", "hostname; [ $(hostname) != node-2 ]");
        assertThat(differing.expect(1).out())
                .isEqualTo(
                        "node-1: exit 0\n  node-1\nnode-2: exit 1\n  node-2\nnode-3: exit 0\n  node-3\n");

        assertThat(sandbox.verb("exec", "--limit", "all:!node-2", "--", "true").expect(0).out())
                .isEqualTo("node-1, node-3: exit 0\n");
        assertThat(
                        sandbox.verb(
                                        "exec",
                                        "--set",
                                        "groups.node.count=4",
                                        "--limit",
                                        "node",
                                        "--",
                                        "true")
                                .expect(3)
                                .err())
                .contains("not there yet, as far as is on record: node-4");
    }

    private void wordsArriveAsTheyAre() {
        Finished exec =
                sandbox.verb(
                        "exec", "--json", "--limit", "node-1", "--", "printf", "%s|", ODD, "",
                        "-n");
        JsonNode document = Sandbox.document(exec.expect(0));
        JsonNode node = document.path("nodes").path(0);
        assertThat(node.path("stdout").asString()).isEqualTo(ODD + "||-n|");
        assertThat(node.path("exit_code").asInt()).isZero();
        assertThat(document.path("command").path(2).asString()).isEqualTo(ODD);

        assertThat(ssh("node-1", "--", "printf", "%s|", ODD, "", "-n").expect(0).out())
                .isEqualTo(ODD + "||-n|");
    }

    private void loginsAreOfOpenSsh() {
        Finished told = ssh("node-2", "--", "sh", "-c", "hostname; echo told >&2; exit 9");
        assertThat(told.expect(9).out()).isEqualTo("node-2\n");
        assertThat(told.err()).isEqualTo("told\n");

        Finished printed = ssh("node-3", "--print", "--", "hostname", "-s").expect(0);
        assertThat(sandbox.shell(printed.out()).expect(0).out()).isEqualTo("node-3\n");
        assertThat(ssh("node-4").expect(3).err()).contains("did you mean \"node-1\"?");
    }

    private Finished ssh(String node, String... words) {
        return sandbox.run(
                Stream.concat(Stream.of("ssh", node, "faults"), Stream.of(words))
                        .toArray(String[]::new));
    }

    private void filesInTheMidstOfAnEditShutNobodyOut() {
        String files = sandbox.read("faults/cluster.yaml");
        sandbox.write("faults/cluster.yaml", files + "groups: {");
        Finished all = sandbox.verb("exec", "--", "true").expect(0);
        assertThat(all.out()).isEqualTo("node-1, node-2, node-3: exit 0\n");
        assertThat(all.err())
                .contains("cluster.yaml", "this goes by the record alone")
                .contains("Cluster faults at site lab, 3 nodes\n");
        Sandbox.document(sandbox.verb("exec", "--json", "--", "true").expect(0));
        assertThat(ssh("node-2", "--", "hostname").expect(0).out()).isEqualTo("node-2\n");
        assertThat(sandbox.verb("exec", "--limit", "node-1", "--", "true").expect(3).err())
                .contains("--limit goes by the groups in the files");
        assertThat(sandbox.verb("exec", "--site", "other", "--", "true").expect(7).err())
                .contains("made for site lab, and this is site other");
        sandbox.write("faults/cluster.yaml", files);
    }

    private void aLoginEndsWithTheProcessThatBeganIt() {
        Map<String, Integer> codes = Map.of("TERM", 143, "HUP", 129, "INT", 130);
        for (String verb : List.of("ssh", "lab ssh", "lab ssh --json")) {
            codes.forEach((signal, code) -> {
                List<String> words = new ArrayList<>(List.of(verb.split(" ")));
                words.addAll(List.of("node-1", "faults", "--", "sleep", "4716"));
                Running ssh = sandbox.start(words.toArray(String[]::new));
                await().atMost(Sandbox.BOUND)
                        .until(() ->
                                sandbox.machine("node-1")
                                                .attempt("pgrep -xf 'sleep 4716'")
                                                .exitCode()
                                        == 0);
                List<ProcessHandle> begun =
                        ProcessHandle.of(ssh.pid()).orElseThrow().descendants().toList();
                assertThat(begun).as(verb).isNotEmpty();
                ssh.signal(signal);
                ssh.finish(Duration.ofSeconds(20)).expect(code);
                assertThat(begun).as(verb + " " + signal).noneMatch(ProcessHandle::isAlive);
                sandbox.machine("node-1").attempt("pkill -xf 'sleep 4716'");
            });
        }
    }

    private void anInterruptEndsTheCommandOnTheMachines() {
        Machine machine = sandbox.machine("node-1");
        Running exec = sandbox.startVerb("exec", "--", "sh", "-c", "sleep 4714; echo over");
        await().atMost(Sandbox.BOUND)
                .until(() -> machine.attempt("pgrep -xf 'sleep 4714'").exitCode() == 0);
        exec.signal("INT");
        Finished ended = exec.finish(Duration.ofSeconds(60)).expect(130);
        assertThat(ended.err()).contains("ending the command on the nodes");
        assertThat(ended.out()).contains("stopped on request").doesNotContain("over");
        assertThat(machine.attempt("pgrep -xf 'sleep 4714'").exitCode()).isEqualTo(1);
    }

    private void aMachineWithAnotherKeyIsRefused() {
        Machine machine = sandbox.machine("node-2");
        machine.run(
                "rm /etc/ssh/ssh_host_*; ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key");
        machine.run("systemctl restart ssh");

        Finished exec = sandbox.verb("exec", "--json", "--", "touch", "/run/was-here").expect(6);
        JsonNode refused = Sandbox.document(exec).path("nodes").path(1);
        assertThat(refused.path("failure").path("kind").asString()).isEqualTo("host-key");
        assertThat(refused.has("exit_code")).isFalse();
        assertThat(ssh("node-2", "--", "touch", "/run/was-here").expect(255).err())
                .contains("Host key verification failed");
        assertThat(machine.attempt("test -e /run/was-here").exitCode()).isEqualTo(1);
        assertThat(sandbox.machine("node-3").attempt("test -e /run/was-here").exitCode()).isZero();
    }

    private void aMachineWithoutPowerIsTold() {
        sandbox.lab("power-off", "node-3");
        Finished exec = sandbox.verb("exec", "--limit", "node-1,node-3", "--", "true").expect(4);
        assertThat(exec.out())
                .startsWith("node-1: exit 0\n\nfailed: node-3  [unreachable, the node's fault]\n")
                .contains("can't be reached");
    }
}
