package dev.ashlar.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Supply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who stands for what a component requires, where that is clear; where it is not is among the
/// broken inputs.
class RequirementsTest {
    private static final String SITE =
            """
            site: lab
            providers:
              default: { kind: lab }
            """;

    private final Path folder;
    private final WrittenFiles files;

    RequirementsTest(@TempDir Path folder) {
        this.folder = folder;
        files = new WrittenFiles(folder);
    }

    @BeforeEach
    void writesPacks() {
        files.write("sites/lab.yaml", SITE);
        files.write(
                "packs/app/pack.yaml",
                """
                pack: app
                version: 1.0.0
                interfaces:
                  dns: { servers: list(string) }
                """);
        files.write(
                "packs/app/names.yaml",
                """
                component: names
                implements:
                  dns: { servers: "${members.map(m, m.address)}" }
                steps:
                  run:
                    resources:
                      - file: { path: /srv/names, content: x }
                """);
        files.write(
                "packs/app/web.yaml",
                """
                component: web
                requires: { resolver: dns }
                steps:
                  run:
                    when: "${requires.resolver.servers.size() > 0}"
                    after: [resolver]
                    resources:
                      - file: { path: /srv/web, content: x }
                """);
    }

    @Test
    void theOnlyUseThatImplementsTheInterfaceStandsForIt() {
        assertThat(bound("web: app/web, ns: app/names", "")).isEqualTo(new Supply.OfUse("ns"));
    }

    @Test
    void theUseThatIsNamedStandsForItWhereverItIs() {
        assertThat(
                        bound(
                                "web: { component: app/web, requires: { resolver: far-away } },"
                                        + " ns: app/names",
                                "  other: { count: 1, uses: { far-away: app/names } }\n"))
                .isEqualTo(new Supply.OfUse("far-away"));
    }

    @Test
    void somethingExternalOfTheSiteOrTheClusterStandsForItLikeAUse() {
        files.write(
                "sites/lab.yaml",
                SITE
                        + """
                        external:
                          company: { interface: dns, values: { servers: [10.0.0.53] } }
                          another: { interface: of-another-cluster, values: { any: 1 } }
                        """);
        assertThat(bound("web: app/web", "")).isInstanceOf(Supply.External.class);
        assertThat(
                        bound(
                                        "web: { component: app/web, requires: { resolver: own } }",
                                        """
                                        parameters: { server: 10.0.0.54 }
                                        external:
                                          own: { interface: dns, values: { servers: ["${parameters.server}"] } }
                                        """)
                                .name())
                .isEqualTo("own");
    }

    @Test
    void whatIsExternalDecidesBeforeARunWhetherAStepThatTellsHealthIsWanted() throws IOException {
        files.write(
                "packs/app/web.yaml",
                Files.readString(folder.resolve("packs/app/web.yaml"))
                        + "    health: { script: health.sh }\n");
        files.write("packs/app/health.sh", "true\n");
        String external = "external: { own: { interface: dns, values: { servers: [] } } }\n";
        assertThat(bound("web: app/web", external).name()).isEqualTo("own");
        assertThat(load("web: app/web, ns: app/names", "").diagnostics())
                .singleElement()
                .satisfies(found -> assertThat(found.message()).contains("is known only in a run"));
    }

    private Supply bound(String uses, String more) {
        Loaded loaded = load(uses, more);
        assertThat(loaded.diagnostics()).isEmpty();
        return loaded.composition()
                .map(Composition::uses)
                .map(all -> all.get("web"))
                .map(web -> web.requires().get("resolver"))
                .orElseThrow();
    }

    private Loaded load(String uses, String more) {
        files.write(
                "cluster.yaml",
                """
                cluster: demo
                site: lab
                packs: [app]
                groups:
                  front: { count: 2, uses: { %s } }
                %s\
                """
                        .formatted(uses, more));
        return files.load(Map.of());
    }
}
