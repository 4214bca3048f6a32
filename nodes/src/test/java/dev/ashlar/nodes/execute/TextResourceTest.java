package dev.ashlar.nodes.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

@ParameterizedClass
@FieldSource("dev.ashlar.nodes.execute.LocalNodes#SHELLS")
@Timeout(60)
class TextResourceTest {
    private final LocalNodes nodes;
    private final Path file;
    private final Path folder;

    TextResourceTest(String shell, @TempDir Path folder) {
        this.folder = folder;
        this.file = folder.resolve("theirs.conf");
        nodes = new LocalNodes(shell, folder);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private Report.Done applied(Resource resource) {
        Report report = nodes.execute(LocalNodes.apply(resource));
        assertThat(report).isInstanceOf(Report.Done.class);
        return (Report.Done) report;
    }

    private Resource line(String line, String match) {
        return LabNode.resource(
                ResourceKind.LINE, "path", file.toString(), "line", line, "match", match);
    }

    private Resource block(String content) {
        return LabNode.resource(
                ResourceKind.BLOCK, "path", file.toString(), "name", "hosts", "content", content);
    }

    @Test
    void whatIsNoRegularExpressionMatchesNothingAndChangesNothing() throws IOException {
        Files.writeString(file, "one\n");
        Report report = nodes.execute(LocalNodes.apply(line("two", "[")));
        assertThat(report).isInstanceOf(Report.NotDone.class);
        assertThat(((Report.NotDone) report).failure().kind()).isEqualTo("wrong-match");
        assertThat(file).hasContent("one\n");
    }

    @Test
    void aLineThatDoesNotMatchWhatItReplacesIsAddedOnce() throws IOException {
        Files.writeString(file, "one\n#Port 22\n");
        applied(line("Port 23", "^#Port "));
        assertThat(file).hasContent("one\nPort 23\n");
        assertThat(applied(line("Port 23", "^#Port ")).changed()).isEmpty();
        assertThat(file).hasContent("one\nPort 23\n");
    }

    @Test
    void lineIsAddedOnceAndTakenAway() throws IOException {
        Files.writeString(file, "one\nno final newline");
        Report.Done done = applied(line("a \\ 'quoted' & \"line\"", ""));
        assertThat(file).hasContent("one\nno final newline\na \\ 'quoted' & \"line\"\n");
        assertThat(applied(line("a \\ 'quoted' & \"line\"", "")).changed()).isEmpty();
        nodes.execute(LocalNodes.undo(done));
        assertThat(file).hasContent("one\nno final newline\n");
    }

    @Test
    void lineReplacesWhatMatchesAndUndoPutsItBack() throws IOException {
        Files.writeString(file, "#Port 22\nPort 22\nOther yes\n");
        Report.Done done = applied(line("Port 2222", "^#*Port "));
        assertThat(file).hasContent("Port 2222\nOther yes\n");
        assertThat(applied(line("Port 2222", "^#*Port ")).changed()).isEmpty();
        nodes.execute(LocalNodes.undo(done));
        assertThat(file).hasContent("#Port 22\nPort 22\nOther yes\n");
    }

    @Test
    void blockIsReplacedInItsPlaceAndTakenAway() throws IOException {
        Files.writeString(file, "one\n");
        applied(block("a\nb"));
        Files.writeString(file, Files.readString(file) + "two\n");
        Report.Done done = applied(block("c\\d\n"));
        assertThat(file).hasContent("one\n# BEGIN ashlar hosts\nc\\d\n# END ashlar hosts\ntwo\n");
        assertThat(applied(block("c\\d\n")).changed()).isEmpty();
        nodes.execute(LocalNodes.undo(done));
        assertThat(file).hasContent("one\ntwo\n");
    }

    @Test
    void fileThatOnlyHeldTheBlockGoesWithIt() {
        Report.Done done = applied(block("a"));
        nodes.execute(LocalNodes.undo(done));
        assertThat(file).doesNotExist();
    }

    @Test
    void commandRunsWhenItsCheckFailsAndIsUndone() {
        Path made = folder.resolve("made by command");
        Resource command =
                LabNode.resource(
                        ResourceKind.COMMAND,
                        "name",
                        "make it",
                        "run",
                        "touch '" + made + "'",
                        "check",
                        "test -e '" + made + "'",
                        "remove",
                        "rm '" + made + "'");
        Report.Done done = applied(command);
        assertThat(made).exists();
        assertThat(applied(command).changed()).isEmpty();
        nodes.execute(LocalNodes.undo(done));
        assertThat(made).doesNotExist();
    }

    private static Resource command(String run, String check) {
        return LabNode.resource(
                ResourceKind.COMMAND, "name", "make it", "run", run, "check", check);
    }

    @Test
    void aCommandThatFailsInItsMiddleFailsTheStepWithWhatItSaid() {
        Path after = folder.resolve("after");
        Report report =
                nodes.execute(
                        LocalNodes.apply(
                                command("echo begun; false\ntouch '" + after + "'", "false")));
        assertThat(report).isInstanceOf(Report.NotDone.class);
        Failure failure = ((Report.NotDone) report).failure();
        assertThat(failure.message())
                .contains("exit code 1, at a command that failed or an `exit`");
        assertThat(failure.lastOutput()).containsExactly("begun");
        assertThat(after).doesNotExist();
    }

    @Test
    void aCheckDoesNotPassByItsLastCommandAlone() {
        Path made = folder.resolve("made");
        String check = "test -e '" + made + "'\ntrue";
        assertThat(applied(command("touch '" + made + "'", check)).changed())
                .containsExactly("command make it: ran");
        assertThat(made).exists();
    }

    @Test
    void archiveIsCheckedUnpackedAndTakenAway() throws Exception {
        Path tree = Files.createDirectories(folder.resolve("pack-1.0/bin"));
        Files.writeString(tree.resolve("tool"), "#!/bin/sh\n");
        Path archive = folder.resolve("pack.tar.gz");
        run("tar", "-czf", archive.toString(), "-C", folder.toString(), "pack-1.0");
        Path target = folder.resolve("opt/pack");
        Resource good = archive(target, archive, digest(archive));
        Report.Done done = applied(good);
        assertThat(target.resolve("bin/tool")).hasContent("#!/bin/sh\n");
        assertThat(applied(good).changed()).isEmpty();
        nodes.execute(LocalNodes.undo(done));
        assertThat(folder.resolve("opt")).doesNotExist();
    }

    @Test
    void archiveWithAnotherDigestIsRefused() throws Exception {
        Path archive = Files.writeString(folder.resolve("pack.tar"), "no archive");
        Path target = folder.resolve("opt");
        Report report = nodes.execute(LocalNodes.apply(archive(target, archive, "0".repeat(64))));
        assertThat(((Report.NotDone) report).failure().kind()).isEqualTo("digest");
        assertThat(target).doesNotExist();
    }

    private static Resource archive(Path target, Path archive, String digest) {
        return LabNode.resource(
                ResourceKind.ARCHIVE,
                "path",
                target.toString(),
                "url",
                "file://" + archive,
                "sha256",
                digest,
                "strip",
                "1",
                "owner",
                System.getProperty("user.name"));
    }

    private static String digest(Path file) throws IOException {
        return dev.ashlar.model.text.Sha256.hex(Files.readAllBytes(file));
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
