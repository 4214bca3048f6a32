package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.app.kit.Failures;
import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Running;
import dev.ashlar.app.kit.Sandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Which machine may stand for a node: one that a person approves, one that is taken back, one that
/// becomes another in the middle. To any other nothing at all is sent.
@Tag("lab")
class AdmissionTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String NOBODY_VOUCHES = "Nothing is sent to node-2: unapproved";

    private static final String ANOTHER = "SHA256:" + "a".repeat(43);

    private final Sandbox sandbox = Sandbox.ofResource(FaultTest.class, "faults");
    private final Strangers strangers = new Strangers(sandbox);

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void nothingIsSentToAMachineBeforeAPersonHasApprovedIt() {
        strangers.machines("fine: faults/fine", false);
        Machine waits = sandbox.machine("node-2");
        assertThat(strangers.verb("plan").expect(0).err()).contains(NOBODY_VOUCHES);

        Finished up = strangers.verb("up", "--json").expect(6);

        assertThat(Failures.of(up)).isEqualTo(Map.of("node.acquire@node-2", "unapproved access"));
        assertThat(sandbox.machine("node-1").run("cat /etc/fine")).isEqualTo("fine");
        Strangers.nobodyLoggedIn(waits);
        assertThat(strangers.why("fine.three@node-2"))
                .contains("node.acquire@node-2  (failed in run 1)");
        assertThat(strangers.why("node.acquire@node-2")).contains("node-2", "waits for approval");
        assertThat(strangers.trust("node-2")).isEqualTo("discovered");

        approvalGoesByWhatTheMachineShows(waits);

        Finished again = strangers.verb("up").expect(0);
        assertThat(again.err())
                .contains("fine.three@node-2 done")
                .doesNotContain(NOBODY_VOUCHES, "@node-1 running");
        assertThat(strangers.trust("node-2")).isEqualTo("trusted");
        assertThat(strangers.verb("up").expect(0).err()).contains("Nothing to do");
        strangers.verb("down").expect(0);
    }

    private void approvalGoesByWhatTheMachineShows(Machine machine) {
        String console = machine.run("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub");
        String fingerprint = console.split(" ", 3)[1];
        assertThat(strangers.node("show", "node-2").expect(0).out())
                .contains(console.split(" ", 3)[0] + " " + fingerprint + " (ED25519)");

        assertThat(strangers.node("approve", "node-2").expect(5).err())
                .contains(fingerprint, "--fingerprint");
        assertThat(strangers.node("approve", "node-2", "--fingerprint", ANOTHER).expect(6).err())
                .contains("does not show " + ANOTHER, fingerprint);
        assertThat(strangers.trust("node-2")).isEqualTo("discovered");

        strangers
                .node("approve", "node-2", "--fingerprint", fingerprint, "--reason", "seen")
                .expect(0);
        assertThat(strangers.listed("node-2").path("by").asString()).endsWith(": seen");
        assertThat(strangers.trust("node-2")).isEqualTo("verified");
        assertThat(strangers.node("approve", "node-2").expect(0).err())
                .contains("is trusted already");
        Strangers.nobodyLoggedIn(machine);
    }

    @Test
    void whoIsRevokedInTheMiddleOfARunGetsNothingFurther() {
        strangers.machines("fine: faults/fine", true);
        strangers.verb("up").expect(0);
        strangers.uses("fine: faults/fine, waits: faults/waits");
        Machine revoked = sandbox.machine("node-2");
        Running up = sandbox.startVerb("up", "--site", Strangers.SITE, "--yes", "--json");
        await().atMost(SOON).until(() -> revoked.attempt("test -e /run/waiting").exitCode() == 0);
        Strangers.from(revoked);

        Finished said = strangers.node("revoke", "node-2", "--yes", "--reason", "lost");

        assertThat(said.expect(0).err())
                .contains("the command that acts on the cluster goes by it");
        up.awaitErr("waits.act@node-2 failed", SOON);
        assertThat(up.err()).contains("the machine of node-2 was revoked by");
        sandbox.machine("node-1").run("touch /run/go");
        Finished ended = up.finish(SOON);
        assertThat(Failures.of(ended.expect(6)))
                .isEqualTo(Map.of("waits.act@node-2", "revoked access"));
        assertThat(sandbox.machine("node-1").run("cat /etc/waited")).isEqualTo("waited");

        assertThat(Failures.of(strangers.verb("up", "--json").expect(6)))
                .isEqualTo(Map.of("node.acquire@node-2", "revoked access"));
        assertThat(strangers.node("show", "node-2").expect(0).out())
                .contains("revoked since", "(ED25519)  revoked");
        assertThat(ssh("node-2").expect(6).err()).contains("revoked by");
        Strangers.nobodyLoggedIn(revoked);

        down(revoked);
    }

    /// What is on it stays there; everybody else is taken back, and so is the word on the machine.
    private void down(Machine revoked) {
        assertThat(strangers.verb("down").expect(0).err())
                .contains("left in place: node-2 is revoked");
        assertThat(sandbox.machine("node-1").attempt("test -e /etc/waited").exitCode())
                .isEqualTo(1);
        Strangers.nobodyLoggedIn(revoked);
        assertThat(revoked.run("cat /etc/fine")).isEqualTo("fine");
        assertThat(strangers.trust("node-2")).as("its key stays revoked").isEqualTo("revoked");
    }

    @Test
    void whoShowsAnotherKeyInTheMiddleOfARunGetsNothingFurther() {
        strangers.machines("waits: faults/waits", true);
        Machine other = sandbox.machine("node-2");
        Running up = sandbox.startVerb("up", "--site", Strangers.SITE, "--yes", "--json");
        await().atMost(SOON).until(() -> other.attempt("test -e /run/waiting").exitCode() == 0);

        other.run(
                "rm /etc/ssh/ssh_host_*; ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key");
        Strangers.from(other);
        other.run("systemctl restart ssh; pkill -f 'sshd: [r]oot'");

        up.awaitErr("waits.act@node-2 failed", SOON);
        sandbox.machine("node-1").run("touch /run/go");
        assertThat(Failures.of(up.finish(SOON).expect(6)))
                .isEqualTo(Map.of("waits.act@node-2", "host-key access"));
        Strangers.nobodyLoggedIn(other);
        assertThat(other.attempt("test -e /etc/waited").exitCode()).isEqualTo(1);
        assertThat(strangers.node("show", "node-2").expect(6).out()).contains("not vouched for");
        assertThat(strangers.node("approve", "node-2").expect(6).err())
                .contains("listed at provider default");
    }

    /// The certificate is for an address and a time: one for another, or one that is over, is none.
    @Test
    void aMachineWithACertificateOfAKnownAuthorityNeedsNoApproval() {
        strangers.machines("fine: faults/fine", false);
        Machine certified = sandbox.machine("node-2");
        Path authority = sandbox.folder().resolve("authority");
        Host.run("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", authority.toString()).expect(0);
        String key = sandbox.read("authority.pub").split(" ", 3)[1];
        sandbox.write(
                "faults/sites/mine.yaml",
                sandbox.read("faults/sites/mine.yaml")
                        .replace(
                                "    machines:\n",
                                "    host_authorities: [\"ecdsa-sha2-nistp256 %s\"]\n    machines:\n"
                                        .formatted(key)));

        certify(certified, authority, "10.0.0.1", "+1h");
        Strangers.from(certified);
        Finished another = strangers.verb("up", "--json").expect(6);
        assertThat(Failures.of(another))
                .isEqualTo(Map.of("node.acquire@node-2", "host-key access"));
        certify(certified, authority, certified.address(), "-2h:-1h");
        strangers.verb("up").expect(6);
        Strangers.nobodyLoggedIn(certified);

        certify(certified, authority, certified.address(), "+1h");
        assertThat(strangers.verb("up").expect(0).err()).contains("fine.three@node-2 done");
        assertThat(strangers.trust("node-2")).isEqualTo("trusted");
        assertThat(strangers.listed("node-2").path("by").asString())
                .isEqualTo("certified by an authority of provider default");
        assertThat(ssh("node-2").expect(0).out()).isEqualTo("node-2\n");
        strangers.node("revoke", "node-2", "--yes").expect(0);
        Strangers.from(certified);
        strangers.verb("up").expect(6);
        ssh("node-2").expect(6);
        Strangers.nobodyLoggedIn(certified);
    }

    private Finished ssh(String node) {
        return sandbox.run("ssh", node, "faults", "--site", Strangers.SITE, "--", "hostname");
    }

    private void certify(Machine machine, Path authority, String address, String valid) {
        sandbox.write("host.pub", machine.run("cat /etc/ssh/ssh_host_ed25519_key.pub") + "\n");
        String file = sandbox.folder().resolve("host.pub").toString();
        Host.run(
                        "ssh-keygen",
                        "-q",
                        "-s",
                        authority.toString(),
                        "-I",
                        machine.name(),
                        "-h",
                        "-n",
                        address,
                        "-V",
                        valid,
                        file)
                .expect(0);
        machine.write(Path.of("/etc/ssh/host-cert.pub"), sandbox.read("host-cert.pub"), "0644");
        machine.write(
                Path.of("/etc/ssh/sshd_config.d/certificate.conf"),
                "HostCertificate /etc/ssh/host-cert.pub\n",
                "0644");
        machine.run("systemctl restart ssh");
    }
}
