package dev.ashlar.nodes.execute;

import static dev.ashlar.nodes.execute.LabNode.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.nodes.channel.ShellText;
import dev.ashlar.nodes.transport.LocalTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

/// What is common to all package managers, on every shell, with a program that stands for apk. What
/// real managers do is seen on machines.
@ParameterizedClass
@FieldSource("dev.ashlar.nodes.execute.LocalNodes#SHELLS")
@Timeout(60)
class PackageResourceTest {
    private final Path world;
    private final LocalNodes nodes;

    PackageResourceTest(String shell, @TempDir Path folder) throws IOException {
        world = folder.resolve("world");
        for (String name : List.of("offered", "lists", "installed")) {
            Files.createDirectories(world.resolve(name));
        }
        Path programs = Files.createDirectories(folder.resolve("programs"));
        program(programs, "apk", ShellText.packed(PackageResourceTest.class, "apk.sh"));
        for (String each : List.of("dash", "bash", "busybox")) {
            program(programs, each, "#!/bin/sh\nexec /bin/" + each + " \"$@\"\n");
        }
        // Nothing else of this host is there, so no other manager either.
        nodes =
                new LocalNodes(
                        new LocalTransport(shell, Map.of()),
                        folder,
                        programs + ":" + LocalNodes.applets());
        offer("part", "1-r0");
        offer("tool", "1.0-r0");
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private static void program(Path folder, String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void offer(String name, String version) throws IOException {
        Files.writeString(world.resolve("offered").resolve(name), version + "\n");
    }

    private List<String> installed() {
        return List.of(world.resolve("installed").toFile().list()).stream().sorted().toList();
    }

    private static Resource wanted(String name, String version) {
        return resource(ResourceKind.PACKAGE, "name", name, "version", version);
    }

    private Report.Done done(Resource resource) {
        return (Report.Done) nodes.execute(LocalNodes.apply(resource));
    }

    private Failure failure(Work work) {
        return ((Report.NotDone) nodes.execute(work)).failure();
    }

    @Test
    void comesOnceInTheVersionThatIsWantedAndGoesWithWhatItBrought() throws IOException {
        Files.writeString(world.resolve("installed/base"), "7-r0\n");
        Report.Done came = done(wanted("tool", "1.0-r0"));
        assertThat(came.changed()).containsExactly("package tool: installed");
        assertThat(came.log()).contains("Installing tool (1.0-r0)");
        assertThat(installed()).containsExactly("base", "part", "tool");
        assertThat(done(wanted("tool", "1.0-r0")).changed()).isEmpty();
        offer("tool", "2.0-r0");
        assertThat(done(wanted("tool", "2.0-r0")).changed())
                .containsExactly("package tool: version 2.0-r0, was 1.0-r0");
        nodes.execute(LocalNodes.undo(done(wanted("base", ""))));
        assertThat(installed()).containsExactly("base", "part", "tool");
        nodes.execute(LocalNodes.undo(came));
        assertThat(installed()).containsExactly("base");
    }

    @Test
    void aLockIsWaitedForAndNamedWhenTheWaitIsOver() throws IOException {
        Files.writeString(world.resolve("locked"), "once\n");
        assertThat(done(wanted("tool", "")).changed()).hasSize(1);
        Files.writeString(world.resolve("locked"), "again\n".repeat(50));
        Failure locked =
                failure(
                        new Work.Apply(
                                LocalNodes.KEY,
                                LocalNodes.intent(),
                                "here",
                                List.of(wanted("tool", "9-r0")),
                                Duration.ofSeconds(8),
                                StepSpec.OnDisconnect.KILL));
        assertThat(locked.kind()).isEqualTo("apk-lock");
        assertThat(locked.message()).contains("Unable to lock database");
        assertThat(locked.hint()).isPresent();
        assertThat(locked.lasting()).isFalse();
    }

    @Test
    void whatAManagerHadSaidWhenItWasStoppedIsTold() throws Exception {
        offer("slow", "1-r0");
        Work work =
                new Work.Apply(
                        LocalNodes.KEY,
                        LocalNodes.intent(),
                        "here",
                        List.of(wanted("slow", "")),
                        Duration.ofSeconds(60),
                        StepSpec.OnDisconnect.FINISH);
        CompletableFuture<Report> report = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> report.complete(nodes.execute(work)));
        await().until(() -> Files.exists(world.resolve("begun")));
        caller.interrupt();
        assertThat(report.get(20, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Report.Stopped.class,
                        stopped -> assertThat(stopped.log()).contains("Installing slow (1-r0)\n"));
    }

    @Test
    void whatIsUnknownIsAPersonsFaultOnlyWhenTheSourceCouldBeRead() throws IOException {
        Failure unknown = failure(LocalNodes.apply(wanted("nothing", "")));
        assertThat(unknown.kind()).isEqualTo("no-package");
        assertThat(unknown.message()).contains("nothing (no such package)");
        assertThat(unknown.lasting()).isTrue();
        Files.createFile(world.resolve("away"));
        Failure away = failure(LocalNodes.apply(wanted("nothing", "")));
        assertThat(away.kind()).isEqualTo("download");
        assertThat(away.message()).contains("APKINDEX");
        assertThat(away.lasting()).isFalse();
    }

    /// What it keeps in the folder that the package's script takes away.
    private Path leftData() throws IOException {
        Path home = Files.createDirectories(world.resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-x---"));
        Path data = home.resolve("of it");
        Report.Done made = done(data(data));
        Files.writeString(data.resolve("kept"), "precious\n");
        Report.Done left = (Report.Done) nodes.execute(LocalNodes.undo(made));
        assertThat(left.changed()).containsExactly("directory " + data + ": left in place");
        return data;
    }

    private static Resource data(Path path) {
        return resource(ResourceKind.DIRECTORY, "path", path.toString(), "data", "true");
    }

    private void expectThere(Path data) throws IOException {
        assertThat(data.resolve("kept")).hasContent("precious");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.getParent())))
                .isEqualTo("rwxr-x---");
        assertThat(nodes.folder.resolve("state/left/places")).isEmptyDirectory();
    }

