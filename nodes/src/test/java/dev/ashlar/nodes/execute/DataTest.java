package dev.ashlar.nodes.execute;

import static dev.ashlar.nodes.execute.LabNode.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.resource.ThingKey;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of data when what it belongs to is taken back, on every shell.
@ParameterizedClass
@FieldSource("dev.ashlar.nodes.execute.LocalNodes#SHELLS")
@Timeout(60)
class DataTest {
    private static final String ME = System.getProperty("user.name");
    private final LocalNodes nodes;
    private final Path folder;

    DataTest(String shell, @TempDir Path folder) {
        this.folder = folder;
        nodes = new LocalNodes(shell, folder);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private static Resource folder(Path path, boolean data) {
        return folder(path.toString(), data);
    }

    private static Resource folder(String path, boolean data) {
        return resource(
                ResourceKind.DIRECTORY, "path", path, "owner", ME, "data", Boolean.toString(data));
    }

    private Report.Done made(Resource resource) {
        return done(nodes.execute(LocalNodes.apply(resource)));
    }

    private Report.Done takenBack(List<Owned> owned) {
        return done(nodes.execute(LocalNodes.undoing(owned)));
    }

    private static Report.Done done(Report report) {
        assertThat(report).isInstanceOf(Report.Done.class);
        return (Report.Done) report;
    }

    private static List<Owned> named(Report.Done made) {
        return made.owned().stream().map(Owned::named).toList();
    }

    @Test
    void staysAndIsToldUnlessItsLossIsNamed() throws IOException {
        Path data = folder.resolve("srv/of it's");
        Report.Done made = made(folder(data, true));
        Files.writeString(data.resolve("kept"), "precious\n");

        Report.Done undone = takenBack(made.owned());

        assertThat(undone.changed()).containsExactly("directory " + data + ": left in place");
        assertThat(undone.owned()).isEqualTo(made.owned());
        assertThat(data.resolve("kept")).hasContent("precious");
    }

    @Test
    void goesWithAllThatIsInItWhenItsLossIsNamedAndSoDoFoldersThatWereMadeForIt()
            throws IOException {
        Path data = folder.resolve("srv/of it's");
        Report.Done made = made(folder(data, true));
        Files.createDirectories(data.resolve("member/wal"));
        Files.writeString(data.resolve("member/wal/0"), "precious\n");

        Report.Done undone = takenBack(named(made));

        assertThat(undone.changed()).containsExactly("directory " + data + ": destroyed");
        assertThat(undone.owned()).isEmpty();
        assertThat(folder.resolve("srv")).doesNotExist();
        assertThat(takenBack(named(made)).changed())
                .as("once more, as after a crash")
                .containsExactly("directory " + data + ": destroyed");
    }

    @Test
    void thatAnEarlierRunHasLeftAndThatIsInUseAgainCanBeNamedToo() throws IOException {
        Path data = folder.resolve("srv/data");
        takenBack(made(folder(data, true)).owned());
        Files.writeString(data.resolve("kept"), "old\n");
        Report.Done again = made(folder(data, true));

        assertThat(again.owned())
                .allSatisfy(one -> assertThat(one.details()).containsEntry("made", "true"));
        takenBack(named(again));

        assertThat(data).doesNotExist();
        assertThat(nodes.folder.resolve("state/left/notes")).isEmptyDirectory();
    }

    @Test
    void thatAnAttemptBeforeHasDestroyedIsToldSoToOneThatWouldKeepIt() {
        Path data = folder.resolve("srv/data");
        Report.Done made = made(folder(data, true));
        Work.Undo destroying = LocalNodes.undoing(named(made));
        nodes.execute(destroying);

        Report.Done collected =
                done(
                        nodes.executor.execute(
                                new Work.Undo(
                                        destroying.key(),
                                        destroying.intent(),
                                        destroying.node(),
                                        made.owned(),
                                        destroying.timeout()),
                                true));

        assertThat(collected.changed()).containsExactly("directory " + data + ": destroyed");
        assertThat(collected.owned()).isEmpty();
    }

    @Test
    void thatWasThereBeforeIsNotDestroyedWhoeverNamesIt() throws IOException {
        Path data = Files.createDirectories(folder.resolve("theirs"));
        Files.writeString(data.resolve("kept"), "theirs\n");
        Report.Done made = made(folder(data, true));

        assertThat(takenBack(named(made)).changed())
                .containsExactly("directory " + data + ": left in place");
        assertThat(data.resolve("kept")).hasContent("theirs");
    }

    /// A folder, and data in it that another step keeps there.
    private record Nested(Path data, Report.Done around, Report.Done made) {}

    /// @param slash what the outer folder's path ends with
    private Nested nested(boolean outerIsData, String slash) throws IOException {
        Path outer = folder.resolve("app");
        Path data = outer.resolve("data");
        Report.Done around = made(folder(outer + slash, outerIsData));
        Report.Done made = made(folder(data, true));
        Files.writeString(data.resolve("kept"), "precious\n");
        return new Nested(data, around, made);
    }

    @Test
    void staysWhenTheFolderThatItLiesInGoesAfterIt() throws IOException {
        Nested nested = nested(false, "");

        takenBack(nested.made().owned());
        takenBack(nested.around().owned());

        assertThat(nested.data().resolve("kept")).hasContent("precious");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void namedDoesNotTakeOtherDataInItAlong(String slash) throws IOException {
        Nested nested = nested(true, slash);

        takenBack(nested.made().owned());

        assertThat(takenBack(named(nested.around())).changed())
                .containsExactly("directory " + nested.data().getParent() + ": left in place");
        assertThat(nested.data().resolve("kept")).hasContent("precious");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofOthersIsNotTakenAlongThroughALinkAboveIt(boolean isLeft) throws IOException {
        Path real = Files.createDirectories(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        Report.Done plain = made(folder(link.resolve("al"), false));
        Report.Done wiped = made(folder(link.resolve("kv"), true));
        Report.Done below = made(folder(real.resolve("al/b"), true));
        Report.Done beside = made(folder(real.resolve("kv/db"), true));
        Files.writeString(real.resolve("al/b/kept"), "precious\n");
        Files.writeString(real.resolve("kv/db/kept"), "precious\n");
        List<Owned> others =
                Stream.concat(below.owned().stream(), beside.owned().stream()).toList();
        if (isLeft) {
            takenBack(others);
        }
        List<Owned> spared = isLeft ? List.of() : others;

        takenBack(plain.owned().stream().map(one -> one.sparing(spared)).toList());
        takenBack(named(wiped).stream().map(one -> one.sparing(spared)).toList());

        assertThat(real.resolve("al/b/kept")).hasContent("precious");
        assertThat(real.resolve("kv/db/kept")).hasContent("precious");
    }

    @Test
    void behindALinkThatLeadsNowhereNowIsNotToldToBeDestroyed() throws IOException {
        Path data = folder.resolve("srv/data");
        Report.Done made = made(folder(data, true));
        Files.delete(data);
        Files.createSymbolicLink(data, folder.resolve("absent"));

        assertThat(takenBack(named(made)).changed())
                .containsExactly("directory " + data + ": left in place");
        assertThat(data).isSymbolicLink();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "//", "/.", "/./"})
    void isOneThingHoweverItsPathIsWritten(String end) {
        String path = folder.resolve("srv/data").toString();

        Report.Done made = made(folder(path + end, true));

        assertThat(made.owned()).isEqualTo(made(folder(path, true)).owned());
    }

    @Test
    void thatAnOlderRecordSpellsInAnotherWayIsTheSameThing() {
        String path = folder.resolve("srv/data").toString();
        Owned older =
                Owned.of(
                        "directory",
                        path + "/",
                        true,
                        Map.of(Owned.KEY, ThingKey.of("directory", path + "/", "")));

        assertThat(older.key()).isEqualTo(folder(path, true).key());
    }

    @Test
    void inWhosePlaceThereIsALinkByNowStaysAndSoDoesTheLink() throws IOException {
        Path data = folder.resolve("srv/data");
        Report.Done made = made(folder(data, true));
        Path moved = folder.resolve("moved");
        Files.move(data, moved);
        Files.createSymbolicLink(data, moved);
        Files.writeString(moved.resolve("kept"), "precious\n");

        assertThat(takenBack(named(made)).changed())
                .containsExactly("directory " + data + ": left in place");
        assertThat(data.resolve("kept")).hasContent("precious");
    }
}
