package dev.ashlar.nodes.execute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

@ParameterizedClass
@FieldSource("dev.ashlar.nodes.execute.LocalNodes#SHELLS")
@Timeout(60)
class PathResourceTest {
    private static final String ME = System.getProperty("user.name");
    private final LocalNodes nodes;
    private final Path folder;

    PathResourceTest(String shell, @TempDir Path folder) {
        this.folder = folder;
        nodes = new LocalNodes(shell, folder);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private static Resource file(Path path, byte[] content) {
        return Resource.of(
                ResourceKind.FILE,
                Map.of(
                        "path", Value.text(path.toString()),
                        "content", new Value(new Data.Blob(content), Label.NONE),
                        "mode", Value.text("0640"),
                        "owner", Value.text(ME)));
    }

    static Resource text(Path path, String content) {
        return file(path, content.getBytes(UTF_8));
    }

    private Report.Done applied(Resource... resources) {
        Report report = nodes.execute(LocalNodes.apply(resources));
        assertThat(report).isInstanceOf(Report.Done.class);
        return (Report.Done) report;
    }

    /// Two steps may own a folder and something in it; who goes first does not take the other's.
    @Test
    void aFolderThatOthersHaveSomethingInGoesWithTheLastOfThat() {
        Path outer = folder.resolve("srv/app");
        Path inner = outer.resolve("page");
        Report.Done owner =
                applied(
                        Resource.of(
                                ResourceKind.DIRECTORY,
                                Map.of(
                                        "path",
                                        Value.text(outer.toString()),
                                        "mode",
                                        Value.text("0755"),
                                        "owner",
                                        Value.text(ME))));
        Report.Done other = applied(text(inner, "mine"));
        List<Owned> sparing =
                owner.owned().stream().map(one -> one.sparing(other.owned())).toList();

        assertThat(nodes.execute(LocalNodes.undoing(sparing))).isInstanceOf(Report.Done.class);
        assertThat(inner).hasContent("mine");
        assertThat(nodes.execute(LocalNodes.undo(other))).isInstanceOf(Report.Done.class);
        assertThat(folder.resolve("srv")).doesNotExist();
    }

    @Test
    void contentsArriveByteForByte() throws IOException {
        List<byte[]> contents =
                List.of(
                        new byte[0],
                        "\n".getBytes(UTF_8),
                        "no final newline".getBytes(UTF_8),
                        "quotes ' \" ` $HOME \\ END_x\n".getBytes(UTF_8),
                        new byte[] {0, 1, 2, 0, -1, '\n', '\r', '\n'},
                        "x".repeat(70_000).getBytes(UTF_8));
        for (int i = 0; i < contents.size(); i++) {
            Path path = folder.resolve("file " + i + " it's");
            applied(file(path, contents.get(i)));
            assertThat(Files.readAllBytes(path)).isEqualTo(contents.get(i));
        }
    }

    @Test
    void twentyMegabytesArriveOnceAndAreNotSentAgain() throws IOException {
        byte[] content = new byte[20 << 20];
        new Random(1).nextBytes(content);
        Path path = folder.resolve("large");
        assertThat(applied(file(path, content)).changed()).hasSize(1);
        assertThat(Files.readAllBytes(path)).isEqualTo(content);
        assertThat(applied(file(path, content)).changed()).isEmpty();
        try (var left = Files.list(folder.resolve("state/incoming"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void secondApplyChangesNothing() {
        Path path = folder.resolve("a/b/c.conf");
        assertThat(applied(text(path, "one\n")).changed())
                .containsExactly("file " + path + ": made");
        assertThat(applied(text(path, "one\n")).changed()).isEmpty();
    }

    @Test
    void modeOwnerAndParentsAreSet() throws IOException {
        Path path = folder.resolve("a/b/c.conf");
        applied(text(path, "one\n"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-r-----");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(applied(text(path, "one\n")).changed().getFirst()).contains("mode 640, was 666");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void undoTakesAwayWhatWasMadeWithItsParents() {
        Path path = folder.resolve("a/b/c.conf");
        applied(text(path, "one\n"));
        Report.Done second = applied(text(path, "two\n"));
        assertThat(second.owned().getFirst().details()).containsEntry("made", "true");
        assertThat(nodes.execute(LocalNodes.undo(second))).isInstanceOf(Report.Done.class);
        assertThat(folder.resolve("a")).doesNotExist();
        assertThat(nodes.execute(LocalNodes.undo(second))).isInstanceOf(Report.Done.class);
    }

    @Test
    void foldersMadeOnTheWayGoWithTheLastInThem() {
        Report.Done first = applied(text(folder.resolve("a/b/1"), "one\n"));
        Report.Done second = applied(text(folder.resolve("a/b/2"), "two\n"));
        nodes.execute(LocalNodes.undo(first));
        assertThat(folder.resolve("a/b/2")).hasContent("two\n");
        nodes.execute(LocalNodes.undo(second));
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void folderMadeOnTheWayAndThenDeclaredGoesWithTheLastOfBoth() {
        Report.Done file = applied(text(folder.resolve("a/1"), "one\n"));
        Report.Done declared = applied(directory(folder.resolve("a")));
        nodes.execute(LocalNodes.undo(file));
        assertThat(folder.resolve("a")).isEmptyDirectory();
        nodes.execute(LocalNodes.undo(declared));
        assertThat(folder.resolve("a")).doesNotExist();

        file = applied(text(folder.resolve("a/1"), "one\n"));
        declared = applied(directory(folder.resolve("a")));
        nodes.execute(LocalNodes.undo(declared));
        assertThat(folder.resolve("a/1")).hasContent("one\n");
        nodes.execute(LocalNodes.undo(file));
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void undoRestoresWhatWasThereBeforeTheFirstApply() throws IOException {
        Path path = folder.resolve("theirs");
        Files.writeString(path, "theirs\n");
        applied(text(path, "one\n"));
        Report.Done second = applied(text(path, "two\n"));
        assertThat(second.owned().getFirst().details())
                .containsEntry("made", "false")
                .containsKey("kept");
        nodes.execute(LocalNodes.undo(second));
        assertThat(path).hasContent("theirs\n");
    }

    @Test
    void directoryThatWasThereStaysWithItsMode() throws IOException {
        Path path = Files.createDirectory(folder.resolve("theirs"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
        Report.Done done = applied(directory(path));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rwx------");
        nodes.execute(LocalNodes.undo(done));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rwxrwxrwx");
    }

    @Test
    void directoryThatWasMadeGoesWithItsTree() throws IOException {
        Path path = folder.resolve("ours");
        Report.Done done = applied(directory(path));
        Files.writeString(path.resolve("x"), "x");
        nodes.execute(LocalNodes.undo(done));
        assertThat(path).doesNotExist();
    }

    private static Resource directory(Path path) {
        return Resource.of(
                ResourceKind.DIRECTORY,
                Map.of(
                        "path", Value.text(path.toString()),
                        "mode", Value.text("0700"),
                        "owner", Value.text(ME)));
    }

    @Test
    void linkReplacesALinkToADirectory() throws IOException {
        Path path = folder.resolve("link");
        Files.createDirectory(folder.resolve("d"));
        Files.createSymbolicLink(path, folder.resolve("d"));
        Resource link =
                Resource.of(
                        ResourceKind.LINK,
                        Map.of(
                                "path", Value.text(path.toString()),
                                "target", Value.text("/nowhere")));
        Report.Done done = applied(link);
        assertThat(Files.readSymbolicLink(path)).hasToString("/nowhere");
        assertThat(applied(link).changed()).isEmpty();
        nodes.execute(LocalNodes.undo(done));
        assertThat(Files.readSymbolicLink(path)).isEqualTo(folder.resolve("d"));
    }

    @Test
    void aLinkIsNoDirectoryWhereverItLeads() throws IOException {
        Path there = Files.createDirectory(folder.resolve("there"));
        Path path = Files.createSymbolicLink(folder.resolve("link"), there);
        String before = PosixFilePermissions.toString(Files.getPosixFilePermissions(there));
        Report report = nodes.execute(LocalNodes.apply(directory(path)));
        assertThat(report).isInstanceOf(Report.NotDone.class);
        assertThat(((Report.NotDone) report).failure().kind()).isEqualTo("wrong-type");
        assertThat(((Report.NotDone) report).failure().message()).contains("but a link");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(there)))
                .isEqualTo(before);
    }

    @Test
    void aTargetMayLookLikeAnOption() throws IOException {
        Path path = folder.resolve("link");
        applied(LabNode.resource(ResourceKind.LINK, "path", path.toString(), "target", "-f"));
        assertThat(Files.readSymbolicLink(path)).hasToString("-f");
    }

    @Test
    void whatIsPutInThePlaceOfALinkToADirectoryDoesNotLandInside() throws IOException {
        Path path = folder.resolve("link");
        Path old = Files.createDirectory(folder.resolve("old"));
        Path other = Files.createDirectory(folder.resolve("other"));
        for (Resource resource :
                List.of(
                        text(path, "content"),
                        LabNode.resource(
                                ResourceKind.LINK,
                                "path",
                                path.toString(),
                                "target",
                                other.toString()))) {
            Files.deleteIfExists(path);
            Files.createSymbolicLink(path, old);
            Report.Done done = applied(resource);
            assertThat(applied(resource).changed()).isEmpty();
            nodes.execute(LocalNodes.undo(done));
            assertThat(Files.readSymbolicLink(path)).isEqualTo(old);
            assertThat(old).isEmptyDirectory();
            assertThat(other).isEmptyDirectory();
        }
    }

    @Test
    void stopsAtTheFirstFailureAndSaysWhatItOwns() throws IOException {
        Path wrong = Files.createDirectory(folder.resolve("wrong"));
        Report report =
                nodes.execute(
                        LocalNodes.apply(
                                text(folder.resolve("first"), "1"),
                                text(wrong, "2"),
                                text(folder.resolve("third"), "3")));
        assertThat(report).isInstanceOf(Report.NotDone.class);
        Report.NotDone failed = (Report.NotDone) report;
        assertThat(failed.failure().kind()).isEqualTo("wrong-type");
        assertThat(failed.failure().message()).contains("file " + wrong);
        assertThat(failed.owned()).hasSize(2);
        assertThat(folder.resolve("third")).doesNotExist();
    }
}
