package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.app.kit.Failures;
import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A machine proves by a one-time token which node it is: to real sshd, with nobody asked and
/// nobody logged in before.
@Tag("lab")
class JoinTokenTest {
    private static final Map<String, String> UNAPPROVED =
            Map.of("node.acquire@node-2", "unapproved access");

    private final Sandbox sandbox = Sandbox.ofResource(FaultTest.class, "faults");
    private final Strangers strangers = new Strangers(sandbox);

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void aMachineWithATokenJoinsOnceAndNobodyIsAsked() throws IOException {
        strangers.machines("fine: faults/fine", false);
        Machine machine = sandbox.machine("node-2");
        String script = token("first.sh");
        refusals();

        Finished early = strangers.verb("up", "--json").expect(6);
        assertThat(Failures.of(early)).isEqualTo(UNAPPROVED);
        assertThat(early.err()).contains("node-2 does not show yet what its token");
        assertThat(strangers.listed("node-2").path("token").path("until").asString()).isNotEmpty();

        run(machine, script);
        Strangers.nobodyLoggedIn(machine);
        Finished up = strangers.verb("up").expect(0);
        assertThat(up.err())
                .contains("node-2 has proved itself by its token: 256 SHA256:")
                .contains("fine.three@node-2 done")
                .doesNotContain("@node-1 running");
        assertThat(strangers.trust("node-2")).isEqualTo("trusted");
        assertThat(strangers.listed("node-2").path("by").asString())
                .contains("it proved itself by the token that ");
        assertThat(sandbox.run("audit", "list", "faults", "--site", Strangers.SITE).expect(0).out())
                .contains("node token", "node approve");
        assertThat(strangers.verb("up").expect(0).err()).contains("Nothing to do");
        itIsKeptNowhere(script, machine);

        anotherMachineDoesNotComeByIt(machine, script);
        aRevokedMachineDoesNotComeByAnother(machine);
        strangers.verb("down").expect(0);
    }

    private void refusals() {
        assertThat(strangers.node("token", "node-1").expect(3).err())
                .contains("node-1 needs no token: it is listed at provider default");
        assertThat(strangers.node("token", "node-2", "--json").expect(3).err())
                .contains("--out FILE");
        assertThat(strangers.node("token", "node-2", "--valid-for", "soon").expect(3).err())
                .contains("--valid-for wants a duration", "found \"soon\"");
        assertThat(strangers.node("token", "node-2", "--valid-for", "721h").expect(3).err())
                .contains("30 days");
        assertThat(strangers.node("token", "node-2", "--out", file("first.sh")).expect(3).err())
                .contains("is there already");
    }

    /// The token's own text; what it certified stays.
    private void itIsKeptNowhere(String script, Machine machine) throws IOException {
        Files.delete(Path.of(file("first.sh")));
        List<String> lines = script.lines().toList();
        // Of the private half: how such a key begins is the same for all.
        String needle = lines.get(lines.lastIndexOf("-----END OPENSSH PRIVATE KEY-----") - 2);
        try (Stream<Path> files = Files.walk(sandbox.folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(needle);
            }
        }
        assertThat(machine.run("grep -rlsF -- '%s' /etc /run /tmp /var || true".formatted(needle)))
                .isEmpty();
        assertThat(machine.run("ls -d /run/ashlar-token* 2>/dev/null || true")).isEmpty();
    }

    private void anotherMachineDoesNotComeByIt(Machine machine, String script) {
        machine.run(
                "rm /etc/ssh/ssh_host_*; ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key");
        run(machine, script);
        machine.run("systemctl restart ssh");
        Strangers.from(machine);

        Finished replayed =
                sandbox.run(
                        "exec",
                        "faults",
                        "--site",
                        Strangers.SITE,
                        "--limit",
                        "node-2",
                        "--",
                        "true");

        assertThat(replayed.expect(6).out())
                .contains("by a token that was spent", "somebody else has had the token");
        Strangers.nobodyLoggedIn(machine);
        String second = token("second.sh");
        // With nothing to do: the next does not take it for granted that nothing has changed.
        assertThat(strangers.verb("up").expect(0).err())
                .contains("node-2 does not show yet what its token", "Nothing to do");
        run(machine, second);
        assertThat(strangers.verb("up").expect(0).err())
                .contains("node-2 has proved itself by its token");
        assertThat(strangers.trust("node-2")).isEqualTo("trusted");
    }

