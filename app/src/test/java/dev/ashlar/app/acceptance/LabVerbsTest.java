package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Sandbox;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The verbs of `lab`, for people and for machines, in the life of one machine.
@Tag("lab")
class LabVerbsTest {
    private static final String NAME = "store-2";

    @Test
    void eachSaysWhatIsSoNowAndHasADocument() {
        try (Sandbox sandbox = Sandbox.ofExample()) {
            Finished up = sandbox.run("lab", "up", "--machine", NAME, "etcd").expect(0);
            assertThat(up.out()).startsWith(NAME + "  ");
            assertThat(up.err()).contains("1 machine runs");

            says(sandbox, "cut", "has no network", "cut");
            says(sandbox, "mend", "has its network again", "running");
            says(sandbox, "stop", "is shut down", "stopped");
            says(sandbox, "start", "runs", "running");
            says(sandbox, "power-off", "has no power", "stopped");
            says(sandbox, "wipe", "runs with an empty disk", "running");

            ssh(sandbox);

            Finished down = sandbox.run("lab", "down", "--json", "etcd").expect(0);
            assertThat(Sandbox.document(down).path("machines").isEmpty()).isTrue();
            assertThat(down.err()).contains("The lab is gone.");
        }
    }

    /// What the verb says, and what is so afterwards.
    private static void says(Sandbox sandbox, String verb, String nowSo, String state) {
        Finished said = sandbox.run("lab", verb, NAME, "etcd").expect(0);
        assertThat(said.out()).isEmpty();
        assertThat(said.err().lines().toList().getLast()).isEqualTo(NAME + " " + nowSo);

        JsonNode listed = Sandbox.document(sandbox.run("lab", "list", "--json", "etcd").expect(0));
        JsonNode machine = listed.path("machines").path(0);
        assertThat(listed.path("cluster").asString()).isEqualTo("etcd-demo");
        assertThat(machine.path("name").asString()).isEqualTo(NAME);
        assertThat(machine.path("state").asString()).isEqualTo(state);
        assertThat(sandbox.run("lab", "list", "etcd").expect(0).out())
                .contains(NAME, state, machine.path("host_key").asString());
    }

    private static void ssh(Sandbox sandbox) {
        Finished command =
                sandbox.run("lab", "ssh", NAME, "--json", "etcd", "--", "hostname; exit 9");
        JsonNode ssh = Sandbox.document(command.expect(9));
        assertThat(ssh.path("exit_code").asInt()).isEqualTo(9);
        assertThat(ssh.path("output").asString()).isEqualTo(NAME + "\n");
        assertThat(sandbox.run("lab", "ssh", NAME, "--json", "etcd").expect(3).err())
                .contains("wants a command");
        assertThat(sandbox.run("lab", "cut", NAME, "-q", "etcd").expect(0).err()).isEmpty();

        Finished wrong = sandbox.run("lab", "stop", "store-9", "--json", "etcd");
        JsonNode document = Sandbox.document(wrong);
        assertThat(wrong.exitCode()).isNotZero();
        assertThat(document.path("verb").asString()).isEqualTo("stop");
        assertThat(document.path("failures").path(0).path("message").asString())
                .contains("store-9");
        assertThat(wrong.err()).contains("error: ").contains("store-9");
    }
}
