package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What a new pack begins with is right, and runs as it is.
class PackTest {
    private final Sandbox sandbox = Sandbox.empty("own");

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void whatIsWrittenIsRightAndIsToldToMachines() {
        JsonNode told =
                Sandbox.document(
                        sandbox.run("pack", "new", "my-greeter", "own", "--json").expect(0));
        assertThat(told.path("files").valueStream().map(JsonNode::asString))
                .contains("own/packs/my-greeter/server.yaml", "own/cluster.yaml")
                .allSatisfy(file -> assertThat(sandbox.folder().resolve(file)).exists());
        sandbox.verb("validate").expect(0);
        assertThat(sandbox.verb("plan").expect(0).out()).contains("+ server.run @ main-1, main-2");
    }

    @Test
    void nothingThatIsThereIsTouched() {
        sandbox.run("pack", "new", "greeter", "own").expect(0);
        String cluster = sandbox.read("own/cluster.yaml");
        assertThat(sandbox.run("pack", "new", "greeter", "own").expect(3).err())
                .contains("there is own/packs/greeter already");
        assertThat(sandbox.run("pack", "new", "other", "own").expect(0).err())
                .contains("cluster.yaml stays as it is");
        assertThat(sandbox.read("own/cluster.yaml")).isEqualTo(cluster);
        for (String name : new String[] {"Greeter", "../greeter", "a".repeat(32), ""}) {
            assertThat(sandbox.run("pack", "new", name, "own").expect(3).err())
                    .contains("cannot be a pack's name");
        }
    }

    @Test
    @Tag("lab")
    void itIsBroughtUpAsItIsAndFollowsAChange() {
        sandbox.run("pack", "new", "greeter", "own").expect(0);
        sandbox.verb("up").expect(0);
        Machine second = sandbox.machine("main-2");
        assertThat(second.run("cat /var/lib/greeter/said")).isEqualTo("hello");
        sandbox.write(
                "own/cluster.yaml",
                sandbox.read("own/cluster.yaml").replace("greeting: hello", "greeting: good day"));
        sandbox.verb("up").expect(0);
        assertThat(second.run("cat /var/lib/greeter/said")).isEqualTo("good day");
        assertThat(sandbox.verb("up", "--verify").expect(0).err())
                .contains("Everything is as it should be");
        sandbox.verb("down").expect(0);
    }
}