    @Test
    void dataThatIsLeftDoesNotGoWithItsPackage() throws IOException {
        Report.Done came = done(wanted("tool", ""));
        Path data = leftData();
        nodes.execute(LocalNodes.undo(came));
        assertThat(installed()).isEmpty();
        expectThere(data);
    }

    @Test
    void dataThatLiesAsideWhenThePackageIsCutOffComesBackWithTheNextTry() throws IOException {
        Report.Done came = done(wanted("tool", ""));
        Path data = leftData();
        Files.createFile(world.resolve("stuck"));
        Work.Undo cut =
                new Work.Undo(
                        LocalNodes.KEY,
                        LocalNodes.intent(),
                        Optional.of("here"),
                        came.owned(),
                        Duration.ofSeconds(2));
        assertThat(nodes.execute(cut)).isInstanceOf(Report.NotDone.class);
        assertThat(data).doesNotExist();
        Files.delete(world.resolve("stuck"));
        nodes.execute(LocalNodes.undo(came));
        assertThat(installed()).isEmpty();
        expectThere(data);
    }

    @Test
    void dataThatIsWantedAgainIsBackAndNotPutAside() throws IOException {
        Report.Done came = done(wanted("tool", ""));
        Path data = leftData();
        Path state = nodes.folder.resolve("state/left");
        assertThat(state.resolve("notes")).isNotEmptyDirectory();
        done(data(data));
        assertThat(data.resolve("kept")).hasContent("precious");
        assertThat(state.resolve("notes")).isEmptyDirectory();
        assertThat(came.owned()).hasSize(1);
    }

    @Test
    void withoutAnyManagerThatIsSaid() throws IOException {
        Files.delete(world.resolveSibling("programs/apk"));
        Failure failure = failure(LocalNodes.apply(wanted("tool", "")));
        assertThat(failure.kind()).isEqualTo("no-package-manager");
        assertThat(failure.message()).contains("apt", "dnf", "zypper", "apk", "pacman");
    }
}
