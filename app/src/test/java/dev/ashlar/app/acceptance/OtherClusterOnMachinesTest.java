package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A cluster on one machine has an address that a cluster on another reads: on real machines.
@Tag("lab")
class OtherClusterOnMachinesTest {
    private static final String CLUSTER =
            """
            cluster: %s
            site: lab
            packs: [shop]
            %s
            """;
    private static final String STORE =
            CLUSTER.formatted(
                    "store",
                    "groups: { store: { count: 1, uses: { kv: { component: shop/store, with: { port: 7000 } } } } }");
    private static final String WEB =
            CLUSTER.formatted(
                    "web",
                    "external: { their-store: { interface: kv-store, cluster: ../store, use: kv } }\n"
                            + "groups: { front: { count: 1, uses: { web: shop/web } } }");

    private final Sandbox sandbox = Sandbox.empty("web");

    @AfterEach
    void nothingIsLeft() {
        sandbox.run("down", "store", "--yes");
        sandbox.close();
    }

    @Test
    void whatTheFirstChangesTheSecondTakesUpWhereItIsRead() {
        write();
        assertThat(sandbox.verb("up", "--yes").expect(5).err())
                .contains("  store: nothing is on its record; read by web.configure@front-1")
                .contains("help: `ashlar up store` first");
        assertThat(sandbox.folder().resolve("lab")).doesNotExist();

        sandbox.run("up", "store", "--yes").expect(0);
        sandbox.verb("up", "--yes").expect(0);
        assertThat(read()).contains("http://10.").endsWith(":7000/");
        assertThat(sandbox.verb("up").expect(0).err()).contains("Nothing to do");

        sandbox.write("store/cluster.yaml", STORE.replace("7000", "7001"));
        sandbox.run("up", "store", "--yes").expect(0);
        assertThat(sandbox.verb("plan").expect(0).out())
                .startsWith(
                        "Plan: 1 to change, 2 to leave as they are\n  ~ web.configure @ front-1");
        sandbox.verb("up", "--yes").expect(0);
        assertThat(read()).endsWith(":7001/");

        sandbox.run("down", "store", "--yes").expect(0);
        assertThat(sandbox.verb("plan").expect(0).out())
                .contains(
                        "? web.configure @ front-1  (known after up ../store: nothing is on its record)");
        sandbox.verb("down", "--yes").expect(0);
    }

    private String read() {
        return sandbox.run("exec", "web", "--", "cat", "/srv/shop/carts").expect(0).out().strip();
    }

    private void write() {
        sandbox.write("store/cluster.yaml", STORE);
        sandbox.write("web/cluster.yaml", WEB);
        sandbox.write(
                "packs/shop/pack.yaml",
                "pack: shop\nversion: 1.0.0\ninterfaces: { kv-store: { url: string } }\n");
        sandbox.write(
                "packs/shop/store.yaml",
                """
                component: store
                implements: { kv-store: { url: "${cluster_outputs.url}" } }
                inputs: { port: int }
                outputs: { url: { type: string, value: "http://${node.address}:${inputs.port}/" } }
                cluster_outputs: { url: { type: string, value: "${members[0].outputs.url}" } }
                steps:
                  run:
                    resources:
                      - line: { path: /srv/store.conf, line: "port=${inputs.port}" }
                """);
        sandbox.write(
                "packs/shop/web.yaml",
                """
                component: web
                requires: { carts: kv-store }
                steps:
                  install:
                    resources:
                      - directory: { path: /srv/shop }
                  configure:
                    inputs: { carts: "${requires.carts.url}" }
                    resources:
                      - file: { path: /srv/shop/carts, template: carts.peb }
                """);
        sandbox.write("packs/shop/carts.peb", "{{ inputs.carts }}\n");
    }
}
