package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.ofMembers;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.work.Failure;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.SimulationOptions;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import dev.ashlar.simulation.composition.Expressions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What tests tell of clusters and runs.
final class Story {
    static final SimulationOptions QUIET = SimulationOptions.of(1);

    private Story() {}

    static InstanceKey key(String text) {
        return InstanceKey.parse(text).orElseThrow();
    }

    /// A store of members that know each other from their founding: installed, configured, run and
    /// healthy.
    static ComponentBuilder store(String port) {
        return component("member")
                .input("port", literal(port))
                .early("peer", Expressions.joined(read("node", "name"), literal(":2380")))
                .output(
                        "endpoint",
                        Expressions.joined(read("node", "name"), read("inputs", "port")))
                .step(step("install").file("/usr/bin/kv", literal("1")))
                .step(
                        step("configure")
                                .founding("peers", ofMembers("peer"))
                                .file("/etc/peers", Expressions.joined(read("inputs", "peers")))
                                .file("/etc/port", read("inputs", "port")))
                .step(step("run").service("kv", "install", "configure").health());
    }

    static Graph stores(int members, String port) {
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("store", members)
                        .use("kv", "store", store(port))
                        .build());
    }

    /// A store that has been founded at port 1.
    static Simulation founded(int members) {
        Simulation simulation = new Simulation(stores(members, "1"));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        return simulation;
    }

    /// The run broke no rule.
    static void lawful(Timeline run) {
        assertThat(run.violations()).as(() -> String.join("\n", run.trace())).isEmpty();
    }

    static Failure failure(Timeline run, String instance) {
        return Objects.requireNonNull(run.failures().get(key(instance)), instance);
    }

    static Graph one(ComponentBuilder component, int members) {
        return Graph.of(
                ClusterBuilder.cluster().group("g", members).use("kv", "g", component).build());
    }

    /// The lines of a run about work that is started, in order: `Apply kv.run@store-1`.
    static List<String> starts(Timeline timeline) {
        return timeline.trace().stream()
                .map(line -> line.split(" "))
                .filter(words -> words[1].equals("start"))
                .map(words -> words[2] + " " + words[3])
                .toList();
    }

    /// Work that is started and what ended, in order: `start kv.run@store-1`, `end kv.run@store-1`.
    static List<String> doings(Timeline timeline) {
        return timeline.trace().stream()
                .map(line -> line.split(" "))
                .filter(words ->
                        (words[1].equals("start") && !words[2].equals("Probe"))
                                || words[2].equals("SUCCEEDED")
                                || words[2].equals("FAILED"))
                .map(words -> words[1].equals("start") ? "start " + words[3] : "end " + words[1])
                .toList();
    }

    /// The record as it was before probes and served uses were part of it.
    static JournalRecord older(JournalRecord entry) {
        return entry instanceof JournalRecord.Succeeded done
                ? succeeded(done, done.after(), List.of())
                : entry;
    }

    /// The success with other edges and without its probe.
    static JournalRecord succeeded(
            JournalRecord.Succeeded done, List<InstanceKey> after, List<String> served) {
        return new JournalRecord.Succeeded(
                done.run(),
                done.key(),
                done.intent(),
                done.effect(),
                done.fingerprint(),
                done.changed(),
                done.outputs(),
                done.inputs(),
                done.frozen(),
                done.owned(),
                done.dropped(),
                after,
                served,
                Optional.empty(),
                new LinkedHashMap<>(),
                done.atMs());
    }

    static <R extends JournalRecord> List<R> records(Simulation simulation, Class<R> kind) {
        return simulation.journal().stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
