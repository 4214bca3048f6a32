package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.cluster.Acting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One cluster reads what another has. What is on record was left there by simulated runs.
class OtherClusterTest {
    private static final String STORE =
            """
            cluster: store
            site: here
            packs: [shop]
            groups:
              store: { count: 2, uses: { kv: { component: shop/store, with: { port: 7000 } } } }
            """;
    private static final String WEB =
            """
            cluster: web
            site: here
            packs: [shop]
            external:
              their-store: { interface: kv-store, cluster: ../store, use: kv }
            groups:
              front: { count: 1, uses: { web: shop/web } }
            """;

    @TempDir private Path folder = Path.of("");

    private RecordedClusters clusters = new RecordedClusters(folder);

    @BeforeEach
    void writesTwoClusters() throws IOException {
        clusters = new RecordedClusters(folder);
        clusters.write("sites/here.yaml", RecordedClusters.site());
        clusters.write(
                "packs/shop/pack.yaml",
                "pack: shop\nversion: 1.0.0\ninterfaces:\n  kv-store: { urls: list(string) }\n");
        clusters.write(
                "packs/shop/store.yaml",
                """
                component: store
                implements: { kv-store: { urls: "${cluster_outputs.urls}" } }
                inputs: { port: int, motto: { type: string, default: none } }
                outputs: { url: { type: string, value: "http://store:${inputs.port}/" } }
                cluster_outputs:
                  urls: { type: list(string), holds: one, value: "${members.map(m, m.outputs.url)}" }
                steps:
                  run:
                    inputs: { at: "${inputs.port}", said: "${inputs.motto}" }
                    run: echo "$AT $SAID"
                """);
        clusters.write(
                "packs/shop/web.yaml",
                """
                component: web
                requires: { carts: kv-store }
                steps:
                  install: { run: "true" }
                  configure:
                    inputs: { carts: "${requires.carts.urls}" }
                    run: echo "$CARTS"
                """);
        clusters.write("store/cluster.yaml", STORE);
        clusters.write("web/cluster.yaml", WEB);
    }

    @Test
    void aValueIsReadFromTheOtherClustersRecordAndWhySaysWhere() throws IOException {
        clusters.up("store");
        clusters.up("web");
        CommandLineEntry plan = clusters.verb("plan", "web");
        assertThat(plan.out()).contains("3 to leave as they are");
        assertThat(plan.exitCode()).isZero();
        assertThat(clusters.verb("why", "web.configure@front-1", "web").out())
                .contains("carts = [\"http://store:7000/\", \"http://store:7000/\"]")
                .contains("from cluster store: kv since its run 1 (packs/shop/store.yaml:2:");
        assertThat(clusters.verb("status", "web", "--cached").exitCode()).isZero();
        assertThat(clusters.verb("graph", "web", "--json").out())
                .contains("\"to\":\"their-store\",\"external\":true");
    }

    @Test
    void withoutARecordThereTheValueIsNotKnownAndAnUpTouchesNothing() {
        assertThat(clusters.verb("validate", "web").exitCode()).isZero();
        assertThat(clusters.verb("plan", "web").out())
                .contains(
                        "+ web.configure @ front-1  (known after up ../store: nothing is on its record)");
        refused("nothing is on its record");
        assertThat(clusters.verb("up", "web", "--dry-run").exitCode()).isZero();
        assertThat(folder.resolve("web/.ashlar")).doesNotExist();
        assertThat(folder.resolve("store/.ashlar")).doesNotExist();
    }

    @Test
    void whatIsWrittenThereAndNotDoneYetIsNotRead() throws IOException {
        clusters.up("store");
        clusters.up("web");
        clusters.write("store/cluster.yaml", STORE.replace("7000", "7001"));
        assertThat(clusters.verb("plan", "web").out())
                .contains(
                        "? web.configure @ front-1  (known after up ../store: kv.run@store-1 is to be changed there)")
                .contains("2 to leave as they are");
        assertThat(clusters.verb("why", "web.configure@front-1", "web").out())
                .contains(
                        "may run: known after up ../store: kv.run@store-1 is to be changed there");
        refused("kv.run@store-1 is to be changed there");
        assertThat(clusters.verb("up", "web", "--skip", "web.configure").err())
                .contains("Nothing to do");
    }

    @Test
    void whatIsWrittenThereAfterAFirstRunThatFailedIsNotRead() throws IOException {
        Path component = folder.resolve("packs/shop/store.yaml");
        clusters.write(
                "packs/shop/store.yaml",
                Files.readString(component)
                        .replace(
                                "\"${cluster_outputs.urls}\"",
                                "[\"http://store:${inputs.port}/\"]"));
        String alone = STORE.replace("count: 2", "count: 1");
        clusters.write("store/cluster.yaml", alone);
        clusters.up("store", RecordedClusters.breaking("kv.run@store-1"));
        assertThat(clusters.verb("plan", "web").out()).doesNotContain("known after up");
        clusters.write("store/cluster.yaml", alone.replace("7000", "7001"));
        assertThat(clusters.verb("plan", "web").out())
                .contains("(known after up ../store: kv.run@store-1 is to be changed there)");
        clusters.write("store/cluster.yaml", alone);
        assertThat(clusters.verb("plan", "web").out()).doesNotContain("known after up");
    }

