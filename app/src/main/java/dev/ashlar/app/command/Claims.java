package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.RecordedSite;
import dev.ashlar.app.cluster.Settled;
import dev.ashlar.app.execution.ClaimCheck;
import dev.ashlar.app.execution.Elsewhere;
import dev.ashlar.app.execution.Lookout;
import dev.ashlar.app.execution.Workshop;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.transport.SshTransport;
import dev.ashlar.store.folder.StateFolder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Ends a command, with exit code 7, whose state was not the last to act on the cluster's nodes: it
/// was lost and begun anew, is another clone's, or has been put back from long ago.
final class Claims {
    private static final int MOST_SHOWN = 5;
    private static final String THIS = "this state";

    private Claims() {}

    /// Before a plan is carried out.
    static void check(Workshop workshop, Cluster cluster, Plan plan, Terminal terminal)
            throws InterruptedException {
        Set<String> going =
                plan.entries().stream()
                        .filter(entry -> entry.action() == Plan.Action.REMOVE)
                        .flatMap(entry -> entry.key().node().stream())
                        .filter(node -> !cluster.graph().hasNode(node))
                        .collect(Collectors.toCollection(TreeSet::new));
        refuse(
                cluster.composition().name(),
                workshop.ask(
                                touched(plan, cluster.past()),
                                nodes(cluster),
                                whole(going, cluster.past()),
                                terminal::sayProgress)
                        .objections());
    }

    /// Before everything on record is taken back.
    static void check(Workshop workshop, RecordedSite site, Past past, Terminal terminal)
            throws InterruptedException {
        SequencedMap<String, String> nodes = new TreeMap<>(site.nodes());
        refuse(
                site.cluster(),
                workshop.ask(
                                nodes.keySet(),
                                nodes,
                                whole(nodes.keySet(), past),
                                terminal::sayProgress)
                        .objections());
    }

    /// Without those whose making or giving back was cut short or failed: they may never answer.
    private static List<String> whole(Collection<String> nodes, Past past) {
        return nodes.stream()
                .filter(node -> past.success(InstanceKey.acquire(node)).isPresent())
                .filter(node -> past.interrupted(InstanceKey.acquire(node)).isEmpty())
                .toList();
    }

    /// Before it is said that there is nothing to do.
    static void check(Cluster cluster, ClaimCheck.Found first, Terminal terminal) {
        boolean isLeft = !cluster.past().standing().isEmpty();
        ClaimCheck.Found found =
                isLeft && first.answered().isEmpty()
                        ? Lookout.ask(cluster, new SshTransport(), terminal::sayProgress)
                        : first;
        check(cluster.composition().name(), isLeft, found, terminal);
    }

    /// The same where it was found before that there is nothing to do.
    static void check(Settled settled, StateFolder state, Terminal terminal) {
        ClaimCheck.Found found =
                Lookout.ask(settled, state, new SshTransport(), terminal::sayProgress);
        check(settled.cluster(), true, found, terminal);
    }

    private static void check(
            String cluster, boolean isLeft, ClaimCheck.Found found, Terminal terminal) {
        refuse(cluster, found.objections());
        if (isLeft && found.answered().isEmpty()) {
            terminal.warn(
                    "warning: no node answers that could say whether this state is the latest");
        }
    }

    /// Before it is said that there is nothing to take back: none of the cluster's machines that
    /// can be asked answers to another state, or to what has been lost here.
    ///
    /// @return true where one has said so
    static boolean checkElsewhere(Cluster cluster, Terminal terminal) throws InterruptedException {
        Elsewhere elsewhere = Elsewhere.ask(new SshTransport(), cluster, nodes(cluster), terminal);
        refuse(
                cluster.state().isPresent() ? THIS : "a folder without a state",
                cluster.composition().name(),
                elsewhere.found().objections());
        boolean isAnswered = !elsewhere.found().answered().isEmpty();
        if (elsewhere.isAnybodyThere() && !isAnswered) {
            terminal.warn(
                    "warning: no node answers that could say whether another state acts on it");
        }
        return isAnswered;
    }

    private static Set<String> touched(Plan plan, Past past) {
        return plan.entries().stream()
                .filter(entry ->
                        entry.action() != Plan.Action.UNCHANGED
                                && entry.action() != Plan.Action.LEFT_OUT)
                .map(Plan.Entry::key)
                .flatMap(key -> Stream.concat(key.node().stream(), past.place(key).stream()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The provider of each node, on record or only in the files, by name: every run asks in the
    /// same order.
    static SequencedMap<String, String> nodes(Cluster cluster) {
        SequencedMap<String, String> nodes = new TreeMap<>();
        for (Instance instance : cluster.graph().instances().values()) {
            if (instance instanceof Instance.Acquire(InstanceKey _, String node, String provider)) {
                nodes.put(node, provider);
            }
        }
        if (cluster.isAnythingLeft()) {
            nodes.putAll(RecordedSite.of(cluster.past(), Optional.empty()).nodes());
        }
        return nodes;
    }

    private static void refuse(String cluster, Map<String, Failure> objections) {
        refuse(THIS, cluster, objections);
    }

    private static void refuse(String who, String cluster, Map<String, Failure> objections) {
        if (objections.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add(
                "error: %s may not act on cluster %s; nothing was touched".formatted(who, cluster));
        objections.values().stream()
                .limit(MOST_SHOWN)
                .forEach(objection -> lines.add("  " + objection.message()));
        if (objections.size() > MOST_SHOWN) {
            lines.add("  and " + (objections.size() - MOST_SHOWN) + " more");
        }
        objections.values().stream()
                .flatMap(objection -> objection.hint().stream())
                .distinct()
                .forEach(hint -> lines.add("  help: " + hint));
        throw new CommandStop(ExitCode.NOT_MINE, lines);
    }
}
