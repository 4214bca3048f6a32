package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What a new pack begins with is right, and runs as it is.
class PackTest {
    private static final String INVENTORY =
            """
            site: mine
            providers:
              default:
                kind: inventory
                machines:
                  main-1:
                    address: 10.77.0.11
                    identity: key
                    host_keys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0Vb3xPzB9n0xIuwDPfm1l4a0Wq8kKq0Yc1Vt1w9Z8q"]
                  main-2:
                    address: 10.77.0.12
                    identity: key
                    host_keys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0Vb3xPzB9n0xIuwDPfm1l4a0Wq8kKq0Yc1Vt1w9Z8q"]
            """;

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
        assertThat(told.path("files").valueStream().map(JsonNode::asString))
                .filteredOn(file -> file.contains("/test/"))
                .isNotEmpty()
                .allSatisfy(file -> sandbox.run("validate", file).expect(0));
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

    @Test
    void whatCannotBeTestedIsRefusedWithAHint() {
        sandbox.run("pack", "new", "greeter", "own").expect(0);
        String test = "own/packs/greeter/test/two.yaml";
        String sound = sandbox.read(test);
        refused("there is no pack \"greter\"", "there are etcd, greeter", "greter");
        refused(
                "there is no suite \"reboot\"",
                "rebuild, repeat, fail, cut",
                "greeter",
                "--suite",
                "reboot");
        refused(
                "there is no test cluster one.yaml",
                "the pack has two.yaml",
                "greeter",
                "--cluster",
                "one.yaml");
        refused("--timeout wants a duration", "", "greeter", "--timeout", "soon");

        sandbox.write(
                test,
                sound.replace("greeter/server", "nginx/server")
                        .replace("[greeter]", "[http, nginx]"));
        refused("uses nothing of pack \"greeter\"", "add a use", "greeter");
        sandbox.write("own/sites/mine.yaml", INVENTORY);
        sandbox.write(test, sound.replace("site: lab", "site: mine"));
        refused(
                "has machines that are not made for it, at site mine",
                "write `site: lab`",
                "greeter");
        sandbox.write(
                test, sound.replace("cluster: greeter-two", "cluster: >- # two\n  greeter-two"));
        refused(
                "has a name that no other can be written over",
                "write `cluster: greeter-two`",
                "greeter");
        sandbox.write(test, sound.replace("server: greeter", "server: greter"));
        refused("error[ASH", "did you mean", "greeter");
        sandbox.write("own/packs/bare/pack.yaml", "pack: bare\nversion: 1.0.0\n");
        refused("pack \"bare\" has no test clusters", "own/packs/bare/test", "bare");
    }

    @Test
    void aTestClusterIsPlayedWithTheVersionThatIsTestedOrNotAtAll() throws IOException {
        sandbox.run("pack", "new", "greeter", "own").expect(0);
        Path packs = sandbox.folder().resolve("own/packs");
        Sandbox.copy(packs.resolve("greeter"), packs.resolve("greeter@9"));
        sandbox.write("own/packs/greeter@9/pack.yaml", "pack: greeter\nversion: 9.0.1\n");
        refused(
                "own/packs/greeter/test/two.yaml uses version 9.0.1 of pack \"greeter\", not 0.1.0",
                "write `packs: [{ pack: greeter, version: \"0.1.0\" }]`",
                "greeter@0");
        refused("there is no pack \"greeter@8\"", "greeter@0.1.0, greeter@9.0.1", "greeter@8");
    }

    @Test
    void whoMayNotMakeMachinesIsToldSo() {
        sandbox.run("pack", "new", "greeter", "own").expect(0);
        Finished ended =
                sandbox.asNobody("pack", "test", "greeter", "-C", "own", "--suite", "repeat");
        assertThat(ended.expect(6).err())
                .contains("failed: repeat of two.yaml, at: up", "not allowed or not trusted");
    }

    private void refused(String error, String help, String... words) {
        Finished ended =
                sandbox.run(
                        Stream.concat(Stream.of("pack", "test", "-C", "own"), Stream.of(words))
                                .toArray(String[]::new));
        assertThat(ended.expect(3).err()).contains(error, help).doesNotContain("rebuild of");
        assertThat(ended.out()).isEmpty();
    }
}
