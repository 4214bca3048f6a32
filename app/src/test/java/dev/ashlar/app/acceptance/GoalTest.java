package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What was set is the goal until somebody says otherwise, also when the state is lost: on real
/// machines.
@Tag("lab")
class GoalTest {
    private static final String PAGE = "groups.front.web.page=";

    private final Sandbox sandbox = Sandbox.of(Host.checkout().resolve("examples/web"), "web");

    @BeforeEach
    void keepTheServersAlone() {
        String file = sandbox.read("web/cluster.yaml");
        sandbox.write("web/cluster.yaml", file.substring(0, file.indexOf("  desk:")));
    }

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void itIsKeptThroughALossOfTheStateUntilTheFileSaysIt() {
        sandbox.verb("up", "--yes").expect(0);
        String file = sandbox.read("web/cluster.yaml");
        sandbox.verb("up", "--yes", "--set", PAGE + "Good day").expect(0);
        expectPage("Good day");
        int runs = runs().size();

        assertThat(sandbox.verb("up", "--yes").expect(5).err()).contains("by --set since run 2");
        assertThat(runs().size()).isEqualTo(runs);
        sandbox.shell("rm -r web/.ashlar");
        sandbox.verb("adopt").expect(0);
        assertThat(sandbox.verb("up", "--yes").expect(5).err()).contains("by --set since run 2");
        expectPage("Good day");
        assertThat(sandbox.json("status").path("overrides").size()).isEqualTo(1);

        // The servers have it already: all that is to be done is to say so.
        assertThat(sandbox.verb("up", "--save").expect(0).err()).contains("Nothing to do");
        assertThat(sandbox.read("web/cluster.yaml"))
                .isEqualTo(
                        file.replace(
                                "web: nginx/server",
                                "web: { component: nginx/server, with: { page: \"Good day\" } }"));
        JsonNode saved = runs().path(runs().size() - 1);
        assertThat(saved.path("intents").asInt()).isZero();
        assertThat(saved.has("overrides")).isFalse();
        assertThat(sandbox.verb("up").expect(0).err()).contains("Nothing to do");

        // What the nodes carry is older; it says what the file says.
        sandbox.shell("rm -r web/.ashlar");
        sandbox.verb("adopt").expect(0);
        assertThat(sandbox.verb("up").expect(0).err()).contains("Nothing to do");
        sandbox.write("web/cluster.yaml", file);
        sandbox.verb("up", "--yes").expect(0);
        expectPage("It works.");
    }

    private void expectPage(String text) {
        for (String node : new String[] {"front-1", "front-2"}) {
            Machine machine = sandbox.machine(node);
            assertThat(machine.run("curl -sf http://127.0.0.1/")).contains(text);
        }
    }

    private JsonNode runs() {
        return sandbox.json("runs").path("runs");
    }
}
