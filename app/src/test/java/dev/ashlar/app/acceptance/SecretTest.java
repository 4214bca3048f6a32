package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Needle;
import dev.ashlar.app.kit.Running;
import dev.ashlar.app.kit.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A secret is where it belongs, in a file that its owner alone reads, and nowhere else: through a
/// run that succeeds, one that fails in the middle and one that is killed, with scripts that print
/// it.
@Tag("lab")
class SecretTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final List<String> NODES = List.of("node-1", "node-2", "node-3");
    private static final String PLACE = "/etc/hush/secret";

    private final Sandbox sandbox = Sandbox.ofResource(SecretTest.class, "secrets");
    private final List<Finished> said = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void isWhereItBelongsAndNowhereElse() {
        succeeds("first/canary+of 3 \"ones\" é");
        failsInTheMiddle("second/canary+of 3 \"ones\" é");
        isKilled("third/canary+of 3 \"ones\" é");
        whoIsRevokedIsNotGivenTheNext("fourth/canary+of 3 \"ones\" é");
        said.add(sandbox.verb("down").expect(0));
    }

    private void succeeds(String canary) {
        set(canary);
        Running up = sandbox.startVerb("up", "--json");
        waiting();
        nobodySeesIt(canary, up);
        go();
        said.add(up.finish(SOON).expect(0));

        assertThat(sandbox.verb("up").expect(0).err()).contains("Nothing to do");
        isInItsPlaceAlone(canary);
        Finished logs = sandbox.run("logs", "keeper.tell@node-2", "secrets").expect(0);
        assertThat(logs.out()).contains("plain: ***").contains("in the wrong place: ***");
        said.add(logs);
        said.add(sandbox.run("why", "keeper.place@node-1", "secrets").expect(0));
        said.add(sandbox.verb("status", "--json").expect(0));
        assertThat(said.getLast().out() + said.get(said.size() - 2).out())
                .contains("secret canary, version 1");
        isNowhereHere(canary);
    }

    private void failsInTheMiddle(String canary) {
        set(canary);
        with("fails: true");
        said.add(sandbox.verb("plan").expect(0));
        said.add(sandbox.verb("plan", "--json").expect(0));
        said.add(sandbox.verb("plan", "--out", "a.ashlar").expect(0));

        Finished up = sandbox.verb("up", "--json");

        said.add(up.expect(1));
        assertThat(up.err()).contains("tell.sh ended with exit code 3");
        isInItsPlaceAlone(canary, "node-1");
        isNowhereHere(canary);
        with("");
        machine("node-1").run("echo another >" + PLACE);
        said.add(sandbox.verb("up", "--verify").expect(0));
        isInItsPlaceAlone(canary);
        isNowhereHere(canary);
    }

    private void isKilled(String canary) {
        set(canary);
        NODES.forEach(node -> machine(node).run("rm -f /run/go"));
        Running up = sandbox.startVerb("up");
        await().atMost(SOON)
                .until(() -> machine("node-1").attempt("test -e /run/waiting").exitCode() == 0);
        up.kill();
        said.add(up.finish(SOON));
        isNowhereHere(canary);
        // What its step was given ends with it, in memory as well.
        await().atMost(SOON).untilAsserted(() -> isInItsPlaceAlone(canary, "node-1"));
        go();
        said.add(sandbox.verb("up").expect(0));
        isInItsPlaceAlone(canary);
        isNowhereHere(canary);
    }

    /// What a machine in other hands has seen is named, and the others are given another.
    private void whoIsRevokedIsNotGivenTheNext(String canary) {
        Finished revoked =
                sandbox.run("node", "revoke", "node-3", "secrets", "--yes", "--json").expect(0);
        said.add(revoked);
        assertThat(revoked.err())
                .contains(
                        "It has seen secrets: canary (version 3)",
                        "ashlar secret rotate --seen-by node-3");
        assertThat(Sandbox.document(revoked).path("nodes").path(0).path("seen_secrets").toString())
                .isEqualTo("[{\"name\":\"canary\",\"version\":3}]");
        assertThat(
                        sandbox.run("secret", "rotate", "secrets", "--seen-by", "node-3")
                                .expect(5)
                                .err())
                .contains("canary");
        set(canary);
        sandbox.write(
                "secrets/cluster.yaml",
                sandbox.read("secrets/cluster.yaml").replace("count: 3", "count: 2"));
        go();
        said.add(sandbox.verb("up").expect(0));
        isInItsPlaceAlone(canary, "node-1");
        isInItsPlaceAlone(canary, "node-2");
        assertThat(sandbox.run("secret", "list", "secrets", "--json").expect(0).out())
                .contains("node-1", "node-2");
        isNowhereHere(canary);
    }

    /// As a person does who has it in a file.
    private void set(String canary) {
        try {
            Path file = Files.createTempFile("ashlar-canary-", ".txt");
            Files.writeString(file, canary + "\n");
            said.add(
                    sandbox.run("secret", "set", "canary", "secrets", "--from", file.toString())
                            .expect(0));
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void with(String more) {
        String cluster = sandbox.read("secrets/cluster.yaml");
        String given = "with: { canary: \"${secrets.canary}\"";
        sandbox.write(
                "secrets/cluster.yaml",
                cluster.replaceAll(
                        "with: .*",
                        Matcher.quoteReplacement(
                                given + (more.isEmpty() ? "" : ", " + more) + " }")));
    }

    private Machine machine(String node) {
        return sandbox.machine(node);
    }

    private void waiting() {
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() ->
                        NODES.stream()
                                .allMatch(node ->
                                        machine(node).attempt("test -e /run/waiting").exitCode()
                                                == 0));
    }

    private void go() {
        NODES.forEach(node -> machine(node).run("touch /run/go"));
    }

    /// While a step has it, in the words and variables of processes: on the nodes, and here.
    private void nobodySeesIt(String canary, Running up) {
        Needle needle = new Needle(canary);
        for (String node : NODES) {
            Finished found =
                    machine(node)
                            .run(
                                    needle.patterns(),
                                    "grep -a -l -F -f - /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null; :");
            assertThat(found.out()).as(node).isEmpty();
        }
        for (String file : List.of("cmdline", "environ")) {
            assertThat(needle.in(bytes(Path.of("/proc/" + up.pid() + "/" + file)))).isEmpty();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void isInItsPlaceAlone(String canary) {
        NODES.forEach(node -> isInItsPlaceAlone(canary, node));
    }

    /// On the whole disk of a node, and in what it keeps in memory: journal, history, temporary
    /// files and what Ashlar keeps there among it.
    private void isInItsPlaceAlone(String canary, String node) {
        Finished found =
                machine(node)
                        .run(
                                new Needle(canary).patterns(),
                                "grep -a -r -l -F -f - --exclude-dir=proc --exclude-dir=sys --exclude-dir=dev / 2>/dev/null; :");
        assertThat(found.outLines()).as(node).containsExactly(PLACE);
        assertThat(machine(node).run("stat -c '%a %U' " + PLACE)).isEqualTo("600 root");
    }

    /// In no file of the state, its database and what that writes ahead among it, and in nothing
    /// that was said.
    private void isNowhereHere(String canary) {
        Needle needle = new Needle(canary);
        assertThat(needle.below(sandbox.folder(), List.of(sandbox.folder().resolve("lab"))))
                .isEmpty();
        for (Finished each : said) {
            assertThat(needle.in(each.out() + each.err())).as("%s", each).isEmpty();
        }
    }
}
