package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.cluster.Acting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One cluster reads what another has. What is on record was left there by simulated runs.
class OtherClusterTest {
    private static final String HOST_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGVZ2XQxfq5sRzC0tqVAFXbdFVHvuVDNV3iWjcJ0FVzS";
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

    private Optional<SimulatedRuns> runs = Optional.empty();

    @BeforeEach
    void writesTwoClusters() throws IOException {
        write("sites/here.yaml", site());
        write(
                "packs/shop/pack.yaml",
                "pack: shop\nversion: 1.0.0\ninterfaces:\n  kv-store: { urls: list(string) }\n");
        write(
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
        write(
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
        write("store/cluster.yaml", STORE);
        write("web/cluster.yaml", WEB);
    }

    /// Nobody listens at any of them.
    private static String site() {
        List<String> machines = List.of("store-1", "store-2", "front-1", "desk-1");
        StringBuilder site =
                new StringBuilder(
                        "site: here\napprove: auto\nproviders:\n  default:\n    kind: inventory\n    machines:\n");
        machines.forEach(machine ->
                site.append(
                        "      %s: { address: 127.0.0.1, port: %d, identity: none, host_keys: [\"%s\"] }\n"
                                .formatted(machine, 1 + machines.indexOf(machine), HOST_KEY)));
        return site.toString();
    }

    @Test
    void aValueIsReadFromTheOtherClustersRecordAndWhySaysWhere() throws IOException {
        up("store");
        up("web");
        CommandLineEntry plan = verb("plan", "web");
        assertThat(plan.out()).contains("3 to leave as they are");
        assertThat(plan.exitCode()).isZero();
        assertThat(verb("why", "web.configure@front-1", "web").out())
                .contains("carts = [\"http://store:7000/\", \"http://store:7000/\"]")
                .contains("from cluster store: kv since its run 1 (packs/shop/store.yaml:2:");
        assertThat(verb("status", "web", "--cached").exitCode()).isZero();
        assertThat(verb("graph", "web", "--json").out())
                .contains("\"to\":\"their-store\",\"external\":true");
    }

    @Test
    void withoutARecordThereTheValueIsNotKnownAndAnUpTouchesNothing() {
        assertThat(verb("validate", "web").exitCode()).isZero();
        assertThat(verb("plan", "web").out())
                .contains(
                        "+ web.configure @ front-1  (known after up ../store: nothing is on its record)");
        refused("nothing is on its record");
        assertThat(verb("up", "web", "--dry-run").exitCode()).isZero();
        assertThat(folder.resolve("web/.ashlar")).doesNotExist();
        assertThat(folder.resolve("store/.ashlar")).doesNotExist();
    }

    @Test
    void whatIsWrittenThereAndNotDoneYetIsNotRead() throws IOException {
        up("store");
        up("web");
        write("store/cluster.yaml", STORE.replace("7000", "7001"));
        assertThat(verb("plan", "web").out())
                .contains(
                        "? web.configure @ front-1  (known after up ../store: kv.run@store-1 is to be changed there)")
                .contains("2 to leave as they are");
        assertThat(verb("why", "web.configure@front-1", "web").out())
                .contains(
                        "may run: known after up ../store: kv.run@store-1 is to be changed there");
        refused("kv.run@store-1 is to be changed there");
        assertThat(verb("up", "web", "--skip", "web.configure").err()).contains("Nothing to do");
    }

    @Test
    void aChangedValueMakesOnlyItsReaderRunAgain() throws IOException {
        up("store");
        up("web");
        write("store/cluster.yaml", STORE.replace("7000", "7001"));
        up("store");
        assertThat(verb("plan", "web").out())
                .contains("~ web.configure @ front-1", "2 to leave as they are");
        assertThat(verb("why", "web.configure@front-1", "web").out()).contains("since its run 2");
    }

    @Test
    void aRunThereThatLeavesTheValueAsItIsDisturbsNobody() throws IOException {
        up("store");
        up("web");
        write("store/cluster.yaml", STORE.replace("port: 7000", "port: 7000, motto: new"));
        up("store");
        assertThat(verb("plan", "web", "--detailed-exitcode").exitCode()).isZero();
    }

    @Test
    void aSavedPlanIsStaleOnceTheValueIsAnother() throws IOException {
        up("store");
        String plan = folder.resolve("first.ashlar").toString();
        assertThat(verb("plan", "web", "--out", plan).exitCode()).isZero();
        write("store/cluster.yaml", STORE.replace("7000", "7001"));
        up("store");
        CommandLineEntry up = CommandLineEntry.run(List.of("up", plan));
        assertThat(up.err()).contains("or what another cluster has, have changed");
        assertThat(up.exitCode()).isEqualTo(7);
    }

    @Test
    void aRunIsAmendedForAnotherValueAndNotForAnotherReasonWhyThereIsNone() throws IOException {
        write("sites/here.yaml", site().replace("approve: auto", "approve: ask"));
        String without = runs().composition("web").digest();
        write("store/cluster.yaml", STORE.replace("7000", "7001"));
        up("store");
        String with = runs().composition("web").digest();
        assertThat(with).isNotEqualTo(without);
        try (RunElsewhere _ = RunElsewhere.begin(folder.resolve("web"), 1, "web", with)) {
            assertThat(verb("up", "web", "--no-input").exitCode()).isEqualTo(7);
            write("store/cluster.yaml", STORE);
            up("store");
            CommandLineEntry up = verb("up", "web", "--no-input");
            assertThat(up.err())
                    .contains(
                            "this amends it (the files, or what another cluster has, have changed).");
            assertThat(up.exitCode()).isEqualTo(5);
        }
        write("store/cluster.yaml", STORE.replace("7000", "7002"));
        assertThat(runs().composition("web").digest()).isEqualTo(without);
    }

    @Test
    void theOtherClusterIsReadWhileACommandIsChangingIt() throws IOException {
        up("store");
        try (Acting acting =
                ((Acting.Attempt.Granted) Acting.take(folder.resolve("store"))).acting()) {
            assertThat(acting.past().standing()).isNotEmpty();
            assertThat(verb("plan", "web").out()).doesNotContain("known after up");
        }
    }

    @Test
    void filesThatAreNotRightThereAreNoErrorHere() throws IOException {
        up("store");
        write("store/cluster.yaml", STORE.replace("shop/store", "shop/stoer"));
        assertThat(verb("validate", "web").exitCode()).isZero();
        refused("its files are not right");
    }

    @Test
    void whereTheUseThereIsAnotherThatIsWrongInTheFilesHere() throws IOException {
        up("store");
        write("web/cluster.yaml", WEB.replace("use: kv", "use: vk"));
        CommandLineEntry validate = verb("validate", "web");
        assertThat(validate.out())
                .contains("error[ASH0411]: cluster store has no use \"vk\"")
                .contains("help: did you mean \"kv\"?");
        assertThat(validate.exitCode()).isEqualTo(3);
    }

    @Test
    void clustersMayReadFromEachOtherWhereNeitherWaitsForItself() throws IOException {
        write(
                "store/cluster.yaml",
                STORE.replace(
                                "groups:",
                                "external: { its-web: { interface: kv-store, cluster: ../web, use: spare } }\ngroups:")
                        + "  desk: { count: 1, uses: { look: { component: shop/web, requires: { carts: its-web } } } }\n");
        write(
                "web/cluster.yaml",
                WEB.replace(
                        "{ web: shop/web }",
                        "{ web: { component: shop/web, requires: { carts: their-store } }, spare: { component: shop/store, with: { port: 1 } } }"));
        assertThat(verb("plan", "store").out())
                .contains(
                        "look.configure @ desk-1  (known after up ../web: nothing is on its record)");
        up("store");
        assertThat(verb("plan", "web").out()).doesNotContain("known after up");
        up("web");
        assertThat(verb("plan", "store").out())
                .contains("+ look.configure @ desk-1")
                .doesNotContain("known after up");
    }

    private void refused(String reason) {
        CommandLineEntry up = verb("up", "web", "--yes");
        Path store = folder.resolve("store");
        assertThat(up.err())
                .contains(
                        "error: another cluster does not have what this one reads; nothing was touched\n")
                .contains("  " + store + ": " + reason + "; read by web.configure@front-1\n")
                .contains("  help: `ashlar up " + store + "` first\n");
        assertThat(up.exitCode()).isEqualTo(5);
    }

    private CommandLineEntry verb(String verb, String... words) {
        List<String> all = new ArrayList<>(List.of(verb));
        all.addAll(List.of("-C", folder.toString()));
        all.addAll(List.of(words));
        return CommandLineEntry.run(all);
    }

    /// What an `up` leaves on record where there are machines.
    private void up(String cluster) {
        runs().up(cluster);
    }

    private SimulatedRuns runs() {
        runs = Optional.of(runs.orElseGet(() -> new SimulatedRuns(folder)));
        return runs.get();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }
}
