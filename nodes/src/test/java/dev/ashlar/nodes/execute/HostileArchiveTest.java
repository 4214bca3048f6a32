package dev.ashlar.nodes.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.text.Sha256;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Report;
import dev.ashlar.nodes.execute.Members.Member;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

/// Archives that somebody has made to reach what lies beside the folder that they are unpacked to:
/// nothing of them is put anywhere, with GNU's programs and with busybox's.
@ParameterizedClass
@FieldSource("dev.ashlar.nodes.execute.LocalNodes#SHELLS")
@Timeout(180)
class HostileArchiveTest {
    private static final int MEGABYTE = 1 << 20;
    private static final byte[] ZIP = zipOfZeros();

    private final Path folder;
    private final Path target;
    private final Path victim;
    private final LocalNodes nodes;

    HostileArchiveTest(String shell, @TempDir Path folder) {
        this.folder = folder;
        target = folder.resolve("opt/app");
        victim = folder.resolve("outside/victim");
        nodes = new LocalNodes(shell, folder);
    }

    @BeforeEach
    void makeVictim() throws IOException {
        Files.createDirectories(victim.resolveSibling(""));
        Files.writeString(victim, "mine\n");
        Files.setPosixFilePermissions(victim, PosixFilePermissions.fromString("rw-------"));
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void namesThatLeadOutAreRefused() throws Exception {
        for (String name :
                List.of("../x", "p/../../x", "..", "p/..", victim.toString(), "/x", "./../x")) {
            refused(
                    List.of(Member.file("p/good"), Member.file(name)),
                    0,
                    "leads out of its folder");
            refused(List.of(Member.file(name)), 1, name);
        }
    }

    @Test
    void linksThatLeadOutAreRefused() throws Exception {
        String outside = victim.resolveSibling("").toString();
        for (Member link :
                List.of(
                        Member.link("l", outside),
                        Member.link("l", "../../.."),
                        Member.link("p/l", "../../x"),
                        Member.link("p/l", "q/../../../x"))) {
            refused(List.of(Member.file("p/good"), link), 0, "\"" + link.name() + "\"");
        }
        refused(List.of(Member.link("p/l", "../x")), 1, "\"l\" in it is a link to \"../x\"");
        // Each of the two is harmless alone.
        refused(
                List.of(
                        Member.folder("p/"),
                        Member.folder("p/q/"),
                        Member.link("p/q/up", ".."),
                        Member.link("out", "p/q/up/../../x")),
                0,
                "\"out\" in it is a link");
    }

    @Test
    void membersThroughALinkAreRefused() throws Exception {
        String outside = victim.resolveSibling("").toString();
        for (String to : List.of(outside, "p")) {
            refused(
                    List.of(Member.file("p/victim"), Member.link("l", to), Member.file("l/victim")),
                    0,
                    "\"l/victim\" in it leads through \"l\"");
        }
        refusedTar(
                List.of(Member.link("l/", outside), Member.file("l/victim")), 0, "through \"l\"");
        refusedTar(
                List.of(Member.link("l", outside), Member.file("l")),
                0,
                "\"l\" in it is there twice");
    }

    /// It would give the owner what is not in it.
    @Test
    void whatALinkLeadsToIsNotTakenForAComponentThatGoes() throws Exception {
        List<Member> members =
                List.of(
                        Member.file("p/good"),
                        Member.link("l", victim.resolveSibling("").toString()));
        applied(archive("a.tar", Members.tar(members), 1));
        assertThat(target).isDirectoryNotContaining("glob:**victim");
        assertThat(target.resolve("good")).hasContent("p/good\n");
    }

    @Test
    void hardLinksToWhatIsOutsideAreRefused() throws Exception {
        refusedTar(
                List.of(Member.hardLink("h", victim.toString())), 0, "\"h\" in it is a hard link");
        refusedTar(
                List.of(Member.hardLink("p/h", victim.toString()), Member.file("p/h")), 1, "p/h");
        refusedTar(List.of(Member.hardLink("h", "../victim")), 0, "\"h\" in it is a hard link");
        assertThat(Files.getAttribute(victim, "unix:nlink")).isEqualTo(1);
    }

    @Test
    void devicesAndPipesAreRefused() throws Exception {
        for (char type : new char[] {'3', '4', '6'}) {
            refusedTar(
                    List.of(new Member("p/odd", type, "", 0644)), 0, "\"p/odd\" in it is a device");
        }
    }

    @Test
    void namesWithLineBreaksAreRefused() throws Exception {
        for (String name :
                List.of(
                        "p/a\nb",
                        "p/a\n../b",
                        "a\n-rw-r--r-- 0/0 5 2026-01-01 00:00:00 b",
                        "tar: removing leading 'x' from member names\nb")) {
            refusedTar(List.of(Member.file(name)), 0, "");
        }
    }

    @Test
    void whatIsOddAndHarmlessIsUnpacked() throws Exception {
        List<Member> members =
                List.of(
                        Member.folder("./"),
                        Member.folder("./p/"),
                        Member.file("./p/-rf"),
                        Member.file("./p/..hidden"),
                        Member.file("./p/a -> b"),
                        Member.folder("./p/bin/"),
                        Member.link("./p/bin/l", "../-rf"),
                        Member.link("./p/loop", "loop"),
                        Member.link("./p/later", "none/yet"));
        for (Resource resource :
                List.of(
                        archive("a.tar", Members.tar(members), 1),
                        archive("b.zip", Members.zip(members), 1))) {
            applied(resource);
            assertThat(target.resolve("bin/l")).isSymbolicLink().hasContent("./p/-rf\n");
            assertThat(target.resolve("a -> b")).hasContent("./p/a -> b\n");
            assertThat(target.resolve("loop")).isSymbolicLink();
        }
        List<Member> inside = List.of(Member.file("p/a"), Member.hardLink("p/b", "p/a"));
        applied(archive("c.tar", Members.tar(inside), 1));
        assertThat(target.resolve("b")).hasContent("p/a\n");
    }

    /// The owner of the folder may have put links there since.
    @Test
    void nothingIsWrittenThroughALinkThatIsThere() throws Exception {
        Files.createDirectories(target);
        Files.createSymbolicLink(target.resolve("victim"), victim);
        applied(archive("a.tar", Members.tar(List.of(Member.file("victim"))), 0));
        assertThat(victim).hasContent("mine\n");
        assertThat(target.resolve("victim")).isRegularFile().hasContent("victim\n");
    }

    @Test
    void nobodyGetsTheRightsOfAnother() throws Exception {
        List<Member> members =
                List.of(
                        Member.folder("p/").with(02755),
                        Member.file("p/suid").with(04755),
                        Member.file("p/sgid").with(02755));
        applied(archive("a.tar", Members.tar(members), 1));
        for (String name : List.of("suid", "sgid", "")) {
            assertThat((int) Files.getAttribute(target.resolve(name), "unix:mode") & 07777)
                    .as(name)
                    .isEqualTo(0755);
        }
    }

    /// A bit more than a gigabyte of nothing, in a bit more than a megabyte.
    @Test
    void whatIsFarLargerThanItselfIsRefused() throws Exception {
        String words = "unpacks to more than";
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        byte[] header = Members.header("zeros", 1300L * MEGABYTE);
        tar.writeBytes(zipped(header));
        byte[] zeros = zipped(new byte[50 * MEGABYTE]);
        for (int i = 0; i < 26; i++) {
            tar.writeBytes(zeros);
        }
        tar.writeBytes(zipped(new byte[1024]));
        refusedAs(archive("a.tar.gz", tar.toByteArray(), 0), words);
        refusedAs(archive("b.zip", ZIP, 0), words);
    }

    private static byte[] zipOfZeros() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("zeros"));
            byte[] zeros = new byte[MEGABYTE];
            for (int i = 0; i < 1300; i++) {
                zip.write(zeros);
            }
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(bytes);
        }
        return zipped.toByteArray();
    }

    private void refused(List<Member> members, int strip, String words) throws IOException {
        refusedTar(members, strip, words);
        refusedAs(archive("b.zip", Members.zip(members), strip), words);
    }

    private void refusedTar(List<Member> members, int strip, String words) throws IOException {
        refusedAs(archive("a.tar", Members.tar(members), strip), words);
    }

    private void refusedAs(Resource archive, String words) throws IOException {
        String what = archive.text("url") + " " + words;
        List<String> before = around();
        Report report = nodes.execute(LocalNodes.apply(archive));
        assertThat(report)
                .as(what)
                .isInstanceOfSatisfying(
                        Report.NotDone.class,
                        failed -> {
                            Failure failure = failed.failure();
                            assertThat(failure.kind())
                                    .as(failure.message())
                                    .isEqualTo("unsafe-archive");
                            assertThat(failure.message()).contains(words, "is not unpacked: ");
                            assertThat(failure.lasting()).isTrue();
                        });
        assertThat(around()).as(what).containsExactlyInAnyOrderElementsOf(before);
        assertThat(target).as(what).doesNotExist();
        assertThat(victim).as(what).hasContent("mine\n");
    }

    /// What lies around the folder, but for what a node keeps of its own.
    private List<String> around() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path place : List.of(folder, victim.resolveSibling(""))) {
            try (var all = Files.list(place)) {
                all.map(path -> folder.relativize(path).toString())
                        .filter(name -> !name.matches("run|state|[ab]\\..*"))
                        .forEach(names::add);
            }
        }
        return names;
    }

    private void applied(Resource archive) {
        assertThat(nodes.execute(LocalNodes.apply(archive))).isInstanceOf(Report.Done.class);
    }

    private Resource archive(String name, byte[] bytes, int strip) throws IOException {
        Path file = Files.write(folder.resolve(name), bytes);
        return LabNode.resource(
                ResourceKind.ARCHIVE,
                "path",
                target.toString(),
                "url",
                "file://" + file,
                "sha256",
                Sha256.hex(bytes),
                "strip",
                Integer.toString(strip),
                "owner",
                System.getProperty("user.name"));
    }
}
