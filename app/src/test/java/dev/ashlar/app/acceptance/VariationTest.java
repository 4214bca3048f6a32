package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Sandbox;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Steps and resources under conditions, and repeated ones, on machines: what comes and goes with
/// the values that decide, and nothing else.
@Tag("lab")
class VariationTest {
    private static final String STARTED =
            "systemctl show varied -p MainPID -p ExecMainStartTimestampMonotonic";

    /// What one element was given, whose it is, and when it was last written.
    private static final String KEY = "echo $(cat /srv/ann.key; stat -c '%U %Z' /srv/ann.key)";

    private final Sandbox sandbox = Sandbox.ofResource(VariationTest.class, "varied");

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void whatIsThereFollowsTheValuesThatDecide() {
        sandbox.verb("up").expect(0);
        expectAll(sandbox.machine("front-1"), sandbox.machine("front-2"));
        String wide = sandbox.read("varied/cluster.yaml");
        String narrow =
                wide.replace(
                                "            bob: { shell: /bin/bash, motto: \"festina lente\" }\n",
                                "")
                        .replace("[8080, 8081]", "[8080]");
        oneAccountAndOnePortLessChangesNothingElse(narrow, sandbox.machine("front-2"));
        whatStoodUnderAConditionGoes(narrow.replace("secure: true", "secure: false"));

        // And true again, with everything that it brings.
        sandbox.write("varied/cluster.yaml", wide);
        sandbox.verb("up").expect(0);
        assertThat(files(sandbox.machine("front-1")))
                .isEqualTo(with("announced", "port-8081", "secure", "token"));
        expectNothingToDo();
        sandbox.verb("down").expect(0);
    }

    private void expectAll(Machine first, Machine second) {
        assertThat(files(first)).isEqualTo(with("announced", "port-8081", "secure", "token"));
        assertThat(first.run("cat /etc/varied-said"))
                .isEqualTo("token: made on front-1, announced by front-1");
        assertThat(files(second)).isEqualTo(with("port-8081", "secure"));
        assertThat(second.run("cat /etc/varied-said"))
                .isEqualTo("token: none, announced by front-1");
        assertThat(second.run("getent passwd ann bob | cut -d: -f1,7 | paste -sd,"))
                .isEqualTo("ann:/bin/sh,bob:/bin/bash");
        assertThat(second.run("stat -c %U /srv/ann; cat /srv/bob/motto; ls /srv/ann"))
                .isEqualTo("ann\nfestina lente");
        assertThat(states("web.token@front-2", "web.other@front-1")).containsOnly("off");
        assertThat(states("web.keep[ann]@front-1", "web.keep[bob]@front-2")).containsOnly("done");
        assertThat(second.run(KEY)).matches("ann-[0-9a-f-]{36} ann \\d+");
        expectNothingToDo();
    }

    private void oneAccountAndOnePortLessChangesNothingElse(String narrow, Machine second) {
        String key = second.run(KEY);
        sandbox.write("varied/cluster.yaml", narrow);
        String started = second.run(STARTED);
        assertThat(sandbox.verb("plan").expect(0).out())
                .contains(
                        "takes back user bob",
                        "takes back file /etc/varied-port-8081",
                        "- web.keep[bob] @ front-1, front-2  (each: ${inputs.accounts} has no bob)")
                .doesNotContain("web.secure", "web.debian");
        sandbox.verb("up").expect(0);
        assertThat(files(second)).isEqualTo(with("secure"));
        assertThat(second.attempt("id bob").exitCode()).isNotZero();
        assertThat(second.attempt("ls -d /srv/bob").exitCode()).isNotZero();
        assertThat(second.attempt("ls /srv/bob.key").exitCode()).isNotZero();
        assertThat(second.run(KEY)).isEqualTo(key);
        assertThat(second.run("id -un ann")).isEqualTo("ann");
        assertThat(second.run(STARTED)).isEqualTo(started);
        expectNothingToDo();
    }

    /// And what watches it starts anew.
    private void whatStoodUnderAConditionGoes(String insecure) {
        Machine first = sandbox.machine("front-1");
        Machine second = sandbox.machine("front-2");
        String started = second.run(STARTED);
        assertThat(sandbox.verb("plan", "--set", "groups.front.web.secure=false").expect(0).out())
                .contains(
                        "- web.token @ front-1  (${inputs.secure && node.index == 1} is false)",
                        "- web.secure @ front-1, front-2  (${inputs.secure} is false)");
        assertThat(
                        sandbox.verb("plan", "-v", "--set", "groups.front.web.secure=false")
                                .expect(0)
                                .out())
                .as("what was written is kept, and compared")
                .contains(
                        "-token: none, announced by front-1", "+token: none, announced by nobody");
        sandbox.write("varied/cluster.yaml", insecure);
        sandbox.verb("up").expect(0);
        assertThat(Stream.of(first, second).map(VariationTest::files)).containsOnly(with());
        assertThat(first.run("cat /etc/varied-said")).isEqualTo("token: none, announced by nobody");
        assertThat(second.run(STARTED)).isNotEqualTo(started);
        expectNothingToDo();
    }

    /// What is always there, and these.
    private static List<String> with(String... others) {
        return Stream.concat(
                        Stream.of("debian", "port-8080", "said", "x-all", "x-debian"),
                        Stream.of(others))
                .sorted()
                .toList();
    }

    private static List<String> files(Machine machine) {
        return machine.run("ls /etc | sed -n s/^varied-//p").lines().toList();
    }

    private List<String> states(String... instances) {
        List<String> asked = List.of(instances);
        return sandbox.json("status")
                .path("instances")
                .valueStream()
                .filter(one -> asked.contains(one.path("instance").asString()))
                .map((JsonNode one) -> one.path("state").asString())
                .toList();
    }

    private void expectNothingToDo() {
        assertThat(sandbox.verb("up").expect(0).err()).contains("Nothing to do");
        assertThat(sandbox.verb("up", "--verify").expect(0).err())
                .contains("Everything is as it should be");
    }
}
