package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.AvailabilityProbe;
import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Running;
import dev.ashlar.app.kit.Sandbox;
import dev.ashlar.app.kit.StatusWitness;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// One line of `examples/web` is changed, and another server serves: on real machines.
@Tag("lab")
class SwapTest {
    private static final List<String> FRONTS = List.of("front-1", "front-2");

    private static final String ASK = "curl -sf -o /dev/null --max-time 5 http://127.0.0.1/";

    private final Sandbox sandbox = Sandbox.of(Host.checkout().resolve("examples/web"), "web");

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void anotherServerTakesTheFirstOnesPlaceNodeByNode() {
        sandbox.verb("up", "--yes").expect(0);
        List<String> clients = FRONTS.stream().map(this::client).toList();
        expectServer("nginx");

        replace("nginx/server", "lighttpd/server");
        assertThat(actions())
                .containsOnlyKeys("web.install", "web.configure", "web.run")
                .allSatisfy((step, action) -> assertThat(action).as(step).isEqualTo("replace"));
        AvailabilityProbe probe = AvailabilityProbe.start(clients);
        sandbox.verb("up", "--yes").expect(0);
        assertThat(probe.stop())
                .hasSizeGreaterThan(10)
                .as("servers that answered")
                .allMatch(count -> count >= 1)
                .contains(1, 2);

        expectServer("lighttpd");
        FRONTS.forEach(this::expectOldGoneBeforeNew);
        assertThat(sandbox.json("status").path("instances"))
                .filteredOn(one -> one.path("instance").asString().startsWith("watch."))
                .hasSize(3)
                .allMatch(one -> one.path("run").asInt() == 1);
        expectNothingToDo();
        new StatusWitness(
                        sandbox,
                        List.of("status", "web", "--json"),
                        "web.run",
                        "lighttpd-web",
                        node -> sandbox.machine(node).attempt(ASK).exitCode() == 0)
                .expectAgreement(FRONTS);
        expectWhatWasCutShortToBeFinishedFirst();

        // What nobody wants any more goes as well, and only that.
        String file = sandbox.read("web/cluster.yaml");
        sandbox.write("web/cluster.yaml", file.substring(0, file.indexOf("  desk:")));
        assertThat(actions())
                .containsOnlyKeys("node.acquire", "watch.ask", "watch.configure", "watch.install")
                .allSatisfy((step, action) -> assertThat(action).as(step).isEqualTo("remove"));
        sandbox.verb("up", "--yes").expect(0);
        assertThat(sandbox.run("lab", "list", "web").expect(0).out())
                .contains("front-1", "front-2")
                .doesNotContain("desk-1");
        expectServer("lighttpd");
        expectNothingToDo();
    }

    /// Nobody knows what it has made: the server that was coming is not forgotten on its node.
    private void expectWhatWasCutShortToBeFinishedFirst() {
        replace("lighttpd/server", "nginx/server");
        Running up = sandbox.startVerb("up", "--yes");
        up.awaitErr("web\\.install@front-1 running", Sandbox.BOUND);
        up.kill();
        up.finish(Sandbox.BOUND);
        replace("nginx/server", "lighttpd/server");
        assertThat(sandbox.verb("up", "--yes").expect(3).err())
                .contains("web.install@front-1 was cut short; web is lighttpd/server now")
                .contains("undo the edit");
        replace("lighttpd/server", "nginx/server");
        sandbox.verb("up", "--yes").expect(0);
        expectServer("nginx");
        replace("nginx/server", "lighttpd/server");
        sandbox.verb("up", "--yes").expect(0);
    }

    private String client(String node) {
        String address = sandbox.machine(node).run("hostname -I | cut -d' ' -f1");
        return "curl -sf -o /dev/null --max-time 5 http://" + address + "/";
    }

    private void replace(String before, String after) {
        String file = sandbox.read("web/cluster.yaml");
        String line = "      web: ";
        assertThat(file).containsOnlyOnce(line + before);
        sandbox.write("web/cluster.yaml", file.replace(line + before, line + after));
    }

    /// What would be done to each step of which something would.
    private Map<String, String> actions() {
        Map<String, String> actions = new TreeMap<>();
        for (JsonNode one : sandbox.json("plan").path("instances")) {
            String action = one.path("action").asString();
            if (!action.equals("unchanged")) {
                actions.put(one.path("instance").asString().replaceAll("@.*", ""), action);
            }
        }
        return actions;
    }

    private void expectServer(String server) {
        for (String node : FRONTS) {
            Machine machine = sandbox.machine(node);
            assertThat(machine.run("curl -sS -i http://127.0.0.1/"))
                    .containsPattern("(?m)^Server: " + server)
                    .contains("It works.");
            String other = server.equals("nginx") ? "lighttpd" : "nginx";
            assertThat(machine.attempt("ls /etc/ashlar/" + other + "-web.conf").exitCode())
                    .isNotZero();
            assertThat(machine.attempt("command -v " + other).exitCode()).isNotZero();
        }
    }

    private void expectOldGoneBeforeNew(String node) {
        List<String> lines =
                sandbox.machine(node)
                        .run("journalctl --no-pager -o cat -u nginx-web -u lighttpd-web")
                        .lines()
                        .toList();
        int stopped = indexOf(lines, "Stopped nginx");
        int started = indexOf(lines, "Started lighttpd");
        assertThat(stopped).as("%s: %s", node, lines).isBetween(0, started - 1);
    }

    private static int indexOf(List<String> lines, String start) {
        return lines.stream().map(line -> line.startsWith(start)).toList().indexOf(true);
    }

    private void expectNothingToDo() {
        assertThat(sandbox.verb("up").expect(0).err()).contains("Nothing to do");
        sandbox.verb("up", "--verify").expect(0);
    }
}
