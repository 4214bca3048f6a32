package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Sandbox;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A cluster of two machines that are there already, and of which a site may list the keys or not.
record Strangers(Sandbox sandbox) {
    static final String SITE = "mine";

    static void from(Machine machine) {
        machine.run("journalctl --sync; date +%s.%6N >/run/from");
    }

    static void nobodyLoggedIn(Machine machine) {
        machine.run("test -e /run/from || echo 0 >/run/from");
        assertThat(
                        machine.run(
                                "journalctl --sync; journalctl -u ssh --no-pager --since=@$(cat /run/from)"))
                .as("logins at " + machine.name())
                .doesNotContain("Accepted");
    }

    Finished verb(String verb, String... options) {
        return sandbox.verb(verb, words(options));
    }

    String why(String instance) {
        return sandbox.run("why", instance, "faults", "--site", SITE).expect(0).out();
    }

    private static String[] words(String... options) {
        List<String> words = new ArrayList<>(List.of("--site", SITE));
        words.addAll(List.of(options));
        return words.toArray(String[]::new);
    }

    Finished node(String verb, String node, String... options) {
        List<String> words =
                new ArrayList<>(List.of("node", verb, node, sandbox.cluster().toString()));
        words.addAll(List.of(words(options)));
        return sandbox.run(words.toArray(String[]::new));
    }

    JsonNode listed(String node) {
        Finished list =
                sandbox.run("node", "list", sandbox.cluster().toString(), "--site", SITE, "--json");
        for (JsonNode one : Sandbox.document(list.expect(0)).path("nodes")) {
            if (one.path("node").asString().equals(node)) {
                return one;
            }
        }
        throw new AssertionError(list.toString());
    }

    String trust(String node) {
        return listed(node).path("trust").asString();
    }

    /// Two machines that are there already, with what is to be done on both.
    ///
    /// @param vouched whether the key of the second is listed as well
    void machines(String uses, boolean vouched) {
        uses(uses);
        sandbox.run("lab", "up", "faults").expect(0);
        String second = sandbox.machine("node-2").listed(sandbox.lab());
        sandbox.write(
                "faults/sites/mine.yaml",
                "site: mine\napprove: auto\nproviders:\n  default:\n    kind: inventory\n    machines:\n"
                        + sandbox.machine("node-1").listed(sandbox.lab())
                        + (vouched ? second : second.replaceAll(", host_keys: .*", " }")));
    }

    void uses(String uses) {
        sandbox.write(
                "faults/cluster.yaml",
                """
                cluster: faults
                site: lab
                packs: [faults]
                groups: { node: { count: 2, uses: { %s } } }
                """
                        .formatted(uses));
    }
}
