package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A cluster reads what another has, and that one reads of a third.
class ChainOfClustersTest {
    private static final String STORE =
            """
            cluster: store
            site: here
            packs: [shop]
            groups:
              store: { count: 1, uses: { kv: { component: shop/store, with: { port: 7000 } } } }
            """;

    @TempDir private Path folder = Path.of("");

    private RecordedClusters clusters = new RecordedClusters(folder);

    @BeforeEach
    void writesAPackAndAStore() throws IOException {
        clusters = new RecordedClusters(folder);
        clusters.write("sites/here.yaml", RecordedClusters.site());
        clusters.write(
                "packs/shop/pack.yaml",
                "pack: shop\nversion: 1.0.0\ninterfaces:\n  kv-store: { url: string }\n");
        clusters.write(
                "packs/shop/store.yaml",
                """
                component: store
                implements: { kv-store: { url: "${cluster_outputs.url}" } }
                inputs: { port: int }
                outputs: { url: { type: string, value: "http://store:${inputs.port}/" } }
                cluster_outputs: { url: { type: string, value: "${members[0].outputs.url}" } }
                steps:
                  run: { inputs: { at: "${inputs.port}" }, run: echo "$AT" }
                """);
        clusters.write(
                "packs/shop/relay.yaml",
                """
                component: relay
                requires: { from: kv-store }
                implements: { kv-store: { url: "${cluster_outputs.url}" } }
                outputs: { url: { type: string, value: "${requires.from.url}relay/" } }
                cluster_outputs: { url: { type: string, value: "${members[0].outputs.url}" } }
                steps:
                  run: { inputs: { at: "${requires.from.url}" }, run: echo "$AT" }
                """);
        clusters.write(
                "packs/shop/web.yaml",
                """
                component: web
                requires: { carts: kv-store }
                steps:
                  configure: { inputs: { carts: "${requires.carts.url}" }, run: echo "$CARTS" }
                """);
        clusters.write("store/cluster.yaml", STORE);
    }

    @Test
    void whatAClusterHasOfAThirdIsReadOfIt() throws IOException {
        relay("mid", "store");
        web("mid");
        clusters.up("store");
        clusters.up("mid");
        clusters.up("web");
        assertThat(clusters.verb("why", "web-0.configure@front-1", "web").out())
                .contains("carts = \"http://store:7000/relay/\"")
                .contains("from cluster mid: kv since its run 1");
    }

    @Test
    void whoIsBehindIsBroughtUpFirst() throws IOException {
        relay("mid", "store");
        web("mid");
        assertThat(clusters.verb("plan", "web").out())
                .contains(
                        "(known after up ../store: nothing is on its record; kv of cluster mid waits for it)");
        clusters.up("store");
        assertThat(clusters.verb("plan", "web").out())
                .contains("(known after up ../mid: nothing is on its record)");
        clusters.up("mid");
        clusters.write("store/cluster.yaml", STORE.replace("7000", "7001"));
        CommandLineEntry up = clusters.verb("up", "web", "--yes");
        assertThat(up.err())
                .contains(
                        "  %s: kv.run@store-1 is to be changed there; kv of cluster mid waits for it; read by web-0.configure@front-1\n"
                                .formatted(folder.resolve("store")))
                .contains("  help: `ashlar up " + folder.resolve("store") + "` first\n");
        assertThat(up.exitCode()).isEqualTo(5);
        clusters.up("store");
        assertThat(clusters.verb("plan", "web").out())
                .contains("(known after up ../mid: kv.run@mid-1 is to be changed there)");
    }

    @Test
    void twoWaysToTheSameClusterAreNoCircle() throws IOException {
        relay("left", "store");
        relay("right", "store");
        web("left", "right");
        for (String name : List.of("store", "left", "right", "web")) {
            clusters.up(name);
        }
        assertThat(clusters.verb("plan", "web", "--detailed-exitcode").exitCode()).isZero();
    }

    @Test
    void usesThatWaitForEachOtherAreNamedAndNoUpIsAdvised() throws IOException {
        relay("mid", "far");
        relay("far", "mid");
        web("mid");
        String circle =
                "kv of cluster mid waits for kv of cluster far, which waits for kv of cluster mid";
        assertThat(clusters.verb("plan", "web").out())
                .contains("(known after reading it elsewhere than from ../mid: " + circle + ")");
        CommandLineEntry up = clusters.verb("up", "web", "--yes");
        assertThat(up.err())
                .contains(circle)
                .contains("  help: no run there changes that: bind what reads it")
                .doesNotContain("ashlar up");
        assertThat(up.exitCode()).isEqualTo(5);
        assertThat(clusters.verb("plan", "far").out())
                .contains(
                        "kv of cluster mid waits for kv of cluster far, which waits for kv of cluster mid");
    }

