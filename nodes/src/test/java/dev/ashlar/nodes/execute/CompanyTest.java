package dev.ashlar.nodes.execute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.nodes.transport.LocalTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

/// Works of one node that share a round trip end as each would alone.
@ParameterizedClass
@FieldSource("dev.ashlar.nodes.execute.LocalNodes#SHELLS")
@Timeout(60)
class CompanyTest {
    private static final String ME = System.getProperty("user.name");
    private final LocalNodes nodes;
    private final String shell;
    private final Path folder;

    CompanyTest(String shell, @TempDir Path folder) {
        this.shell = shell;
        this.folder = folder;
        nodes = new LocalNodes(shell, folder);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private static Resource file(Path path, byte[] content, String mode) {
        return Resource.of(
                ResourceKind.FILE,
                Map.of(
                        "path", Value.text(path.toString()),
                        "content", new Value(new Data.Blob(content), Label.NONE),
                        "mode", Value.text(mode),
                        "owner", Value.text(ME)));
    }

    private Resource text(String name, String content) {
        return file(folder.resolve(name), content.getBytes(UTF_8), "0640");
    }

    private static Resource directory(Path path) {
        return Resource.of(
                ResourceKind.DIRECTORY,
                Map.of(
                        "path", Value.text(path.toString()),
                        "mode", Value.text("0750"),
                        "owner", Value.text(ME)));
    }

    private List<Report> together(Work.Apply... works) {
        return nodes.executor.together(List.of(works));
    }

    private static List<String> changed(Report report) {
        assertThat(report).isInstanceOf(Report.Done.class);
        return ((Report.Done) report).changed();
    }

    @Test
    void eachBringsItsOwnAboutAndNothingChangesTheSecondTime() {
        Work.Apply[] works = {
            LocalNodes.apply(text("one", "1\n"), text("deep/er/two", "2")),
            LocalNodes.apply(directory(folder.resolve("three")), text("three/in", "it's\n")),
            LocalNodes.apply(text("four with a 'name'", ""))
        };
        List<Report> first = together(works);
        assertThat(first.stream().map(CompanyTest::changed).map(List::size))
                .containsExactly(2, 2, 1);
        assertThat(folder.resolve("one")).hasContent("1\n");
        assertThat(folder.resolve("deep/er/two")).hasContent("2");
        assertThat(folder.resolve("three/in")).hasContent("it's\n");
        assertThat(folder.resolve("four with a 'name'")).isEmptyFile();
        assertThat(together(works)).allMatch(report -> changed(report).isEmpty());
    }

    @Test
    void whatFailsInOneStopsThatOneAlone() throws IOException {
        Files.createDirectories(folder.resolve("folder/full"));
        List<Report> reports =
                together(
                        LocalNodes.apply(text("a", "a")),
                        LocalNodes.apply(
                                text("b", "b"), text("folder", "no"), text("never", "never")),
                        LocalNodes.apply(text("c", "c")));
        assertThat(changed(reports.get(0))).hasSize(1);
        assertThat(changed(reports.get(2))).hasSize(1);
        assertThat(reports.get(1))
                .isInstanceOfSatisfying(
                        Report.NotDone.class,
                        failed -> {
                            assertThat(failed.failure().kind()).isEqualTo("wrong-type");
                            assertThat(failed.owned()).hasSize(2);
                        });
        assertThat(folder.resolve("b")).hasContent("b");
        assertThat(folder.resolve("never")).doesNotExist();
    }

    /// What a shell cannot hold, what is sent ahead, and what is no text.
    @Test
    void everyKindOfContentArrivesByteForByte() throws IOException {
        List<byte[]> contents =
                List.of(
                        "quotes ' \" ` $HOME \\ %s \n\n".getBytes(UTF_8),
                        new byte[] {0, 1, -1, '\n'},
                        "x".repeat(70_000).getBytes(UTF_8),
                        "-n\r\n".getBytes(UTF_8),
                        "\\0101 \\c".getBytes(UTF_8),
                        "umlaut \u00e4\n".getBytes(UTF_8));
        List<Work.Apply> works = new ArrayList<>();
        for (int i = 0; i < contents.size(); i++) {
            works.add(
                    LocalNodes.apply(
                            file(folder.resolve("content-" + i), contents.get(i), "0600")));
        }
        assertThat(nodes.executor.together(works)).allMatch(report -> changed(report).size() == 1);
        for (int i = 0; i < contents.size(); i++) {
            assertThat(Files.readAllBytes(folder.resolve("content-" + i)))
                    .isEqualTo(contents.get(i));
        }
    }

    @Test
    void rightsAreAsAskedForWhateverTheyAre() throws IOException {
        List<String> modes = List.of("0644", "0600", "0755", "0444", "0040", "0666");
        List<Work.Apply> works =
                modes.stream()
                        .map(mode ->
                                LocalNodes.apply(
                                        file(folder.resolve("mode" + mode), new byte[0], mode)))
                        .toList();
        assertThat(nodes.executor.together(works)).allMatch(report -> changed(report).size() == 1);
        for (String mode : modes) {
            int bits = Integer.parseInt(mode, 8);
            assertThat(bits(folder.resolve("mode" + mode))).as(mode).isEqualTo(bits);
        }
        assertThat(nodes.executor.together(works)).allMatch(report -> changed(report).isEmpty());
    }

    private static int bits(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode") & 0777;
    }

    @Test
    void whatWasThereBeforeIsGivenBackAndWhatWasNotGoes() throws IOException {
        Path old = Files.writeString(folder.resolve("old"), "before");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-rw-rw-"));
        List<Report> reports =
                together(
                        LocalNodes.apply(text("old", "after")),
                        LocalNodes.apply(text("new/in", "new")));
        assertThat(old).hasContent("after");
        reports.forEach(report ->
                assertThat(nodes.execute(LocalNodes.undo(report))).isInstanceOf(Report.Done.class));
        assertThat(old).hasContent("before");
        assertThat(bits(old)).isEqualTo(0666);
        assertThat(folder.resolve("new")).doesNotExist();
    }

    /// Nothing that was written on the way stays beside what it was for.
    @Test
    void nothingIsLeftBesideTheFiles() throws IOException {
        Files.createDirectories(folder.resolve("etc/taken"));
        together(
                LocalNodes.apply(text("etc/a", "a"), text("etc/taken", "no")),
                LocalNodes.apply(text("etc/b", "b")));
        assertThat(names("etc")).containsExactlyInAnyOrder("a", "b", "taken");
    }

    private List<String> names(String of) throws IOException {
        try (Stream<Path> there = Files.list(folder.resolve(of))) {
            return there.map(path -> path.getFileName().toString()).toList();
        }
    }

    private Work.Apply[] many() {
        return Stream.of("a", "b", "c", "d", "e")
                .map(name -> LocalNodes.apply(text("etc/" + name, name)))
                .toArray(Work.Apply[]::new);
    }

    @Test
    void manyTakeTheirPlacesWhateverStandsThere() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.createDirectories(folder.resolve("etc"));
        Files.writeString(folder.resolve("etc/a"), "another");
        Files.createSymbolicLink(folder.resolve("etc/b"), elsewhere);
        Files.createSymbolicLink(folder.resolve("etc/c"), folder.resolve("nowhere"));
        assertThat(together(many())).allMatch(report -> changed(report).size() == 1);
        for (String name : names("etc")) {
            assertThat(folder.resolve("etc/" + name)).isRegularFile().hasContent(name);
            assertThat(Files.isSymbolicLink(folder.resolve("etc/" + name))).isFalse();
        }
        assertThat(names("etc")).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(together(many())).allMatch(report -> changed(report).isEmpty());
    }

