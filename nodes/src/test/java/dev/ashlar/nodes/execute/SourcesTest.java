package dev.ashlar.nodes.execute;

import static dev.ashlar.nodes.execute.LabNode.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.text.Sha256;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Failure.Fault;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Where a real machine gets things from: a signed repository of packages, and archives for which a
/// small machine has no program of its own.
@Tag("lab")
@Timeout(180)
class SourcesTest {
    private static final String NAME = "ashlar-test-hello";

    @SuppressWarnings("NullAway.Init") // JUnit sets it up before every test.
    private static LabNode node;

    @SuppressWarnings("NullAway.Init")
    private static PackageSource source;

    @BeforeAll
    static void up(@TempDir Path folder, @TempDir Path served) throws Exception {
        node = new LabNode(folder, settings -> settings);
        String[] route = node.says("busybox ip route | grep ^default").split(" ");
        source = new PackageSource(served, route[2]);
    }

    @AfterAll
    static void down() throws Exception {
        try {
            source.close();
        } finally {
            node.close();
        }
    }

    private static Work.Apply step(Resource... resources) {
        return new Work.Apply(
                LocalNodes.KEY,
                LocalNodes.intent(),
                LabNode.NAME,
                List.of(resources),
                Duration.ofMinutes(2),
                StepSpec.OnDisconnect.FINISH);
    }

    private static Resource repository(String uri, String suite, String key) {
        return resource(
                ResourceKind.REPOSITORY, "name", "own", "uri", uri, "suite", suite, "key", key);
    }

    private static Failure failure(Report report) {
        assertThat(report).isInstanceOf(Report.NotDone.class);
        return ((Report.NotDone) report).failure();
    }

    private static List<String> differences(Resource resource) {
        return LocalNodes.differences(node.executor, LabNode.NAME, resource);
    }

    @Test
    void repositoryWithItsKeyComesChangesAndGoes() throws Exception {
        String before = node.says("ls /etc/apt/sources.list.d /etc/apt/keyrings 2>&1; true");
        String key = source.key("ours");
        Resource first = repository(source.publish("one", NAME, "1.0"), "one", key);
        assertThat(differences(first))
                .containsExactly("repository own: source differs; key differs");
        assertThat(node.done(step(first)).changed())
                .containsExactly("repository own: source written; key written");
        assertThat(node.done(step(first)).changed()).isEmpty();
        assertThat(differences(first)).isEmpty();
        Report.Done installed = node.done(step(resource(ResourceKind.PACKAGE, "name", NAME)));
        assertThat(node.says("cat /version-of-" + NAME)).isEqualTo("1.0");

        Resource second = repository(source.publish("two", NAME, "2.0"), "two", key);
        assertThat(differences(second)).containsExactly("repository own: source differs");
        Report.Done changed = node.done(step(second));
        node.done(step(resource(ResourceKind.PACKAGE, "name", NAME, "version", "2.0")));
        assertThat(node.says("cat /version-of-" + NAME)).isEqualTo("2.0");

        node.done(LocalNodes.undo(installed));
        node.done(LocalNodes.undo(changed));
        assertThat(node.says("ls /etc/apt/sources.list.d /etc/apt/keyrings 2>&1; true"))
                .isEqualTo(before);
        assertThat(node.says("test -e /version-of-" + NAME + " || echo gone")).isEqualTo("gone");
        assertThat(failure(node.execute(step(resource(ResourceKind.PACKAGE, "name", NAME)))).kind())
                .isEqualTo("no-package");
    }

    @Test
    void repositoryThatAnotherKeySignedIsNotTrustedUntilTheKeyIsRight() throws Exception {
        String uri = source.publish("three", NAME + "-3", "3.0");
        Failure refused =
                failure(node.execute(step(repository(uri, "three", source.key("other")))));
        assertThat(refused.kind()).isEqualTo("signature");
        assertThat(refused.fault()).isEqualTo(Fault.ACCESS);
        Report.Done done = node.done(step(repository(uri, "three", source.key("ours"))));
        assertThat(done.changed()).containsExactly("repository own: key written");
        node.done(LocalNodes.undo(done));
    }

    @Test
    void archivesAreOpenedByWhatASmallMachineHasAndRefusedBeforeAnythingIsFetched()
            throws Exception {
        byte[] zip = ArchiveTest.zip(Map.of("p/one", "one\n"));
        assertThat(node.says("command -v unzip || command -v xz || echo neither"))
                .isEqualTo("neither");
        for (Resource archive :
                List.of(served("a.zip", zip), served("a.tar.xz", ArchiveTest.TAR_XZ))) {
            Report.Done done = node.done(step(archive));
            assertThat(node.says("cat /opt/archive/p/one")).isEqualTo("one");
            assertThat(differences(archive)).isEmpty();
            node.done(LocalNodes.undo(done));
            assertThat(node.says("test -e /opt/archive || echo gone")).isEqualTo("gone");
        }
        node.says("mv /usr/bin/busybox /usr/bin/was-busybox");
        Resource nowhere = archive("http://192.0.2.1/a.zip", zip);
        Failure refused = failure(node.execute(step(nowhere)));
        node.says("mv /usr/bin/was-busybox /usr/bin/busybox");
        assertThat(refused.kind()).isEqualTo("no-unpacker");
        assertThat(refused.message()).contains("no program here opens", "package resource");
    }

    private static Resource served(String name, byte[] bytes) throws IOException {
        return archive(source.serve(name, bytes), bytes);
    }

    private static Resource archive(String url, byte[] bytes) {
        return resource(
                ResourceKind.ARCHIVE,
                "path",
                "/opt/archive",
                "url",
                url,
                "sha256",
                Sha256.hex(bytes));
    }
}
