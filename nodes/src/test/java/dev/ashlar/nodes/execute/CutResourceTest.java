package dev.ashlar.nodes.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.nodes.transport.LocalTransport;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A node that goes down in the middle of its resources, at each command that they run: what is
/// done again comes to the same, and what is taken back after that leaves what was there before.
@Timeout(600)
class CutResourceTest {
    private static final List<String> COMMANDS =
            List.of(
                    "awk",
                    "cat",
                    "chmod",
                    "chown",
                    "cmp",
                    "cp",
                    "cut",
                    "grep",
                    "id",
                    "install",
                    "ln",
                    "mkdir",
                    "mv",
                    "readlink",
                    "rm",
                    "rmdir",
                    "sed",
                    "sha256sum",
                    "stat",
                    "sync",
                    "tail",
                    "tr");

    private static final String ME = System.getProperty("user.name");

    @TempDir Path folder;
    private Path place;
    private Path count;
    private Path cut;
    private LocalNodes nodes;

    @BeforeEach
    void wrapCommands() throws IOException {
        place = folder.resolve("place");
        count = Files.writeString(folder.resolve("count"), "0\n");
        cut = Files.writeString(folder.resolve("cut"), "0\n");
        Path commands = Files.createDirectory(folder.resolve("commands"));
        for (String command : COMMANDS) {
            Path wrapper = commands.resolve(command);
            Files.writeString(wrapper, wrapped(command));
            Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        nodes =
                new LocalNodes(
                        new LocalTransport("dash", Map.of()),
                        folder,
                        commands + ":" + LocalNodes.USUAL);
    }

    /// Ends the whole job in place of the command whose turn it is.
    private String wrapped(String command) {
        return """
        #!/bin/sh
        PATH=/usr/bin:/bin
        [ -n "$ASHLAR_JOB" ] || exec %3$s "$@"
        read -r count <'%1$s'
        count=$((count + 1))
        echo $count >'%1$s'
        read -r cut <'%2$s'
        if [ $count -eq "$cut" ]; then
            mark="ASHLAR_JOB=$ASHLAR_JOB"
            for process in $(grep -lsa "$mark" /proc/[0-9]*/environ | cut -d / -f 3); do
                [ "$process" = $$ ] || kill -9 "$process"
            done
            exit 1
        fi
        exec %3$s "$@"
        """
                .formatted(count, cut, command);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void whatIsDoneAgainAndThenTakenBackLeavesWhatWasThere() throws IOException {
        Map<String, String> before = begin();
        int commands = counted(apply());
        Map<String, String> after = seen();
        assertThat(after).isNotEqualTo(before);
        assertThat(commands).isGreaterThan(40);

        for (int at = first(); at <= commands; at += step()) {
            begin();
            cutAt(at, apply());
            Report.Done done = whole(apply());
            assertThat(seen()).as("done again after a cut at command " + at).isEqualTo(after);
            whole(LocalNodes.undo(done));
            assertThat(seen()).as("taken back after a cut at command " + at).isEqualTo(before);
        }
    }

    @Test
    void whatIsTakenBackAtOnceLeavesWhatWasThere() throws IOException {
        Map<String, String> before = begin();
        int commands = counted(apply());
        for (int at = first(); at <= commands; at += step()) {
            begin();
            Report.NotDone broken = (Report.NotDone) cutAt(at, apply());
            whole(LocalNodes.undoing(broken.owned()));
            assertThat(seen()).as("taken back after a cut at command " + at).isEqualTo(before);
        }
    }

    @Test
    void whatIsTakenBackAgainLeavesWhatWasThere() throws IOException {
        Map<String, String> before = begin();
        int commands = counted(LocalNodes.undo(whole(apply())));
        assertThat(seen()).isEqualTo(before);
        assertThat(commands).isGreaterThan(20);

        for (int at = first(); at <= commands; at += step()) {
            begin();
            Report.Done done = whole(apply());
            cutAt(at, LocalNodes.undo(done));
            whole(LocalNodes.undo(done));
            assertThat(seen()).as("taken back after a cut at command " + at).isEqualTo(before);
        }
    }

    @Test
    void dataWhoseLossIsNamedGoesWithTheNextTry() throws IOException {
        Map<String, String> before = begin();
        int commands = counted(LocalNodes.undoing(leftAndNamed()));
        assertThat(seen()).isEqualTo(before);
        assertThat(commands).isGreaterThan(5);

        for (int at = 1; at <= commands; at++) {
            begin();
            List<Owned> data = leftAndNamed();
            cutAt(at, LocalNodes.undoing(data));
            whole(LocalNodes.undoing(data));
            assertThat(seen()).as("destroyed after a cut at command " + at).isEqualTo(before);
        }
    }

    /// Data that an earlier run has left and that is named now.
    private List<Owned> leftAndNamed() throws IOException {
        Report.Done made =
                whole(
                        LocalNodes.apply(
                                resource(
                                        ResourceKind.DIRECTORY,
                                        "a/d/data",
                                        "data",
                                        "true",
                                        "owner",
                                        ME)));
        Files.writeString(place.resolve("a/d/data/kept"), "precious\n");
        whole(LocalNodes.undo(made));
        return made.owned().stream().map(Owned::named).toList();
    }

    private static int step() {
        return Boolean.getBoolean("ashlar.long") ? 1 : 6;
    }

    /// Every run without `--long` looks at the same part of them.
    private static int first() {
        return step() / 2 + 1;
    }

    /// Over what is there already and where nothing is.
    private Work apply() {
        return LocalNodes.apply(
                resource(ResourceKind.FILE, "there.conf", "content", "ours\n", "owner", ME),
                resource(ResourceKind.FILE, "a/b/new.conf", "content", "ours\n", "owner", ME),
                resource(ResourceKind.FILE, "there/v", "content", "v\n", "owner", ME),
                resource(ResourceKind.FILE, "there/w", "content", "w\n", "owner", ME),
                resource(ResourceKind.FILE, "there/x", "content", "x\n", "owner", ME),
                resource(ResourceKind.FILE, "there/y", "content", "y\n", "owner", ME),
                resource(ResourceKind.DIRECTORY, "there", "mode", "0750", "owner", ME),
                resource(ResourceKind.DIRECTORY, "a/c/new", "mode", "0700", "owner", ME),
                resource(ResourceKind.LINK, "linked", "target", "/nowhere"),
                resource(ResourceKind.LINK, "a/link", "target", "/nowhere"),
                resource(ResourceKind.LINE, "theirs.conf", "line", "ours = 1"),
                resource(ResourceKind.BLOCK, "theirs.conf", "name", "ours", "content", "x\ny\n"));
    }

    private Resource resource(ResourceKind kind, String path, String... more) {
        String[] all = new String[more.length + 2];
        all[0] = "path";
        all[1] = place.resolve(path).toString();
        System.arraycopy(more, 0, all, 2, more.length);
        return LabNode.resource(kind, all);
    }

    /// What was there before anybody came.
    private Map<String, String> begin() throws IOException {
        clear(place);
        clear(folder.resolve("state/kept"));
        clear(folder.resolve("state/folders"));
        clear(folder.resolve("state/left"));
        Files.createDirectories(place.resolve("there"));
        Files.writeString(place.resolve("there.conf"), "theirs\n");
        Files.writeString(place.resolve("there/inside"), "theirs\n");
        Files.writeString(place.resolve("there/w"), "theirs\n");
        Files.writeString(place.resolve("theirs.conf"), "one\ntwo\n");
        Files.createSymbolicLink(place.resolve("linked"), Path.of("/elsewhere"));
        return seen();
    }

    private Report.Done whole(Work work) throws IOException {
        Files.writeString(cut, "0\n");
        Report report = nodes.execute(work);
        assertThat(report).isInstanceOf(Report.Done.class);
        return (Report.Done) report;
    }

    private int counted(Work work) throws IOException {
        Files.writeString(count, "0\n");
        whole(work);
        return Integer.parseInt(Files.readString(count).strip());
    }

    /// Of an undo the outcome is not judged: its last commands only tidy up.
    private Report cutAt(int command, Work work) throws IOException {
        Files.writeString(count, "0\n");
        Files.writeString(cut, command + "\n");
        Report report = nodes.execute(work);
        assertThat(Files.readString(count).strip()).as("it ended there").isEqualTo("" + command);
        if (work instanceof Work.Apply) {
            assertThat(report).as("cut at " + command).isInstanceOf(Report.NotDone.class);
        }
        return report;
    }

    /// Everything there is, with kind, mode and content.
    private Map<String, String> seen() throws IOException {
        Map<String, String> seen = new TreeMap<>();
        try (var all = Files.walk(place)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                seen.put(place.relativize(each).toString(), told(each));
            }
        }
        return seen;
    }

    private static String told(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "to " + Files.readSymbolicLink(path);
        }
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        return Files.isDirectory(path) ? mode : mode + " " + Files.readString(path);
    }

    private static void clear(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
                            throws IOException {
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
