package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A cluster drawn, and its contracts counted.
class GraphTest {
    /// The largest contract that a step of our own packs has.
    private static final int WIDEST = 11;

    @Test
    void theReadmeShowsTheExampleAsItIsDrawn() throws IOException {
        try (Sandbox sandbox = Sandbox.ofExample()) {
            String drawn = sandbox.run("graph", "etcd").expect(0).out();
            assertThat(Files.readString(Host.checkout().resolve("README.md")))
                    .contains("```mermaid\n" + drawn + "```\n");
        }
    }

    @Test
    void aLinkSaysWhatIsReadAndAnOutputWhenItHolds() throws IOException {
        try (Sandbox sandbox = examples()) {
            JsonNode graph = document(sandbox, "examples/web");
            assertThat(links(graph))
                    .contains(
                            "web.cluster_outputs.url -value(url)-> watch.configure",
                            "web.run -health()-> web.outputs.url",
                            "web.configure -order()-> web.run")
                    .doesNotContain("web.run -order()-> web.configure");
            assertThat(values(graph, "outputs", "holds")).containsExactly("healthy", "one");
            assertThat(values(graph, "steps", "tells_health")).contains("true", "false");
        }
    }

    @Test
    void graphvizGetsWhatMermaidGets() throws IOException {
        try (Sandbox sandbox = examples()) {
            List<String> mermaid =
                    sandbox.run("graph", "examples/web").expect(0).out().lines().toList();
            List<String> dot =
                    sandbox.run("graph", "--draw", "dot", "examples/web")
                            .expect(0)
                            .out()
                            .lines()
                            .toList();
            assertThat(dot).first().isEqualTo("digraph \"web-demo\" {");
            assertThat(dot).last().isEqualTo("}");
            assertThat(arrows(dot, " -> "))
                    .isNotZero()
                    .isEqualTo(
                            arrows(mermaid, " --> ")
                                    + arrows(mermaid, " ==>|")
                                    + arrows(mermaid, " -.->|"));
            assertThat(sandbox.run("graph", "--draw", "svg", "examples/web").expect(3).err())
                    .contains("svg")
                    .contains("mermaid", "dot");
        }
    }

    private static long arrows(List<String> lines, String arrow) {
        return lines.stream().filter(line -> line.contains(arrow)).count();
    }

    /// The proof of isolation: no step is told more than it takes, and none takes much.
    @Test
    void noStepOfOurPacksIsWide() throws IOException {
        try (Sandbox sandbox = examples();
                Stream<Path> all = Files.list(Host.checkout().resolve("examples"))) {
            List<String> examples = all.map(path -> "examples/" + path.getFileName()).toList();
            assertThat(examples).hasSizeGreaterThan(1);
            for (String example : examples) {
                JsonNode graph = document(sandbox, example);
                for (JsonNode step : steps(graph, "steps")) {
                    assertThat(step.path("inputs").size())
                            .as("%s of %s", step.path("name"), example)
                            .isLessThanOrEqualTo(WIDEST);
                }
            }
            assertThat(sandbox.run("graph", "--widths", "examples/etcd").expect(0).out())
                    .containsPattern("(?m)^kv.certificate +in +3 +out +6, 4 read: ")
                    .containsPattern("(?m)^kv.configure +in 11 +out +0$");
        }
    }

    private static Sandbox examples() {
        return Sandbox.ofExamples();
    }

    private static JsonNode document(Sandbox sandbox, String cluster) {
        return Sandbox.document(sandbox.run("graph", "--json", cluster).expect(0));
    }

    private static List<String> links(JsonNode graph) {
        return graph.path("links")
                .valueStream()
                .map(link ->
                        "%s -%s(%s)-> %s"
                                .formatted(
                                        link.path("from").asString(),
                                        link.path("reason").asString(),
                                        String.join(
                                                ", ",
                                                link.path("values")
                                                        .valueStream()
                                                        .map(JsonNode::asString)
                                                        .toList()),
                                        link.path("to").asString()))
                .toList();
    }

    private static List<JsonNode> steps(JsonNode graph, String what) {
        return graph.path("groups")
                .valueStream()
                .flatMap(group -> group.path("uses").valueStream())
                .flatMap(use -> use.path(what).valueStream())
                .toList();
    }

    private static List<String> values(JsonNode graph, String what, String field) {
        return steps(graph, what).stream().map(one -> one.path(field).asString()).toList();
    }
}