    private void aRevokedMachineDoesNotComeByAnother(Machine machine) {
        strangers.node("revoke", "node-2", "--yes", "--reason", "stolen").expect(0);
        assertThat(strangers.trust("node-2")).isEqualTo("revoked");
        assertThat(strangers.node("show", "node-2").expect(0).out())
                .contains("by        revoked by ", ": stolen", "(ED25519)  revoked");
        run(machine, token("third.sh"));
        Strangers.from(machine);

        Finished up = strangers.verb("up", "--json").expect(6);

        assertThat(up.err()).contains("which was revoked by", ": stolen: it does not count");
        assertThat(Failures.of(up)).isEqualTo(UNAPPROVED);
        Strangers.nobodyLoggedIn(machine);
    }

    @Test
    void aTokenThatWasReplacedOrHasEndedDoesNotCount() {
        strangers.machines("fine: faults/fine", false);
        Machine machine = sandbox.machine("node-2");
        String replaced = token("first.sh");
        theScriptRefusesWhatWouldNotBeShown(machine, replaced);
        token("second.sh", "--valid-for", "1s");

        run(machine, replaced);
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> {
                    Finished up = strangers.verb("up", "--json").expect(6);
                    assertThat(Failures.of(up)).isEqualTo(UNAPPROVED);
                    assertThat(up.err())
                            .contains(
                                    "warning: the token of node-2 has ended",
                                    "`ashlar node token node-2` makes another");
                });
        run(machine, sandbox.read("second.sh"));
        strangers.verb("up").expect(6);

        String good = token("third.sh");
        run(machine, replaced);
        assertThat(strangers.verb("up").expect(6).err())
                .contains("node-2 does not show yet what its token has to certify");
        Strangers.nobodyLoggedIn(machine);
        run(machine, good);
        assertThat(strangers.verb("up").expect(0).err()).contains("fine.three@node-2 done");
        strangers.verb("down").expect(0);
    }

    private static void theScriptRefusesWhatWouldNotBeShown(Machine machine, String script) {
        machine.run(
                "cd /etc/ssh; cp sshd_config was; ssh-keygen -q -t ed25519 -N '' -f other;"
                        + " ssh-keygen -q -s other -h -I o ssh_host_ed25519_key.pub;"
                        + " echo HostCertificate /etc/ssh/ssh_host_ed25519_key-cert.pub >>sshd_config");
        assertThat(machine.run(bytes(script), "sh -s").expect(1).err())
                .contains("sshd shows another certificate", "ssh_host_ed25519_key-cert.pub");
        machine.run(
                "cd /etc/ssh; { echo HostKeyAlgorithms ssh-ed25519; cat was; } >sshd_config; cp sshd_config then");
        assertThat(machine.run(bytes(script), "sh -s").expect(1).err())
                .contains("sshd is not to show certificates (HostKeyAlgorithms)");
        assertThat(machine.run("cd /etc/ssh; cmp sshd_config then; mv was sshd_config; ls"))
                .doesNotContain("sshd_config.ashlar");
    }

    private static byte[] bytes(String script) {
        return script.getBytes(StandardCharsets.UTF_8);
    }

    private String file(String name) {
        return sandbox.folder().resolve(name).toString();
    }

    private String token(String file, String... options) {
        List<String> words =
                Stream.concat(Stream.of("--out", file(file)), Stream.of(options)).toList();
        strangers.node("token", "node-2", words.toArray(String[]::new)).expect(0);
        try {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(Path.of(file(file)))))
                    .isEqualTo("rw-------");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return sandbox.read(file);
    }

    /// As cloud-init does, or a person at its console.
    private static void run(Machine machine, String script) {
        machine.run(bytes(script), "sh -s").expect(0);
    }
}
