package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Failures;
import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Sandbox;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Who is who and who may do what: a machine with another key, a login and a sudo that are refused.
/// Each ends with exit code 6, whatever else goes wrong, and nobody else is held up.
@Tag("lab")
class TrustTest {
    private static final String PUBLIC_KEY = "/etc/ssh/ssh_host_ed25519_key.pub";

    /// A key that is nobody's.
    private static final String PINNED_IN_VAIN =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG5vYm9keSBoYXMgdGhpcyBrZXksIG9yIGV2ZXIgd2ls";

    private static final String MAY = "admin ALL=(ALL) NOPASSWD: ALL\n";
    private static final String MAY_WITH_PASSWORD = "admin ALL=(ALL) ALL\n";

    private final Sandbox sandbox = Sandbox.ofResource(FaultTest.class, "faults");

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void whatIsRefusedOrNotTrustedIsToldAsThatAndTheOthersFinish() {
        machines();
        Machine refuses = sandbox.machine("node-2");
        Machine asks = sandbox.machine("node-3");

        nothingIsThereToTakeBack();

        Finished up = sandbox.verb("up", "--site", "mine", "--yes", "--json").expect(6);

        assertThat(Failures.of(up))
                .isEqualTo(
                        Map.of(
                                "node.acquire@node-2", "auth access",
                                "node.acquire@node-3", "sudo access",
                                "node.acquire@node-4", "host-key access"));
        assertThat(sandbox.json("status", "--site", "mine", "--cached").toString())
                .contains("does not let admin in")
                .contains("a password is required")
                .contains("did not show a host key that is pinned for it");
        assertThat(sandbox.machine("node-4").run("journalctl -u ssh --no-pager"))
                .as("nobody logged in where another key was pinned")
                .doesNotContain("Accepted");
        assertThat(sandbox.machine("node-1").run("cat /etc/fine")).isEqualTo("fine");

        refuses.run("cp ~root/.ssh/authorized_keys ~admin/.ssh/; chown -R admin: ~admin/.ssh");
        asks.write(Path.of("/etc/sudoers.d/admin"), MAY, "0440");
        list(PINNED_IN_VAIN, keyOf("node-4"));
        assertThat(sandbox.verb("up", "--site", "mine", "--yes").expect(0).err())
                .contains(
                        "fine.three@node-2 done",
                        "fine.three@node-3 done",
                        "fine.three@node-4 done")
                .doesNotContain("fine.one@node-1 running");

        anotherKeyThanPinned(sandbox.machine("node-1"));
    }

    /// One of them can be asked, and carries no claim.
    private void nothingIsThereToTakeBack() {
        Finished down = sandbox.verb("down", "--site", "mine", "--yes", "--json").expect(0);
        assertThat(down.err()).contains("Nothing to do").doesNotContain("warning", "help:");
        assertThat(Sandbox.document(down).path("nodes_asked").asBoolean()).isTrue();
    }

    /// What stands was built on a machine that now shows another key: neither a check nor taking it
    /// back may speak to it, and neither may say that all is well.
    private void anotherKeyThanPinned(Machine machine) {
        machine.run("cp /etc/ssh/ssh_host_ed25519_key /run/key; rm /etc/ssh/ssh_host_*");
        machine.run("ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key");
        machine.run("systemctl restart ssh; journalctl --sync; date +%s.%6N >/run/from");

        Finished verified = sandbox.verb("up", "--site", "mine", "--yes", "--verify", "--json");
        assertThat(Failures.of(verified.expect(6)).values()).containsOnly("host-key access");
        sandbox.verb("down", "--site", "mine", "--yes").expect(6);
        assertThat(machine.run("journalctl -u ssh --no-pager --since=@$(cat /run/from)"))
                .as("nobody logged in where the key was wrong")
                .doesNotContain("Accepted");
        assertThat(sandbox.machine("node-2").attempt("test -e /etc/fine").exitCode()).isEqualTo(1);

        machine.run("cp /run/key /etc/ssh/ssh_host_ed25519_key; systemctl restart ssh");
        sandbox.verb("down", "--site", "mine", "--yes").expect(0);
        assertThat(machine.attempt("test -e /etc/fine").exitCode()).isEqualTo(1);
    }

    /// Four machines: one for root, one with a user who has no key, one whose sudo asks for a
    /// password, one that is listed with another host key.
    private void machines() {
        sandbox.write(
                "faults/cluster.yaml",
                """
                cluster: faults
                site: lab
                packs: [faults]
                groups: { node: { count: 4, uses: { fine: faults/fine } } }
                """);
        sandbox.run("lab", "up", "faults").expect(0);
        StringBuilder site = new StringBuilder("site: mine\nproviders:\n  default:\n");
        site.append("    kind: inventory\n    machines:\n");
        for (int i = 1; i <= 4; i++) {
            Machine machine = sandbox.machine("node-" + i);
            machine.run("useradd -m admin; mkdir -m 700 ~admin/.ssh");
            machine.write(
                    Path.of("/etc/sudoers.d/admin"), i == 3 ? MAY_WITH_PASSWORD : MAY, "0440");
            machine.run(i >= 3 ? "cp ~root/.ssh/authorized_keys ~admin/.ssh/" : "true");
            machine.run("chown -R admin: ~admin/.ssh");
            site.append(
                    "      node-%d: { address: %s, user: %s, sudo: %b, identity: %s, host_keys: [\"%s\"] }\n"
                            .formatted(
                                    i,
                                    machine.run("hostname -I | cut -d' ' -f1"),
                                    i == 1 ? "root" : "admin",
                                    i != 1,
                                    sandbox.lab().resolve("id_ed25519"),
                                    i == 4 ? PINNED_IN_VAIN : keyOf("node-" + i)));
        }
        sandbox.write("faults/sites/mine.yaml", site.toString());
    }

    private void list(String pinned, String instead) {
        sandbox.write(
                "faults/sites/mine.yaml",
                sandbox.read("faults/sites/mine.yaml").replace(pinned, instead));
    }

    private String keyOf(String node) {
        return sandbox.machine(node).run("cut -d' ' -f1,2 " + PUBLIC_KEY);
    }
}