    @Test
    void whatIsWrittenThereAfterAFailedChangeIsNotRead() throws IOException {
        clusters.write("store/cluster.yaml", STORE.replace("count: 2", "count: 1"));
        clusters.up("store");
        clusters.write(
                "store/cluster.yaml",
                STORE.replace("count: 2", "count: 1").replace("7000", "7001"));
        clusters.up("store", RecordedClusters.breaking("kv.run@store-1"));
        String failed = "(known after up ../store: it does not hold there before one of kv)";
        assertThat(clusters.verb("plan", "web").out()).contains(failed);
        clusters.write(
                "store/cluster.yaml",
                STORE.replace("count: 2", "count: 1").replace("7000", "7002"));
        assertThat(clusters.verb("plan", "web").out())
                .contains("(known after up ../store: kv.run@store-1 is to be changed there)");
    }

    @Test
    void whatWasBegunToBeTakenBackThereIsNotRead() throws IOException {
        clusters.write("store/cluster.yaml", STORE.replace("count: 2", "count: 1"));
        clusters.up("store");
        clusters.runs(
                "store",
                simulation ->
                        simulation.down(RecordedClusters.breaking("kv.run@store-1"), Set.of()));
        assertThat(clusters.verb("plan", "web").out())
                .contains("(known after up ../store: kv.run@store-1 is to be taken back there)");
    }

    @Test
    void aChangedValueMakesOnlyItsReaderRunAgain() throws IOException {
        clusters.up("store");
        clusters.up("web");
        clusters.write("store/cluster.yaml", STORE.replace("7000", "7001"));
        clusters.up("store");
        assertThat(clusters.verb("plan", "web").out())
                .contains("~ web.configure @ front-1", "2 to leave as they are");
        assertThat(clusters.verb("why", "web.configure@front-1", "web").out())
                .contains("since its run 2");
    }

    @Test
    void aRunThereThatLeavesTheValueAsItIsDisturbsNobody() throws IOException {
        clusters.up("store");
        clusters.up("web");
        clusters.write("store/cluster.yaml", STORE.replace("port: 7000", "port: 7000, motto: new"));
        clusters.up("store");
        assertThat(clusters.verb("plan", "web", "--detailed-exitcode").exitCode()).isZero();
    }

    @Test
    void aSavedPlanIsStaleOnceTheValueIsAnother() throws IOException {
        clusters.up("store");
        String plan = folder.resolve("first.ashlar").toString();
        assertThat(clusters.verb("plan", "web", "--out", plan).exitCode()).isZero();
        clusters.write("store/cluster.yaml", STORE.replace("7000", "7001"));
        clusters.up("store");
        CommandLineEntry up = CommandLineEntry.run(List.of("up", plan));
        assertThat(up.err()).contains("or what another cluster has, have changed");
        assertThat(up.exitCode()).isEqualTo(7);
    }

    @Test
    void aRunIsAmendedForAnotherValueAndNotForAnotherReasonWhyThereIsNone() throws IOException {
        clusters.write(
                "sites/here.yaml",
                RecordedClusters.site().replace("approve: auto", "approve: ask"));
        String without = clusters.digest("web");
        clusters.write("store/cluster.yaml", STORE.replace("7000", "7001"));
        clusters.up("store");
        String with = clusters.digest("web");
        assertThat(with).isNotEqualTo(without);
        try (RunElsewhere _ = RunElsewhere.begin(folder.resolve("web"), 1, "web", with)) {
            assertThat(clusters.verb("up", "web", "--no-input").exitCode()).isEqualTo(7);
            clusters.write("store/cluster.yaml", STORE);
            clusters.up("store");
            CommandLineEntry up = clusters.verb("up", "web", "--no-input");
            assertThat(up.err())
                    .contains(
                            "this amends it (the files, or what another cluster has, have changed).");
            assertThat(up.exitCode()).isEqualTo(5);
        }
        clusters.write("store/cluster.yaml", STORE.replace("7000", "7002"));
        assertThat(clusters.digest("web")).isEqualTo(without);
    }

    @Test
    void theOtherClusterIsReadWhileACommandIsChangingIt() throws IOException {
        clusters.up("store");
        try (Acting acting =
                ((Acting.Attempt.Granted) Acting.take(folder.resolve("store"))).acting()) {
            assertThat(acting.past().standing()).isNotEmpty();
            assertThat(clusters.verb("plan", "web").out()).doesNotContain("known after up");
        }
    }

