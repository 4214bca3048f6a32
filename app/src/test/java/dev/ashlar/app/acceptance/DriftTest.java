package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Sandbox;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A node has drifted when it is not as it was left, whatever the files have come to say since; and
/// nobody says that there is nothing before it has been asked.
@Tag("lab")
class DriftTest {
    private static final String PAGE = "/srv/web/index.html";

    private final Sandbox sandbox = Sandbox.of(Host.checkout().resolve("examples/web"), "web");

    private String servers = "";

    @BeforeEach
    void serveAtAnotherPortThanBefore() {
        String file = sandbox.read("web/cluster.yaml");
        servers = file.substring(0, file.indexOf("  desk:"));
        sandbox.write("web/cluster.yaml", servers);
        sandbox.verb("up", "--yes").expect(0);
        changeThePort();
    }

    private void changeThePort() {
        sandbox.write(
                "web/cluster.yaml",
                servers.replace(
                        "web: nginx/server",
                        "web: { component: nginx/server, with: { port: 8080 } }"));
    }

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void whatAnEditIsAboutToChangeIsNoDifferenceOfTheNode() {
        Finished untouched = sandbox.verb("up", "--verify", "--dry-run").expect(0);
        assertThat(untouched.err()).doesNotContain("differs:").contains("4 that `up` may change");
        assertThat(untouched.out())
                .contains("input inputs.port changed: 80 -> 8080")
                .doesNotContain("the node differs");

        showsWhatBecomesOfTheFile();

        sandbox.machine("front-1")
                .run("cp -p %s /var/tmp/kept && echo else >%s".formatted(PAGE, PAGE));
        sandbox.machine("front-2").run("systemctl stop nginx-web");
        Finished touched = sandbox.verb("up", "--verify", "--dry-run").expect(0);
        assertThat(touched.err())
                .contains("differs: web.configure@front-1: file " + PAGE)
                .contains("differs: web.run@front-2: not healthy")
                .doesNotContain("configure@front-2")
                .doesNotContain("run@front-1");
        assertThat(touched.out()).contains("the node differs from it; input inputs.port changed");

        sandbox.machine("front-1").run("cp -p /var/tmp/kept " + PAGE);
        sandbox.machine("front-2").run("systemctl start nginx-web");
        adoptsWhatIsThere();

        assertThat(sandbox.verb("up", "--yes", "--verify").expect(0).err())
                .doesNotContain("differs:");
        assertThat(sandbox.machine("front-2").run("curl -sf http://127.0.0.1:8080/"))
                .contains("It works.");
        assertThat(sandbox.verb("up", "--verify").expect(0).err())
                .contains("checked on every node");
    }

    private void showsWhatBecomesOfTheFile() {
        assertThat(sandbox.verb("plan", "-v").expect(0).out())
                .contains("content of /etc/ashlar/nginx-web.conf")
                .containsPattern("\\n +- +listen 80")
                .containsPattern("\\n +\\+ +listen 8080");
        assertThat(sandbox.json("plan", "-v").findValues("files"))
                .anySatisfy(files -> assertThat(files.toString()).contains("listen 8080"));
    }

    /// Lost, it is refused to say that there is nothing; adopted, it is as it was left.
    private void adoptsWhatIsThere() {
        sandbox.shell("rm -r web/.ashlar");
        assertThat(sandbox.verb("plan").expect(0).err()).contains("No node was asked");
        assertThat(sandbox.json("plan").path("nodes_asked").asBoolean()).isFalse();
        assertThat(sandbox.verb("status").expect(0).err()).contains("No node was asked");
        assertThat(expectRefused(sandbox.verb("down", "--yes")))
                .contains("a folder without a state may not act on cluster web-demo");
        expectRefused(sandbox.verb("up", "--yes"));
        // Of what was refused there is a state now, with nothing in it.
        assertThat(expectRefused(sandbox.verb("down", "--yes")))
                .contains("this state may not act on cluster web-demo");

        JsonNode adopted = sandbox.json("adopt");
        assertThat(adopted.path("differing")).isEmpty();
        assertThat(sandbox.verb("runs").expect(0).out().lines())
                .as("what the files are about to change was not all looked at")
                .filteredOn(line -> line.contains("adopt"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .doesNotContain("verified");
        assertThat(sandbox.json("status").path("nodes_asked").asBoolean()).isTrue();
    }

    private static String expectRefused(Finished refused) {
        assertThat(refused.expect(7).err())
                .contains("front-1 answers to another state of cluster web-demo")
                .contains("`ashlar adopt` takes over")
                .doesNotContain("Nothing to do");
        return refused.err();
    }

    @Test
    void whoeverIsWaitedForIsNamedAndWhatIsGoneIsNothingToTakeBack() {
        namesTheOneThatIsAskedWhereThereIsNothingToDo();
        Machine silent = sandbox.machine("front-2");
        silent.freeze();
        try {
            assertThat(sandbox.verb("status").err())
                    .contains("asking for health: 1 of 2 done, waiting for front-2, ");
            assertThat(sandbox.verb("status", "--progress", "none").err())
                    .doesNotContain("waiting for");
            assertThat(sandbox.verb("up", "--yes").err())
                    .contains("no answer yet from front-2, asked 2 s ago which state acts")
                    .contains("no answer yet from web.run@front-2, asked ");
        } finally {
            silent.thaw();
        }
        sandbox.verb("down", "--yes").expect(0);
        Finished again = sandbox.verb("down", "--yes", "--json").expect(0);
        assertThat(again.err()).contains("Nothing to do").doesNotContain("warning");
    }

    private void namesTheOneThatIsAskedWhereThereIsNothingToDo() {
        sandbox.write("web/cluster.yaml", servers);
        Machine first = sandbox.machine("front-1");
        first.freeze();
        try {
            assertThat(sandbox.verb("up").expect(0).err())
                    .contains("no answer yet from front-1, asked 2 s ago which state acts")
                    .contains("Nothing to do");
        } finally {
            first.thaw();
        }
        changeThePort();
    }
}