    @Test
    void clustersThatReadFromEachOtherByDifferentUsesWaitForNoCircle() throws IOException {
        clusters.write(
                "store/cluster.yaml",
                STORE.replace(
                                "groups:",
                                "external: { far: { interface: kv-store, cluster: ../mid, use: kv } }\ngroups:")
                        + "  desk: { count: 1, uses: { look: { component: shop/web, requires: { carts: far } } } }\n");
        relay("mid", "store");
        clusters.up("store");
        clusters.up("mid");
        assertThat(clusters.verb("plan", "store").out())
                .contains("look.configure @ desk-1")
                .doesNotContain("known after");
    }

    @Test
    void whatAClusterMisreadsOfAThirdIsAMistakeInItsOwnFiles() throws IOException {
        relay("mid", "store");
        web("mid");
        clusters.up("store");
        clusters.up("mid");
        clusters.write("store/cluster.yaml", STORE.replace("kv:", "vk:"));
        CommandLineEntry up = clusters.verb("up", "web", "--yes");
        assertThat(up.err())
                .contains(folder.resolve("mid") + ": its files are not right")
                .contains("`ashlar validate " + folder.resolve("mid") + "` says what is wrong");
        assertThat(clusters.verb("validate", "mid").exitCode()).isEqualTo(3);
    }

    @Test
    void whatLapsesIsNotAwaited() throws IOException {
        clusters.write(
                "packs/shop/store.yaml",
                """
                component: store
                implements: { kv-store: { url: "${cluster_outputs.url}" } }
                inputs: { port: int }
                outputs: { url: { type: string, value: "${run.url}" } }
                cluster_outputs: { url: { type: string, value: "${members[0].outputs.url}" } }
                steps:
                  run:
                    run: echo "url=$RANDOM" >>"$ASHLAR_OUTPUT"
                    outputs: { url: { type: string, valid_for: 30m } }
                """);
        web("store");
        clusters.up("store");
        CommandLineEntry up = clusters.verb("up", "web", "--yes");
        assertThat(up.err())
                .contains(
                        "  %s: it lapses, and is for readers of that cluster alone; read by"
                                .formatted(folder.resolve("store")))
                .contains("  help: no run there changes that: bind what reads it")
                .doesNotContain("ashlar up");
        assertThat(up.exitCode()).isEqualTo(5);
    }

    /// Where each asked the others anew, nine would take hours.
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void eachIsLookedAtOnceHoweverManyReadFromEachOther() throws IOException {
        for (int i = 1; i <= 9; i++) {
            int own = i;
            List<Integer> others =
                    IntStream.rangeClosed(1, 9).filter(other -> other != own).boxed().toList();
            clusters.write(
                    "c" + i + "/cluster.yaml",
                    """
                    cluster: c%d
                    site: here
                    packs: [shop]
                    external: { %s }
                    groups:
                      store: { count: 1, uses: { kv: { component: shop/store, with: { port: 700%d } } } }
                      front: { count: 1, uses: { %s } }
                    """
                            .formatted(
                                    i,
                                    joined(
                                            others,
                                            "c%1$d: { interface: kv-store, cluster: ../c%1$d, use: kv }"),
                                    i,
                                    joined(
                                            others,
                                            "web-%1$d: { component: shop/web, requires: { carts: c%1$d } }")));
        }
        clusters.up("c1");
        assertThat(clusters.verb("plan", "c2").out())
                .contains("known after up ../c3: nothing is on its record")
                .doesNotContain("up ../c1");
    }

    private static String joined(List<Integer> numbers, String each) {
        return numbers.stream().map(each::formatted).collect(Collectors.joining(", "));
    }

    /// What it has is made of what another has.
    private void relay(String name, String from) throws IOException {
        clusters.write(
                name + "/cluster.yaml",
                """
                cluster: %s
                site: here
                packs: [shop]
                external: { there: { interface: kv-store, cluster: ../%s, use: kv } }
                groups: { mid: { count: 1, uses: { kv: shop/relay } } }
                """
                        .formatted(name, from));
    }

    /// A use for each that it reads from.
    private void web(String... from) throws IOException {
        List<Integer> all = IntStream.range(0, from.length).boxed().toList();
        clusters.write(
                "web/cluster.yaml",
                """
                cluster: web
                site: here
                packs: [shop]
                external: { %s }
                groups: { front: { count: 1, uses: { %s } } }
                """
                        .formatted(
                                all.stream()
                                        .map(i ->
                                                "there-%d: { interface: kv-store, cluster: ../%s, use: kv }"
                                                        .formatted(i, from[i]))
                                        .collect(Collectors.joining(", ")),
                                joined(
                                        all,
                                        "web-%1$d: { component: shop/web, requires: { carts: there-%1$d } }")));
    }
}
