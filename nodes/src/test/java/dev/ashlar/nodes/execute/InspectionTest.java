package dev.ashlar.nodes.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

/// Everything of a node is looked at together, and nothing of it hinders the rest.
@ParameterizedClass
@FieldSource("dev.ashlar.nodes.execute.LocalNodes#SHELLS")
@Timeout(60)
class InspectionTest {
    private static final InstanceKey CALL = InstanceKey.onNode("use", "certificate", "here");
    private static final Duration LONG = Duration.ofSeconds(50);

    private final Path folder;
    private final LocalNodes nodes;

    InspectionTest(String shell, @TempDir Path folder) throws IOException {
        this.folder = Files.createDirectory(folder.resolve("place"));
        nodes = new LocalNodes(shell, Files.createDirectory(folder.resolve("node")));
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void tellsOfResourcesFilesOfServicesAndProbesTogether() throws Exception {
        Work.Apply steps = LocalNodes.apply(text("same"), text("other"));
        nodes.execute(LocalNodes.apply(text("same")));
        List<Owned> made = List.of(key("key.pem"), file("made"));

        var seen =
                inspect(
                        List.of(steps),
                        made,
                        List.of(
                                probe("well", "test \"$WORD\" = 'two words'", LONG),
                                probe("ill", "echo no answer; exit 3", LONG)));

        assertThat(seen.differences())
                .isEqualTo(
                        Map.of(
                                LocalNodes.KEY,
                                List.of("file " + folder.resolve("other") + ": not there")));
        assertThat(seen.unhealthy().keySet()).containsExactly(instance("ill"));
        Failure failure = unhealthy(seen, "ill");
        assertThat(failure.exitCode()).contains(3);
        assertThat(failure.lastOutput()).containsExactly("no answer");
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void aProbeThatHangsEndsWithinItsBoundAndTheRestIsTold() throws Exception {
        Work.Apply step = LocalNodes.apply(text("absent"));

        var seen =
                inspect(
                        List.of(step),
                        List.of(file("made")),
                        List.of(
                                probe("hangs", "sleep 47120", Duration.ofSeconds(1)),
                                probe("leaves", "sleep 47121 & true", LONG),
                                probe("loud", "yes | head -c 3000000; exit 1", LONG),
                                probe("well", ":", LONG)));

        assertThat(seen.differences().keySet()).containsExactly(LocalNodes.KEY);
        assertThat(seen.unhealthy().keySet())
                .containsExactly(instance("hangs"), instance("leaves"), instance("loud"));
        assertThat(unhealthy(seen, "hangs").kind()).isEqualTo("timeout");
        assertThat(unhealthy(seen, "leaves").kind()).isEqualTo("left-processes");
        assertThat(unhealthy(seen, "loud").exitCode()).contains(1);
        assertThat(LocalNodes.running("sleep 47120")).isFalse();
        assertThat(LocalNodes.running("sleep 47121")).isFalse();
    }

    @Test
    void whatAServiceMadeIsComparedAsRecorded() throws Exception {
        Owned key = key("key.pem");
        Owned other = key("other.pem");
        Owned content = file("content");
        Owned mode = file("mode");
        Owned gone = file("gone");
        Owned link = file("link");
        Owned fine = file("fine");
        Owned old = Owned.of("private-key", file("old").identity(), false, Map.of());
        Files.copy(path(key), path(other), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(path(content), "else\n");
        Files.setPosixFilePermissions(path(mode), PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.delete(path(gone));
        Files.delete(path(link));
        Files.createSymbolicLink(path(link), path(fine));
        Owned directory = Owned.of("directory", folder.toString(), false, Map.of("mode", "0123"));

        var seen =
                inspect(
                        List.of(),
                        List.of(key, other, content, mode, gone, link, fine, old, directory),
                        List.of());

        assertThat(seen.differences().get(CALL))
                .hasSize(6)
                .contains(
                        "private-key " + other.identity() + ": another key",
                        "file " + content.identity() + ": content differs",
                        "file " + mode.identity() + ": mode 666, not 644",
                        "file " + gone.identity() + ": not there",
                        "file " + link.identity() + ": not there")
                .anyMatch(line -> line.startsWith("directory " + folder + ": mode "));
    }

    @Test
    void aComparisonThatDoesNotComeToItsEndIsNoAgreement() throws Exception {
        Resource command =
                Resource.of(
                        ResourceKind.COMMAND,
                        Map.of(
                                "name", Value.text("kills"),
                                "check", Value.text("kill -9 $PPID"),
                                "run", Value.text(":")));

        var seen =
                inspect(
                        List.of(LocalNodes.apply(command, text("after"))),
                        List.of(),
                        List.of(probe("ill", "exit 1", LONG)));

        assertThat(seen.differences()).containsKey(InstanceKey.acquire("here"));
        assertThat(seen.unhealthy().keySet()).containsExactly(instance("ill"));
    }

    @Test
    void aProbeIsNotHealthyByItsLastCommandAlone() throws Exception {
        var seen = inspect(List.of(), List.of(), List.of(probe("ill", "false\ntrue", LONG)));
        assertThat(seen.unhealthy().keySet()).containsExactly(instance("ill"));
    }

    private Inspection.Outcome.Seen inspect(
            List<Work.Apply> steps, List<Owned> made, List<Work.Probe> probes) {
        SequencedMap<InstanceKey, List<Owned>> ofServices = new LinkedHashMap<>();
        ofServices.put(CALL, made);
        var outcome =
                nodes.executor.inspect(
                        "here", new Inspection(steps, ofServices, List.of(), probes));
        assertThat(outcome).isInstanceOf(Inspection.Outcome.Seen.class);
        return (Inspection.Outcome.Seen) outcome;
    }

    private static Failure unhealthy(Inspection.Outcome.Seen seen, String step) {
        return Objects.requireNonNull(seen.unhealthy().get(instance(step)), step);
    }

    private static InstanceKey instance(String step) {
        return InstanceKey.onNode("use", step, "here");
    }

    private static Work.Probe probe(String step, String script, Duration within) {
        SequencedMap<String, Value> inputs = new LinkedHashMap<>();
        inputs.put("word", Value.text("two words"));
        return new Work.Probe(
                instance(step),
                "look",
                "here",
                new StepSpec.Script("health.sh", script),
                inputs,
                within);
    }

    private Resource text(String name) {
        return Resource.of(
                ResourceKind.FILE,
                Map.of(
                        "path", Value.text(folder.resolve(name).toString()),
                        "content", Value.text(name + "\n"),
                        "owner", Value.text(System.getProperty("user.name"))));
    }

    /// A file as a service makes it and as the record then says of it.
    private Owned file(String name) {
        Report report = nodes.execute(LocalNodes.apply(text(name)));
        return new ArrayList<>(((Report.Done) report).owned()).getFirst();
    }

    private static Path path(Owned owned) {
        return Path.of(owned.identity());
    }

    private Owned key(String name) throws IOException, InterruptedException {
        Path path = folder.resolve(name);
        String openssl =
                ("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out '%1$s'"
                                + " && chmod 600 '%1$s'"
                                + " && openssl pkey -in '%1$s' -pubout -outform DER | sha256sum")
                        .formatted(path);
        Process process = new ProcessBuilder("sh", "-c", openssl).start();
        String sum =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .split(" ", 2)[0];
        assertThat(process.waitFor()).isZero();
        return Owned.of(
                "private-key",
                path.toString(),
                false,
                Map.of(
                        "public_sha256",
                        sum,
                        "mode",
                        "0600",
                        "owner",
                        System.getProperty("user.name")));
    }
}
