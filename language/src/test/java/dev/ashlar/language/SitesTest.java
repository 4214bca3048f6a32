package dev.ashlar.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.composition.Binding.Layer;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.composition.Supply;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.ProviderConfig.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each group of a cluster may be at another site.
class SitesTest {
    private final Path folder;
    private final WrittenFiles files;

    SitesTest(@TempDir Path folder) {
        this.folder = folder;
        files = new WrittenFiles(folder);
    }

    @BeforeEach
    void writePacksAndSites() {
        files.write(
                "packs/app/pack.yaml",
                "pack: app\nversion: 1.0.0\ninterfaces: { dns: { at: int } }\n");
        files.write(
                "packs/app/web.yaml",
                """
                component: web
                requires: { names: dns }
                inputs: { port: { type: int, default: 1 } }
                steps:
                  run: { inputs: { listen: "${inputs.port}", servers: "${requires.names.at}" }, run: echo "$LISTEN $SERVERS" }
                """);
        site("lab", "auto", "default: { kind: lab }, spare: { kind: lab }", 1);
        site("dc2", "ask", "metal: " + inventory("10.0.0.2"), 2);
        site("dc3", "auto", "metal: " + inventory("10.0.0.3"), 3);
    }

    @Test
    void providersOfTwoSitesThatAreCalledAlikeAreTwo() {
        Composition loaded = cluster("", "dc2/metal", "dc3/metal");

        assertThat(loaded.groups().values())
                .extracting(GroupSpec::provider)
                .containsExactly("default", "dc2/metal", "dc3/metal");
        assertThat(loaded.providers().keySet())
                .containsExactly("default", "spare", "dc2/metal", "dc2/metal2", "dc3/metal");
        assertThat(loaded.providers())
                .allSatisfy((name, config) -> assertThat(config.name()).isEqualTo(name));
        assertThat(access(loaded, "dc2/metal").address()).isEqualTo("10.0.0.2");
        assertThat(access(loaded, "dc3/metal").address()).isEqualTo("10.0.0.3");
    }

    @Test
    void theKeyToAMachineLiesBesideTheFileThatListsIt() throws IOException {
        Path away = folder.resolve("near/sites/dc2.yaml");
        Files.createDirectories(away.getParent());
        Files.move(folder.resolve("sites/dc2.yaml"), away);
        Files.createSymbolicLink(folder.resolve("near/packs"), folder.resolve("packs"));

        Composition loaded = cluster("near/", "dc2/metal", "dc3/metal");

        assertThat(access(loaded, "dc2/metal").identity())
                .isEqualTo(folder.resolve("near/sites/key"));
        assertThat(access(loaded, "dc3/metal").identity()).isEqualTo(folder.resolve("sites/key"));
    }

    @Test
    void theClustersOwnSiteIsTheSameByItsName() {
        Composition loaded = cluster("", "lab/spare", "lab/default");

        assertThat(loaded.groups().values())
                .extracting(GroupSpec::provider)
                .containsExactly("default", "spare", "default");
        assertThat(loaded.beside()).isEmpty();
        assertThat(loaded.asking()).isEmpty();
    }

    @Test
    void anotherSiteOfTheClusterMovesWhatIsAtItsOwn() {
        site("here", "ask", "default: { kind: lab }", 4);
        files.write("cluster.yaml", text("dc2/metal", "lab/spare"));
        Composition loaded = load("cluster.yaml", Optional.of("here"));

        assertThat(loaded.site().name()).isEqualTo("here");
        assertThat(loaded.groups().values())
                .extracting(GroupSpec::provider)
                .containsExactly("default", "dc2/metal", "lab/spare");
        assertThat(loaded.asking()).containsExactly("here", "dc2");
    }

    @Test
    void whatASiteSaysHoldsForTheGroupsThatAreThere() {
        Composition loaded = cluster("", "dc2/metal", "dc3/metal");

        assertThat(loaded.uses().keySet()).containsExactly("web", "back", "more");
        for (String use : loaded.uses().keySet()) {
            String site = use.equals("web") ? "lab" : use.equals("back") ? "dc2" : "dc3";
            assertThat(layers(loaded, use))
                    .extracting(layer -> layer.value().span().file())
                    .containsExactly("packs/app/web.yaml", "sites/" + site + ".yaml");
            assertThat(external(loaded, use).values().values())
                    .extracting(value -> value.span().file())
                    .containsExactly("sites/" + site + ".yaml");
        }
    }

    @Test
    void whatIsInTheFileOfAnySiteInUseIsPartOfTheDigest() {
        String before = cluster("", "dc2/metal", "dc2/metal2").digest();
        site("dc3", "auto", "metal: " + inventory("10.0.0.4"), 3);
        assertThat(cluster("", "dc2/metal", "dc2/metal2").digest()).isEqualTo(before);
        site("dc2", "auto", "metal: " + inventory("10.0.0.2"), 2);
        assertThat(cluster("", "dc2/metal", "dc2/metal2").digest()).isNotEqualTo(before);
    }

    private static NodeAccess access(Composition composition, String provider) {
        return Objects.requireNonNull(composition.providers().get(provider)).machines().stream()
                .map(Machine::access)
                .findFirst()
                .orElseThrow();
    }

    private static List<Layer> layers(Composition composition, String use) {
        return Objects.requireNonNull(
                        Objects.requireNonNull(composition.uses().get(use)).inputs().get("port"))
                .layers();
    }

    private static Supply.External external(Composition composition, String use) {
        return (Supply.External)
                Objects.requireNonNull(
                        Objects.requireNonNull(composition.uses().get(use))
                                .requires()
                                .get("names"));
    }

    private static String inventory(String address) {
        String machine =
                "{ address: %s, identity: key, host_keys: [\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHB1YmxpYw\"] }"
                        .formatted(address);
        return "{ kind: inventory, machines: { back-1: %s, more-1: %s } }"
                .formatted(machine, machine.replace("10.0.0.", "10.0.1."));
    }

    private void site(String name, String approve, String providers, int number) {
        String all = name.equals("dc2") ? providers + ", metal2: { kind: lab }" : providers;
        files.write(
                "sites/" + name + ".yaml",
                """
                site: %s
                approve: %s
                providers: { %s }
                external: { names: { interface: dns, values: { at: %d } } }
                values: { app/web: { port: %d } }
                """
                        .formatted(name, approve, all, number, number));
    }

    private static String text(String back, String more) {
        return """
        cluster: demo
        site: lab
        packs: [app]
        groups:
          front: { count: 1, uses: { web: app/web } }
          back: { count: 1, at: %s, uses: { back: app/web } }
          more: { count: 1, at: %s, uses: { more: app/web } }
        """
                .formatted(back, more);
    }

    private Composition cluster(String in, String back, String more) {
        files.write(in + "cluster.yaml", text(back, more));
        return load(in + "cluster.yaml", Optional.empty());
    }

    private Composition load(String file, Optional<String> site) {
        Loaded loaded =
                Loader.load(
                        new LoadRequest(folder.resolve(file), site, new LinkedHashMap<>(), folder));
        assertThat(loaded.diagnostics()).isEmpty();
        return loaded.composition().orElseThrow();
    }
}
