package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Sandbox;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// A saved plan is carried out as it was made or not at all.
class SavedPlanTest {
    private static final String PLAN = "change.ashlar";

    private final Sandbox sandbox = Sandbox.ofExample();

    @AfterEach
    void removeSandbox() {
        sandbox.close();
    }

    private void save(String... options) {
        assertThat(sandbox.verb("plan", with(options, "--out", PLAN)).expect(0).err())
                .contains("Saved: `ashlar up");
    }

    private static String[] with(String[] options, String... more) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void itIsADocumentOfItsPublishedShape() {
        save("--set", "groups.store.kv.client_port=12379");
        JsonNode plan = Sandbox.document(sandbox.read(PLAN));
        assertThat(plan.path("instances").size()).isEqualTo(19);
        assertThat(plan.path("records").asInt()).isZero();
        assertThat(plan.path("sets").path("groups.store.kv.client_port").asString())
                .isEqualTo("12379");
    }

    @Test
    void whileNothingHasMovedItIsWhatUpWouldDo() {
        save();
        Finished up = sandbox.run("up", PLAN, "--dry-run").expect(0);
        assertThat(up.out()).isEqualTo(sandbox.verb("plan").expect(0).out());
    }

    @Test
    void aChangedFileMakesItStaleBeforeAnythingIsTouched() {
        save();
        sandbox.write(
                "etcd/cluster.yaml",
                sandbox.read("etcd/cluster.yaml").replace("count: 3", "count: 5"));
        Finished stale = sandbox.run("up", PLAN).expect(7);
        assertThat(stale.err())
                .contains("the saved plan is stale")
                .contains(
                        "the files, what is set beside them, or what another cluster has, have changed")
                .contains("kv.install@store-5 was not there, is create")
                .contains("ashlar plan --out");
        assertThat(stale.out()).isEmpty();
        assertThat(sandbox.cluster().resolve(".ashlar")).doesNotExist();
    }

    @Test
    void aRunSinceThenMakesItStale() {
        save();
        record(
                new RunStarted(
                        1,
                        Purpose.UP,
                        "etcd-demo",
                        "lab",
                        "",
                        "ann",
                        "0",
                        "",
                        new LinkedHashMap<>(),
                        List.of(),
                        1));
        assertThat(sandbox.run("up", PLAN).expect(7).err())
                .contains("run 1 (up by ann) is on record since: unfinished");
        save();
        record(new RunEnded(1, "done", 0, 0, 0, 0, false, 2));
        assertThat(sandbox.run("up", PLAN).expect(7).err())
                .contains("the record is not the one it was made from");
        save();
        sandbox.run("up", PLAN, "--dry-run").expect(0);
    }

    private void record(JournalRecord entry) {
        try (SqliteJournal journal = SqliteJournal.open(StateFolder.open(sandbox.cluster()))) {
            journal.append(List.of(entry));
        }
    }

    @Test
    void itHoldsWhatItWasMadeFor() {
        save();
        for (List<String> more :
                List.of(List.of("--set", "groups.store.count=5"), List.of("--site", "mine"))) {
            assertThat(
                            sandbox.run(with(new String[] {"up", PLAN}, more.get(0), more.get(1)))
                                    .expect(3)
                                    .err())
                    .contains("a saved plan holds its own --site and --set");
        }
        assertThat(sandbox.run("up", PLAN, "--verify").expect(3).err()).contains("--verify");
    }

    @Test
    void theClusterMayLieElsewhereNow() {
        save();
        sandbox.shell("mv etcd moved");
        sandbox.run("up", PLAN, "--dry-run").expect(3);
        sandbox.run("up", PLAN, "--dry-run", "-f", "moved").expect(0);
        sandbox.shell("mv moved etcd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"format\":\"ashlar.saved/2.0\"}"})
    void whatIsNoPlanIsInvalidInput(String content) {
        sandbox.write(PLAN, content);
        assertThat(sandbox.run("up", PLAN).expect(3).err())
                .contains("change.ashlar is no saved plan");
    }

    @Test
    void itsNameSaysWhatItIs() {
        assertThat(sandbox.verb("plan", "--out", "plan.json").expect(3).err())
                .contains("ends in .ashlar", "plan.json");
        assertThat(sandbox.verb("plan", "--out", "nowhere/plan.ashlar").expect(3).err())
                .contains("cannot write nowhere/plan.ashlar");
    }
}
