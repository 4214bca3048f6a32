package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.composition.Expressions.joined;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.ofGroup;
import static dev.ashlar.simulation.composition.Expressions.ofMembers;
import static dev.ashlar.simulation.composition.Expressions.ofUse;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.model.value.Await.Holds;
import dev.ashlar.model.work.Failure;
import dev.ashlar.simulation.MemberStore;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Members that come, and of which something waits for others of their group once they have joined.
class EntrancesTest {
    /// The list at each node tells where all of the store are, once all of them are healthy.
    private static Graph storesAndLists(int members, String port) {
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("store", members)
                        .use(
                                "kv",
                                "store",
                                MemberStore.component(port)
                                        .clusterOutput("all", Holds.ALL, ofMembers("endpoint")))
                        .use(
                                "list",
                                "store",
                                MemberStore.component("list", "port")
                                        .input("all", ofUse("store", "kv", "all"))
                                        .step(
                                                step("tell")
                                                        .file(
                                                                "/list-all",
                                                                joined(read("inputs", "all")))))
                        .build());
    }

    /// A member makes its keys once it has joined.
    private static ComponentBuilder keyed() {
        return MemberStore.component("port")
                .early("key", read("keys", "fixed"))
                .step(step("keys").output("fixed").script("keys"));
    }

    /// Each member trusts the keys of all.
    private static Graph trusting(int members) {
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("store", members)
                        .use(
                                "kv",
                                "store",
                                keyed().step(
                                                step("trust")
                                                        .file(
                                                                "/trusted",
                                                                joined(ofMembers("key")))))
                        .build());
    }

    /// A gate of its own group lets in whose keys it has, and each member waits for the gate.
    private static Graph gated(int members) {
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("store", members)
                        .use(
                                "kv",
                                "store",
                                keyed().input("open", ofUse("gate", "gate", "open"))
                                        .step(step("enter").file("/gate", read("inputs", "open"))))
                        .group("gate", 1)
                        .use(
                                "gate",
                                "gate",
                                ComponentBuilder.component("gate-alone")
                                        .input("keys", ofGroup("store", "kv", "key"))
                                        .clusterOutput("open", Holds.ALL, literal("open"))
                                        .step(
                                                step("run")
                                                        .file(
                                                                "/keys",
                                                                joined(read("inputs", "keys")))
                                                        .service("gate")
                                                        .health()))
                        .build());
    }

    private static Simulation standing(Graph first, Graph next) {
        Simulation simulation = new Simulation(first);
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        return simulation.goal(next);
    }

    @Test
    void whoeverWaitsForOthersOnceItHasJoinedIsLetInAfterTheirTurns() {
        Timeline run = standing(storesAndLists(2, "1"), storesAndLists(4, "2")).up(QUIET);
        lawful(run);
        assertThat(run.isDone()).as(() -> String.join("\n", run.trace())).isTrue();
        List<String> doings = Story.doings(run);
        for (String list : List.of("start list.join@store-3", "start list.join@store-4")) {
            for (int node = 1; node <= 4; node++) {
                assertThat(doings).containsSubsequence("end kv.run@store-" + node, list);
            }
        }
    }

    @Test
    void aRunThatIsCutAnywhereIsTakenUpToTheEnd() {
        int ended = 0;
        for (int cut = 1; ended < 1; cut++) {
            Simulation simulation = standing(storesAndLists(2, "1"), storesAndLists(4, "2"));
            Timeline first = simulation.up(QUIET.crashingAfter(cut));
            lawful(first);
            ended += first.isDone() ? 1 : 0;
            Timeline rest = simulation.up(QUIET);
            lawful(rest);
            assertThat(rest.isDone()).as("cut after %d: %s", cut, rest.failures()).isTrue();
        }
    }

    @Test
    void whoNeedEachOtherAreRefusedBeforeAnybodyCountsOnThemAndComeOneByOne() {
        Simulation simulation = standing(trusting(2), trusting(4));
        Timeline refused = simulation.up(QUIET);
        lawful(refused);
        assertThat(refused.isDone()).isFalse();
        assertThat(Story.starts(refused)).noneMatch(line -> line.contains("join"));
        assertThat(refused.failures()).containsOnlyKeys(key("kv.join@store-3"));
        Failure failure = refused.failures().get(key("kv.join@store-3"));
        assertThat(failure)
                .extracting(Failure::kind, Failure::message, Failure::hint)
                .containsExactly(
                        "need-each-other",
                        "what comes after kv.join@store-3 waits for what comes after"
                                + " kv.join@store-4, and that for this; only one of them can be on"
                                + " its way in at a time",
                        Optional.of(
                                "Let them come one by one: take store-4 out of the files, or"
                                        + " store-3, `ashlar up`, and put it back"));

        for (int members = 3; members <= 4; members++) {
            Timeline run = simulation.goal(trusting(members)).up(QUIET);
            lawful(run);
            assertThat(run.isDone()).as("%d members: %s", members, run.failures()).isTrue();
        }
    }

    @Test
    void whoWaitsForWhatWaitsForItIsLetInWhenNothingElseCanBeDone() {
        Timeline run = standing(gated(2), gated(3)).up(QUIET);
        lawful(run);
        assertThat(run.isDone()).as(() -> String.join("\n", run.trace())).isTrue();
        assertThat(Story.doings(run))
                .containsSubsequence(
                        "end kv.join@store-3", "start gate.run@gate-1", "start kv.enter@store-3");
    }
}
