package dev.ashlar.nodes.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.text.Sha256;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

/// Archives of every form, one after the other at the same place.
@ParameterizedClass
@FieldSource("dev.ashlar.nodes.execute.LocalNodes#SHELLS")
@Timeout(60)
class ArchiveTest {
    /// `p/one` with the line `one`.
    static final byte[] TAR_XZ =
            Base64.getDecoder()
                    .decode(
                            "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4Cf/AHxdADgLvBunjDRE4cIHdekACY2x9Z5QSRHYBWdsy68+SZJKX0+o"
                                    + "loLvbV869vb/3QkU3MvwcWhdaLITMB5FUrLw8f/AIuibh/AHg+Vu5+lZUhIjRaVQw1kB6h0WP6XVZRAINWkC"
                                    + "jm39bxpHbNgcdyTCJsR2JYwZeXbkzAzEYwAABqYxQHUDm94AAZgBgFAAAMjx5Y6xxGf7AgAAAAAEWVo=");

    private final Path folder;
    private final LocalNodes nodes;

    ArchiveTest(String shell, @TempDir Path folder) {
        this.folder = folder;
        nodes = new LocalNodes(shell, folder);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void everyFormIsUnpackedOnceSeenWhenItDiffersAndTakenAway() throws Exception {
        for (Path archive :
                List.of(
                        xz(),
                        zip("a.zip", Map.of("p/one", "one\n")),
                        tar("tar", "-cf"),
                        tar("tgz", "-czf"))) {
            Path target = folder.resolve("opt/" + archive.getFileName());
            Resource resource = archive(target, archive);
            assertThat(differences(resource)).containsExactly("not there");
            Report.Done done = applied(resource);
            assertThat(target.resolve("one")).as("%s", archive).hasContent("one\n");
            assertThat(differences(resource)).isEmpty();
            assertThat(applied(resource).changed()).isEmpty();
            assertThat(nodes.execute(LocalNodes.undo(done))).isInstanceOf(Report.Done.class);
            assertThat(folder.resolve("opt")).doesNotExist();
        }
    }

    @Test
    void whatOthersHaveInItStays() throws Exception {
        Path target = folder.resolve("opt/app");
        Report.Done done =
                applied(archive(target, zip("a.zip", Map.of("p/one", "1\n", "p/conf", "1\n"))));
        Owned conf = Owned.of("file", target.resolve("conf").toString(), false, Map.of());
        List<Owned> sparing = done.owned().stream().map(one -> one.sparing(List.of(conf))).toList();

        assertThat(nodes.execute(LocalNodes.undoing(sparing))).isInstanceOf(Report.Done.class);

        assertThat(files(target)).isEqualTo(Map.of("conf", "1\n"));
    }

    @Test
    void anotherVersionTakesWhatOnlyTheFirstHadAndGivesBackWhatWasThereBefore() throws Exception {
        Path target = Files.createDirectories(folder.resolve("srv"));
        Map<String, String> before =
                Map.of("conf", "mine\n", "lib/old", "mine too\n", "own", "stays\n");
        for (var file : before.entrySet()) {
            write(target.resolve(file.getKey()), file.getValue());
        }
        Path first =
                zip(
                        "v1.zip",
                        Map.of(
                                "p/tool", "1\n",
                                "p/lib/old", "1\n",
                                "p/gone/ a ", "1\n",
                                "p/logs/", ""));
        Path second = zip("v2.zip", Map.of("p/tool", "2\n", "p/conf", "2\n", "p/logs/", ""));

        applied(archive(target, first));
        assertThat(files(target)).containsEntry("lib/old", "1\n").containsEntry("gone/ a ", "1\n");
        assertThat(target.resolve("logs")).as("a folder may be empty").isEmptyDirectory();
        assertThat(differences(archive(target, second))).containsExactly("another archive");
        Report.Done done = applied(archive(target, second));

        assertThat(done.changed())
                .containsExactly("archive " + target + ": unpacked in the place of another");
        assertThat(files(target))
                .isEqualTo(
                        Map.of(
                                "tool", "2\n",
                                "conf", "2\n",
                                "lib/old", "mine too\n",
                                "own", "stays\n"));
        assertThat(target.resolve("gone")).doesNotExist();
        assertThat(target.resolve("logs")).isEmptyDirectory();
        nodes.execute(LocalNodes.undo(done));
        assertThat(files(target)).isEqualTo(before);
        assertThat(target.resolve("logs")).doesNotExist();
    }

    private List<String> differences(Resource resource) {
        return LocalNodes.differences(nodes.executor, "here", resource).stream()
                .map(line -> line.substring(line.lastIndexOf(": ") + 2))
                .toList();
    }

    private Report.Done applied(Resource resource) {
        Report report = nodes.execute(LocalNodes.apply(resource));
        assertThat(report).isInstanceOf(Report.Done.class);
        return (Report.Done) report;
    }

    private Path xz() throws IOException {
        return Files.write(folder.resolve("a.tar.xz"), TAR_XZ);
    }

    private Path tar(String end, String how) throws Exception {
        write(folder.resolve("p/one"), "one\n");
        Path archive = folder.resolve("a." + end);
        String from = folder.toString();
        assertThat(
                        new ProcessBuilder("tar", how, archive.toString(), "-C", from, "p")
                                .inheritIO()
                                .start()
                                .waitFor())
                .isZero();
        return archive;
    }

    private Path zip(String name, Map<String, String> files) throws IOException {
        return Files.write(folder.resolve(name), zip(files));
    }

    static byte[] zip(Map<String, String> files) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (var file : new TreeMap<>(files).entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                OutputStream out = zip;
                out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (var all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    private static Resource archive(Path target, Path archive) throws IOException {
        return LabNode.resource(
                ResourceKind.ARCHIVE,
                "path",
                target.toString(),
                "url",
                "file://" + archive,
                "sha256",
                Sha256.hex(Files.readAllBytes(archive)),
                "strip",
                "1",
                "owner",
                System.getProperty("user.name"));
    }
}