    @Test
    void filesThatAreNotRightThereAreNoErrorHere() throws IOException {
        clusters.up("store");
        clusters.write("store/cluster.yaml", STORE.replace("shop/store", "shop/stoer"));
        assertThat(clusters.verb("validate", "web").exitCode()).isZero();
        CommandLineEntry up = clusters.verb("up", "web", "--yes");
        assertThat(up.err())
                .contains("its files are not right; read by web.configure@front-1")
                .contains(
                        "  help: `ashlar validate "
                                + folder.resolve("store")
                                + "` says what is wrong there\n");
        assertThat(up.exitCode()).isEqualTo(5);
    }

    @Test
    void whereTheUseThereIsAnotherThatIsWrongInTheFilesHere() throws IOException {
        clusters.up("store");
        clusters.write("web/cluster.yaml", WEB.replace("use: kv", "use: vk"));
        CommandLineEntry validate = clusters.verb("validate", "web");
        assertThat(validate.out())
                .contains("error[ASH0411]: cluster store has no use \"vk\"")
                .contains("help: did you mean \"kv\"?");
        assertThat(validate.exitCode()).isEqualTo(3);
    }

    @Test
    void clustersMayReadFromEachOtherWhereNeitherWaitsForItself() throws IOException {
        clusters.write(
                "store/cluster.yaml",
                STORE.replace(
                                "groups:",
                                "external: { its-web: { interface: kv-store, cluster: ../web, use: spare } }\ngroups:")
                        + "  desk: { count: 1, uses: { look: { component: shop/web, requires: { carts: its-web } } } }\n");
        clusters.write(
                "web/cluster.yaml",
                WEB.replace(
                        "{ web: shop/web }",
                        "{ web: { component: shop/web, requires: { carts: their-store } }, spare: { component: shop/store, with: { port: 1 } } }"));
        assertThat(clusters.verb("plan", "store").out())
                .contains(
                        "look.configure @ desk-1  (known after up ../web: nothing is on its record)");
        clusters.up("store");
        assertThat(clusters.verb("plan", "web").out()).doesNotContain("known after up");
        clusters.up("web");
        assertThat(clusters.verb("plan", "store").out())
                .contains("+ look.configure @ desk-1")
                .doesNotContain("known after up");
    }

    @Test
    void whatASiteSaysThatAClusterHasIsAUseOfItsOwnThere() throws IOException {
        site("../store");
        clusters.write("web/cluster.yaml", WEB.replaceAll("external:\n.*\n", ""));
        clusters.up("store");
        clusters.up("web");
        assertThat(clusters.verb("why", "web.configure@front-1", "web").out())
                .contains("from cluster store: kv since its run 1");
        String desk = "  desk: { count: 1, uses: { look: %s } }\n";
        clusters.write("store/cluster.yaml", STORE + desk.formatted("shop/web"));
        assertThat(clusters.verb("validate", "store").exitCode()).isZero();
        clusters.write(
                "store/cluster.yaml",
                STORE
                        + desk.formatted(
                                "{ component: shop/web, requires: { carts: their-store } }"));
        assertThat(clusters.verb("validate", "store").exitCode()).isZero();
        clusters.up("store");
        assertThat(clusters.verb("why", "look.configure@desk-1", "store").out())
                .contains("carts = [\"http://store:7000/\", \"http://store:7000/\"]")
                .doesNotContain("from cluster store");
    }

    @Test
    void whatASiteSaysOfAnotherClusterIsLookedAtWhereItIsRequired() throws IOException {
        site("../gone");
        clusters.write("web/cluster.yaml", WEB.replaceAll("external:\n.*\n", ""));
        assertThat(clusters.verb("validate", "store").exitCode()).isZero();
        CommandLineEntry validate = clusters.verb("validate", "web");
        assertThat(validate.out()).contains("error[ASH0001]: no cluster found at ../gone");
        assertThat(validate.exitCode()).isEqualTo(3);
    }

    private void site(String cluster) throws IOException {
        clusters.write(
                "sites/here.yaml",
                RecordedClusters.site()
                        + "external: { their-store: { interface: kv-store, cluster: %s, use: kv } }\n"
                                .formatted(cluster));
    }

    private void refused(String reason) {
        CommandLineEntry up = clusters.verb("up", "web", "--yes");
        Path store = folder.resolve("store");
        assertThat(up.err())
                .contains(
                        "error: another cluster does not have what this one reads; nothing was touched\n")
                .contains("  " + store + ": " + reason + "; read by web.configure@front-1\n")
                .contains("  help: `ashlar up " + store + "` first\n");
        assertThat(up.exitCode()).isEqualTo(5);
    }
}
