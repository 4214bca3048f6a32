package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.engine.past.Verdicts;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.JournalRecord.Verdict;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The first lines of every command that changes something: what, where, how much, and what is set
/// to something else than the files say.
final class Headline {
    private static final int MOST_NAMED = 5;

    private Headline() {}

    static List<String> of(Cluster cluster) {
        List<String> lines = new ArrayList<>(List.of(of(cluster.composition())));
        lines.addAll(GoalOnRecord.lines(cluster));
        lines.addAll(shunned(cluster));
        return lines;
    }

    /// The nodes that nothing will be sent to.
    private static List<String> shunned(Cluster cluster) {
        Verdicts verdicts = cluster.past().verdicts();
        Set<String> revoked = new TreeSet<>();
        verdicts.all().stream()
                .map(Judged::node)
                .filter(node -> verdicts.on(node).orElseThrow().verdict() == Verdict.REVOKED)
                .forEach(revoked::add);
        Set<String> unknown = new TreeSet<>();
        cluster.composition().providers().values().stream()
                .flatMap(provider -> provider.machines().stream())
                .map(ProviderConfig.Machine::access)
                .filter(access -> access.hostKeys().isEmpty())
                .map(NodeAccess::node)
                .filter(node -> !revoked.contains(node) && verdicts.approved(node).isEmpty())
                .forEach(unknown::add);
        return Stream.of(
                        told(cluster, "Waits for approval: ", unknown),
                        told(cluster, "Revoked: ", revoked))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> told(Cluster cluster, String what, Set<String> nodes) {
        List<String> meant = nodes.stream().filter(cluster.graph()::hasNode).toList();
        return meant.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        what
                                + Words.some(meant, MOST_NAMED)
                                + "; nothing is sent there (`ashlar node show %s`)"
                                        .formatted(meant.getFirst()));
    }

    static String of(Composition composition) {
        int nodes = composition.groups().values().stream().mapToInt(g -> g.nodes().size()).sum();
        return of(composition.name(), composition.site().name(), nodes);
    }

    static String of(String cluster, String site, int nodes) {
        return "Cluster " + cluster + " at site " + site + ", " + nodes(nodes);
    }

    static String nodes(int count) {
        return count + (count == 1 ? " node" : " nodes");
    }
}
