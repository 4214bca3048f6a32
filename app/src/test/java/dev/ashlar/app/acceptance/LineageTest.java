package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.EtcdCluster;
import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Running;
import dev.ashlar.app.kit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A cluster answers to one state. Another clone, a lost state and an old one touch nothing and say
/// what to do; what the nodes carry makes the state again, wherever it is asked for.
@Tag("lab")
class LineageTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final List<String> NODES = List.of("store-1", "store-2", "store-3");

    private final Sandbox sandbox = Sandbox.ofExample();
    private final Path state = sandbox.cluster().resolve(".ashlar");

    @AfterEach
    void everythingIsTakenDown() {
        try (sandbox) {
            // The clone's lab is this one: it goes by the cluster's name.
            sandbox.run("lab", "down", "etcd").expect(0);
            sandbox.expectNoTraces();
        }
    }

    private Map<String, String> processes() {
        return EtcdCluster.processes(sandbox, NODES);
    }

    private void expectRefused(Finished refused, String... why) {
        assertThat(refused.expect(7).err())
                .contains("this state may not act on cluster etcd-demo; nothing was touched")
                .contains("`ashlar adopt` takes over")
                .contains(why);
        assertThat(refused.out()).isEmpty();
    }

    private void expectAdopted(String cluster, String... names) {
        JsonNode adopted = Sandbox.document(sandbox.run("adopt", cluster, "--json").expect(0));
        assertThat(adopted.path("differing")).isEmpty();
        assertThat(adopted.path("away")).isEmpty();
        assertThat(adopted.path("nodes").valueStream().map(JsonNode::asString)).contains(names);
        JsonNode plan = Sandbox.document(sandbox.run("plan", cluster, "--json").expect(0));
        assertThat(plan.path("changes").asBoolean()).isFalse();
        assertThat(sandbox.run("up", cluster).expect(0).err())
                .contains("Nothing to do")
                .doesNotContain("warning");
    }

    /// A run keeps for the next `up` just what that would find.
    private void expectWhatTheRunKeptToBeRight() throws IOException {
        Path kept = state.resolve("settled.json");
        String ofTheRun = Files.readString(kept);
        Finished byWhatIsKept = sandbox.verb("up").expect(0);
        assertThat(Files.readString(kept)).isEqualTo(ofTheRun);
        Files.delete(kept);
        Finished anew = sandbox.verb("up").expect(0);
        assertThat(Files.readString(kept)).isEqualTo(ofTheRun);
        assertThat(anew.err()).contains("Nothing to do: as verified");
        assertThat(byWhatIsKept.out()).isEqualTo(anew.out()).isNotEmpty();
    }

    @Test
    void onlyTheLatestStateActsAndAdoptMakesItAnywhere() throws IOException {
        assertThat(sandbox.verb("up").expect(0).err())
                .contains("The recovery key of this cluster's state is " + sandbox.folder());
        expectWhatTheRunKeptToBeRight();
        Path yesterday = sandbox.folder().resolve("yesterday");
        copyState(state, yesterday);
        String clusterOfYesterday = sandbox.read("etcd/cluster.yaml");
        sandbox.write("etcd/cluster.yaml", clusterOfYesterday.replace("count: 3", "count: 4"));
        sandbox.verb("up").expect(0);
        Map<String, String> running = processes();

        // Yesterday's state, with today's files and with its own: there is nothing to do, it
        // thinks.
        Path today = sandbox.folder().resolve("today");
        Files.move(state, today);
        copyState(yesterday, state);
        expectRefused(sandbox.verb("up"), "store-1 has been acted on since: it carries run 2");
        expectRefused(sandbox.verb("up", "--verify"), "which is not on record here");
        expectRefused(sandbox.verb("down", "--yes"), "which is not on record here");
        sandbox.write("etcd/cluster.yaml", clusterOfYesterday);
        expectRefused(sandbox.verb("up"), "it carries run 2");
        sandbox.write("etcd/cluster.yaml", clusterOfYesterday.replace("count: 3", "count: 4"));
        expectAdopted("etcd", "store-1", "store-4");

        // The state is deleted; a key that opens nothing changes nothing.
        remove(state);
        expectRefused(sandbox.verb("up"), "store-4 answers to another state of cluster etcd-demo");
        Path keys = sandbox.folder().resolve("config/ashlar/recovery");
        Path aside = sandbox.folder().resolve("keys");
        Files.move(keys, aside);
        assertThat(sandbox.verb("adopt").expect(6).err())
                .contains("authorities are sealed", "--recovery-key FILE", "--without-keys");
        expectRefused(sandbox.verb("up"), "answers to another state");
        Files.move(aside, keys);
        expectAdopted("etcd", "store-1", "store-4");

        // Another clone.
        Sandbox.copy(sandbox.cluster(), sandbox.folder().resolve("clone"));
        expectRefused(sandbox.run("up", "clone"), "store-1 answers to another state", "held by");
        expectAdopted("clone", "store-1", "store-4");
        Finished up = sandbox.run("up", "clone").expect(0);
        assertThat(up.out())
                .contains("clone/.ashlar/access/kv/client.pem")
                .doesNotContain("/etcd/");
        EtcdCluster adopted = EtcdCluster.printedBy(sandbox, up);
        adopted.expectHealthy();
        expectRefused(sandbox.verb("up"), "acted on since");
        expectRefused(sandbox.verb("down", "--yes"), "acted on since");
        assertThat(processes()).isEqualTo(running);

        expectABackupToBeTheLatest();
        adopted.witness("clone").expectAgreement(adopted.nodes());

        sandbox.run("down", "clone").expect(0);
        assertThat(keys).isEmptyDirectory();
        assertThat(sandbox.verb("up").expect(0).err()).contains("warning: no node answers");
    }

    private void expectABackupToBeTheLatest() throws IOException {
        Path backup = sandbox.folder().resolve("backup.zip");
        Sandbox.document(
                sandbox.run("state", "backup", backup.toString(), "clone", "--json").expect(0));
        assertThat(sandbox.run("state", "restore", backup.toString(), "clone").expect(7).err())
                .contains("is there already");
        remove(sandbox.folder().resolve("clone/.ashlar"));
        Sandbox.document(
                sandbox.run("state", "restore", backup.toString(), "clone", "--json").expect(0));
        assertThat(sandbox.run("up", "clone").expect(0).err()).contains("Nothing to do");
    }

    @Test
    void whoIsTakenOverInTheMiddleOfARunDoesNothingMore() throws IOException {
        sandbox.verb("up").expect(0);
        Sandbox.copy(sandbox.cluster(), sandbox.folder().resolve("clone"));
        Running up = sandbox.startVerb("up", "--set", "groups.store.kv.client_port=12379");
        up.awaitErr("kv\\.run@store-1 running", SOON);

        sandbox.run("adopt", "clone").expect(0);

        Finished lost = up.finish(SOON).expect(7);
        assertThat(lost.err())
                .contains("of another copy of this state", "this state may not act there")
                .doesNotContain("kv.run@store-3 done");
        sandbox.run("up", "clone", "--verify").expect(0);
        EtcdCluster.printedBy(sandbox, sandbox.run("up", "clone").expect(0)).expectHealthy();
        sandbox.run("down", "clone").expect(0);
    }

    @Test
    void aFirstRunThatWasCutShortAndLostIsBegunAnew() throws IOException {
        Running up = sandbox.startVerb("up");
        up.awaitErr("kv\\.configure@store-\\d running", SOON);
        up.kill();
        up.finish(SOON);
        remove(state);

        expectRefused(sandbox.verb("up"), "answers to another state of cluster etcd-demo: run 1");
        assertThat(sandbox.verb("adopt").expect(7).err())
                .contains("no node carries a copy of its state", "--without-record");
        sandbox.verb("adopt", "--without-record").expect(0);
        EtcdCluster.printedBy(sandbox, sandbox.verb("up").expect(0)).expectHealthy();
        expectNothingToBeDestroyedThatNobodyAnswersFor();
        assertThat(sandbox.verb("adopt").expect(4).err()).contains("there is nothing to adopt");
    }

    /// Without power nobody can object, so somebody is given power.
    private void expectNothingToBeDestroyedThatNobodyAnswersFor() throws IOException {
        Path yesterday = sandbox.folder().resolve("yesterday");
        copyState(state, yesterday);
        sandbox.machine("store-1").run("rm /etc/ashlar/etcd-kv.yaml");
        sandbox.verb("up", "--verify").expect(0);
        Path today = sandbox.folder().resolve("today");
        NODES.forEach(node -> sandbox.lab("power-off", node));
        Files.move(state, today);
        copyState(yesterday, state);
        Finished refused = sandbox.verb("down", "--yes");
        expectRefused(refused, "starting store-1", "store-1 has been acted on since");

        remove(state);
        Files.move(today, state);
        sandbox.lab("power-off", "store-1");
        assertThat(sandbox.verb("down").expect(0).err()).contains("starting store-1");
    }

    private static void copyState(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
