package dev.ashlar.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.language.cluster.Overridden;
import dev.ashlar.model.composition.Binding;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.value.Data;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An input's value has layers, and the last one given holds.
class LayersTest {
    private static final String PORT = "groups.front.web.port";
    private static final String SITE = "site: lab\nproviders: { default: { kind: lab } }\n";

    private final WrittenFiles files;

    LayersTest(@TempDir Path folder) {
        files = new WrittenFiles(folder);
    }

    @BeforeEach
    void writePacksAndSite() {
        files.write("sites/lab.yaml", SITE);
        files.write("packs/app/pack.yaml", "pack: app\nversion: 1.0.0\n");
        files.write("packs/app/web.yaml", component("web", "{ type: int, default: 1, max: 99 }"));
        files.write("packs/app/spare.yaml", component("spare", "int"));
    }

    private static String component(String name, String port) {
        return """
        component: %s
        inputs: { port: %s }
        steps: { run: { inputs: { at: "${inputs.port}" }, run: echo "$AT" } }
        """
                .formatted(name, port);
    }

    @Test
    void eachLayerGivesWayToTheNext() {
        cluster("", "", "");
        assertThat(said("front-2")).containsExactly("default 1");

        cluster("values: { app/web: { port: 2 } }\n", "", "");
        assertThat(said("front-2")).containsExactly("default 1", "cluster 2");

        files.write("sites/lab.yaml", SITE + "values: { app/web: { port: 3 } }\n");
        assertThat(said("front-2")).containsExactly("default 1", "cluster 2", "site 3");

        cluster("values: { app/web: { port: 2 } }\n", "{ port: 4 }", "");
        assertThat(said("front-2")).containsExactly("default 1", "cluster 2", "site 3", "group 4");

        cluster("", "{ port: 4 }", "front-2: { web: { port: 5 } }");
        assertThat(said("front-2")).containsExactly("default 1", "site 3", "group 4", "node 5");
        assertThat(said("front-1")).containsExactly("default 1", "site 3", "group 4");
        assertThat(port("front-2", load(Map.of()))).isEqualTo(5);
        assertThat(port("front-1", load(Map.of()))).isEqualTo(4);
    }

    @Test
    void whatIsSetHoldsOnEachNode() {
        cluster("", "{ port: 4 }", "front-2: { web: { port: 5 } }");
        Loaded set = load(Map.of(PORT, "6"));

        assertThat(port("front-1", set)).isEqualTo(6);
        assertThat(port("front-2", set)).isEqualTo(6);
        assertThat(binding(set).layers(Optional.of("front-2")))
                .extracting(layer -> layer.from().word())
                .containsExactly("default", "group", "node", "--set");
    }

    @Test
    void whatIsSetOverridesNothingWhereAllNodesHaveItAnyway() {
        cluster("values: { app/web: { port: 4 } }\n", "", "");
        assertThat(overridden("4").agrees()).isTrue();

        cluster("values: { app/web: { port: 4 } }\n", "", "front-2: { web: { port: 5 } }");
        Overridden one = overridden("4");
        assertThat(one.agrees()).isFalse();
        assertThat(one.files().map(Overridden.Written::shown)).contains("5");

        cluster("", "{ port: 4 }", "front-2: { web: { port: 4 } }");
        assertThat(overridden("4").agrees()).isTrue();
    }

    @Test
    void anInputWithoutADefaultMayBeGivenOnEachNodeAlone() {
        files.write("packs/app/web.yaml", component("web", "int"));
        cluster(
                "",
                "",
                "front-1: { web: { port: 4 } }, front-2: { web: { port: \"${node.index + 5}\" } }");
        Loaded loaded = load(Map.of());

        assertThat(port("front-1", loaded)).isEqualTo(4);
        assertThat(said("front-2")).containsExactly("node ${node.index + 5}");
    }

    @Test
    void aSiteIsSilentOnWhatTheClusterDoesNotUse() {
        files.write(
                "sites/lab.yaml",
                SITE
                        + "values: { other/thing: { port: 3 }, app/none: { port: 3 },"
                        + " app/spare: { pot: x } }\n");
        cluster("", "", "");

        assertThat(said("front-2")).containsExactly("default 1");
    }

    @Test
    void whatIsSaidOfANodeThatASmallerCountLeavesOutSaysNothing() {
        cluster("", "", "front-2: { web: { port: 5 } }");
        Loaded smaller = load(Map.of("groups.front.count", "1"));

        assertThat(smaller.diagnostics()).isEmpty();
        assertThat(binding(smaller).differs()).isFalse();
    }

    @Test
    void whatIsSaidOfANodeThatASmallerCountLeavesOutHasToBeRightAllTheSame() {
        cluster("", "", "front-2: { web: { port: 100, prot: 5 } }");

        assertThat(load(Map.of("groups.front.count", "1")).diagnostics())
                .extracting(found -> found.code().name())
                .containsExactly("ASH0205", "ASH0111");
    }

    /// @param alone what is said of nodes, within braces
    private void cluster(String top, String with, String alone) {
        files.write(
                "cluster.yaml",
                """
                cluster: demo
                site: lab
                packs: [app]
                %sgroups:
                  front:
                    count: 2
                    uses: { web: { component: app/web, with: %s } }
                    nodes: { %s }
                """
                        .formatted(top, with.isEmpty() ? "{}" : with, alone));
    }

    private List<String> said(String node) {
        return binding(load(Map.of())).layers(Optional.of(node)).stream()
                .map(layer -> layer.from().word() + " " + layer.value().source())
                .toList();
    }

    private static long port(String node, Loaded loaded) {
        Data data =
                binding(loaded)
                        .effective(Optional.of(node))
                        .evaluate(name -> {
                            throw new IllegalArgumentException(name);
                        })
                        .data();
        return ((Data.Int) data).number();
    }

    private Overridden overridden(String value) {
        return load(Map.of(PORT, value)).overridden().getFirst();
    }

    private static Binding binding(Loaded loaded) {
        assertThat(loaded.diagnostics()).isEmpty();
        Composition composition = loaded.composition().orElseThrow();
        return Objects.requireNonNull(
                composition.uses().firstEntry().getValue().inputs().get("port"));
    }

    private Loaded load(Map<String, String> sets) {
        return files.load(sets);
    }
}
