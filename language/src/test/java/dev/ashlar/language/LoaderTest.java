package dev.ashlar.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.composition.Binding;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void loadsTheEtcdExample() throws InterruptedException {
        Loaded loaded = Loader.loadThoroughly(Repository.etcd(), _ -> false, _ -> List.of());

        assertThat(loaded.diagnostics()).isEmpty();
        Composition composition = loaded.composition().orElseThrow();
        assertThat(composition.groups().firstEntry().getValue().nodes())
                .containsExactly("store-1", "store-2", "store-3");
        assertThat(composition.uses().firstEntry().getValue().component().steps())
                .extracting(StepSpec::name)
                .containsExactly(
                        "install", "peer_certificate", "certificate", "configure", "run", "client");
    }

    @Test
    void whatWasFoundRightBeforeIsNotLookedIntoAgain() throws InterruptedException {
        Diagnostic wrong = Diagnostic.of(Code.ASH0209, Span.wholeFile("cluster.yaml"), "wrong");
        assertThat(Loader.loadThoroughly(Repository.etcd(), _ -> false, _ -> List.of(wrong)))
                .extracting(Loaded::diagnostics)
                .isEqualTo(List.of(wrong));
        Loaded known = Loader.loadThoroughly(Repository.etcd(), _ -> true, _ -> List.of(wrong));
        assertThat(known.diagnostics()).isEmpty();
        assertThat(known.composition()).isPresent();
    }

    @Test
    void rendersTheConfigurationOfAFounder() {
        UseSpec use = composition(Map.of()).uses().firstEntry().getValue();
        ResourceSpec file = resource(use, "configure", 0);
        Expression content = file.parameters().get("content");
        Value peers =
                Value.list(
                        List.of(
                                peer("store-1", "https://10.0.0.1:2380"),
                                peer("store-2", "https://10.0.0.2:2380")));
        Value files =
                Value.structure(
                        "Tls",
                        Map.of(
                                "cert", Value.text("/c.pem"),
                                "key", Value.text("/k.pem"),
                                "ca", Value.text("/ca.pem"),
                                "revoked", Value.text("/revoked.pem")));
        Value inputs =
                Value.structure(
                        "Inputs",
                        Map.of(
                                "name", Value.text("kv"),
                                "address", Value.text("10.0.0.1"),
                                "listen_address", Value.text("0.0.0.0"),
                                "client_port", Value.number(2379),
                                "peer_port", Value.number(2380),
                                "data_dir", Value.text("/var/lib/etcd/kv"),
                                "start",
                                        Value.structure(
                                                "Start",
                                                Map.of("peers", peers, "state", Value.text("new"))),
                                "to_peers", files,
                                "to_clients", files));
        Value named = Value.structure("Named", Map.of("name", Value.text("store-1")));

        Value text =
                java.util.Objects.requireNonNull(content)
                        .evaluate(name ->
                                switch (name) {
                                    case "inputs" -> inputs;
                                    default -> named;
                                });

        assertThat(text.data()).isInstanceOf(Data.Text.class);
        assertThat(((Data.Text) text.data()).text())
                .contains(
                        "initial-cluster: \"store-1=https://10.0.0.1:2380,store-2=https://10.0.0.2:2380\"\n")
                .contains("advertise-client-urls: \"https://10.0.0.1:2379\"\n")
                .contains("PeerTLSInfo: { CRLFile: \"/revoked.pem\" }\n")
                .endsWith("logger: zap\n");
    }

    @Test
    void setsReplaceValuesByTheirType() {
        Composition composition =
                composition(
                        Map.of(
                                "groups.store.count", "5",
                                "groups.store.kv.client_port", "12379",
                                "groups.store.kv.version", "3.4"));

        assertThat(composition.groups().firstEntry().getValue().nodes()).hasSize(5);
        SequencedMap<String, Binding> inputs = composition.uses().firstEntry().getValue().inputs();
        assertThat(layers(inputs, "client_port")).containsExactly("default", "--set");
        assertThat(value(inputs, "client_port").data()).isEqualTo(new Data.Int(12379));
        assertThat(value(inputs, "client_port").label().origins())
                .containsExactly(new Origin.Given("--set groups.store.kv.client_port"));
        assertThat(value(inputs, "version").data()).isEqualTo(new Data.Text("3.4"));
    }

    @Test
    void digestTellsFilesAndSetsApart() {
        String plain = composition(Map.of()).digest();

        assertThat(plain).matches("[0-9a-f]{64}").isEqualTo(composition(Map.of()).digest());
        assertThat(composition(Map.of("groups.store.count", "4")).digest()).isNotEqualTo(plain);
        // What says the same as the files is no other goal.
        assertThat(composition(Map.of("groups.store.count", "3")).digest()).isEqualTo(plain);
    }

    @Test
    void digestCoversTemplatesAndScripts() throws IOException {
        Path copy = copyOfExample();
        String before = digest(copy);
        Files.writeString(
                copy.resolve("packs/etcd/health.sh"),
                Files.readString(copy.resolve("packs/etcd/health.sh")) + "# more\n");

        assertThat(digest(copy)).isNotEqualTo(before);
    }

    @Test
    void nearerPackHidesFartherOne() throws IOException {
        Path copy = copyOfExample();
        Path nearer = copy.resolve("examples/etcd/packs/etcd");
        Files.createDirectories(nearer);
        Files.writeString(nearer.resolve("pack.yaml"), "pack: etcd\nversion: 2.0.0\n");
        Files.writeString(
                nearer.resolve("member.yaml"),
                "component: member\nsteps:\n  only: { run: \"true\" }\n");

        Loaded loaded = load(copy);

        assertThat(loaded.diagnostics()).isEmpty();
        assertThat(
                        loaded.composition()
                                .orElseThrow()
                                .uses()
                                .firstEntry()
                                .getValue()
                                .component()
                                .steps())
                .extracting(StepSpec::name)
                .containsExactly("only");
    }

    @Test
    void twoUsesOfTheEtcdPackFitOnOneNode() throws IOException {
        Path copy = copyOfExample();
        Path cluster = copy.resolve("examples/etcd/cluster.yaml");
        Files.writeString(
                cluster,
                """
                cluster: two
                site: lab
                packs: [etcd]
                groups:
                  store:
                    count: 3
                    uses:
                      kv: etcd/member
                      more: { component: etcd/member, with: { client_port: 12379, peer_port: 12380 } }
                """);

        assertThat(load(copy).diagnostics()).isEmpty();

        Files.writeString(
                cluster, Files.readString(cluster).replace("12380 }", "12380, name: kv }"));

        assertThat(load(copy).diagnostics())
                .extracting(d -> d.code() + " " + d.message())
                .contains(
                        "ASH0405 steps \"kv.run\" and \"more.run\" both manage unit etcd-kv.service");
    }

    private static Value peer(String name, String url) {
        return Value.structure("Peer", Map.of("name", Value.text(name), "url", Value.text(url)));
    }

    private static ResourceSpec resource(UseSpec use, String step, int index) {
        StepSpec found = use.component().step(step).orElseThrow();
        return ((Action.Resources) found.action()).resources().get(index);
    }

    private static List<String> layers(SequencedMap<String, Binding> inputs, String name) {
        return java.util.Objects.requireNonNull(inputs.get(name)).layers().stream()
                .map(layer -> layer.from().word())
                .toList();
    }

    private static Value value(SequencedMap<String, Binding> inputs, String name) {
        return java.util.Objects.requireNonNull(inputs.get(name))
                .effective(Optional.empty())
                .evaluate(variable -> {
                    throw new IllegalArgumentException(variable);
                });
    }

    private static Composition composition(Map<String, String> sets) {
        LoadRequest request = Repository.etcd();
        Loaded loaded =
                Loader.load(
                        new LoadRequest(
                                request.clusterFile(),
                                Optional.empty(),
                                new LinkedHashMap<>(sets),
                                request.home()));
        assertThat(loaded.diagnostics()).isEmpty();
        return loaded.composition().orElseThrow();
    }

    private static Loaded load(Path copy) {
        return Loader.load(
                new LoadRequest(
                        copy.resolve("examples/etcd/cluster.yaml"),
                        Optional.empty(),
                        new LinkedHashMap<>(),
                        copy));
    }

    private static String digest(Path copy) {
        return load(copy).composition().orElseThrow().digest();
    }

    private Path copyOfExample() throws IOException {
        for (String part : List.of("examples/etcd", "packs/etcd", "sites")) {
            Files.createDirectories(folder.resolve(part));
            try (var files = Files.list(Repository.ROOT.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.copy(file, folder.resolve(part).resolve(file.getFileName()));
                }
            }
        }
        return folder;
    }
}