    /// What comes into the place of one of many in the last moment keeps that one out alone.
    @Test
    void oneOfManyThatCannotBeMovedIsToldOfAlone() throws IOException {
        Path commands = Files.createDirectories(folder.resolve("commands"));
        Path mv =
                Files.writeString(
                        commands.resolve("mv"),
                        "#!/bin/sh\n[ $# -lt 5 ] || mkdir -p '%s'\nexec /bin/mv \"$@\"\n"
                                .formatted(folder.resolve("etc/c/full")));
        Files.setPosixFilePermissions(mv, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(folder.resolve("etc"));
        List<Report> reports;
        try (LocalNodes disturbed =
                new LocalNodes(
                        new LocalTransport(shell, Map.of()),
                        folder,
                        commands + ":" + LocalNodes.USUAL)) {
            reports = disturbed.executor.together(List.of(many()));
        }
        assertThat(reports.get(2))
                .isInstanceOfSatisfying(
                        Report.NotDone.class,
                        failed ->
                                assertThat(failed.failure().message())
                                        .contains("etc/c", "directory"));
        for (int other : List.of(0, 1, 3, 4)) {
            assertThat(changed(reports.get(other))).hasSize(1);
        }
        assertThat(names("etc")).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
        assertThat(folder.resolve("etc/c")).isDirectory();
        assertThat(folder.resolve("etc/e")).hasContent("e");
    }

    @Test
    void whatDiffersIsShownWithTheWorkWhoseItIs() {
        together(LocalNodes.apply(open("x", "old x\n")), LocalNodes.apply(open("y", "same\n")));
        List<Report> reports =
                together(
                        LocalNodes.apply(open("x", "new x\n")),
                        LocalNodes.apply(open("y", "same\n")));
        assertThat(reports.get(0).log()).contains("-old x", "+new x");
        assertThat(reports.get(1).log()).isEmpty();
    }

    private Resource open(String name, String content) {
        return file(folder.resolve(name), content.getBytes(UTF_8), "0644");
    }

    /// What there was may be a secret that is none any more.
    @Test
    void whatNotEverybodyCanReadIsNotShown() {
        together(LocalNodes.apply(text("x", "old x\n")), LocalNodes.apply(text("y", "y\n")));
        List<Report> reports =
                together(
                        LocalNodes.apply(open("x", "new x\n")), LocalNodes.apply(text("y", "z\n")));
        assertThat(reports).extracting(Report::log).containsOnly("");
    }
}
