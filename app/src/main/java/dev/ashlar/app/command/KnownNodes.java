package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.execution.Machines;
import dev.ashlar.app.selection.SelectionRequest;
import dev.ashlar.language.expression.Spelling;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.node.NodeAccess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;

/// The nodes of a cluster that are there: those of which the record says how they are reached.
/// Stops with exit code 3 where another is asked for.
record KnownNodes(Cluster cluster, Machines machines) {
    private static final String BUILD = "  help: `ashlar up` makes what the files say";

    /// Also stops where what is on record is another cluster's, or another site's.
    static KnownNodes of(Cluster cluster) {
        Belonging.check(cluster);
        KnownNodes known =
                new KnownNodes(
                        cluster,
                        Machines.of(cluster.past(), cluster.composition().providers().values()));
        if (known.machines.names().isEmpty()) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    List.of("error: no node of this cluster is there yet", BUILD));
        }
        return known;
    }

    /// What, where and how many, with those that are no longer wanted.
    String headline() {
        Composition files = cluster.composition();
        return Headline.of(files.name(), files.site().name(), all().size());
    }

    /// Those that are meant; all that are there when none are named. A pattern can mean a group,
    /// and could mean too many nodes where the groups are not known.
    List<String> among(Optional<String> limit) {
        if (limit.isPresent() && cluster.composition().groups().isEmpty()) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    List.of(
                            "error: --limit goes by the groups in the files, and none are known",
                            "  help: `ashlar ssh NODE -- COMMAND` reaches one node; without --limit"
                                    + " it is all that are there"));
        }
        List<String> meant = new ArrayList<>(limit.isPresent() ? all() : there());
        Set<String> leftOut =
                SelectionOptions.select(cluster, new SelectionRequest(limit, List.of(), List.of()))
                        .nodes();
        meant.removeAll(leftOut);
        List<String> missing = meant.stream().filter(node -> !isThere(node)).toList();
        if (!missing.isEmpty()) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    List.of(absent(missing), BUILD + "; !NODE in --limit leaves one out"));
        }
        return meant;
    }

    /// How a node is reached; stops with exit code 6 where it must not be.
    NodeAccess access(String node) {
        NodeAccess access = known(node);
        Optional<CommandStop> stop = machines.objection(access).map(CommandStop::of);
        if (stop.isPresent()) {
            throw stop.get();
        }
        return access;
    }

    private NodeAccess known(String node) {
        return machines.access(node)
                .orElseThrow(() ->
                        new CommandStop(
                                ExitCode.INVALID,
                                all().contains(node)
                                        ? List.of(absent(List.of(node)), BUILD)
                                        : unknown(node, all())));
    }

    /// What to say of a node that there is not.
    static List<String> unknown(String node, Collection<String> known) {
        List<String> lines = new ArrayList<>();
        lines.add("error: no node is called \"" + node + "\"");
        Spelling.hint(node, known).ifPresent(hint -> lines.add("  help: " + hint));
        return lines;
    }

    private static String absent(List<String> nodes) {
        return "error: not there yet, as far as is on record: " + String.join(", ", nodes);
    }

    private boolean isThere(String node) {
        return machines.access(node).isPresent();
    }

    private List<String> there() {
        return all().stream().filter(this::isThere).toList();
    }

    /// In the order of the files; then those that are no longer wanted.
    private SequencedSet<String> all() {
        SequencedSet<String> all = new LinkedHashSet<>();
        cluster.composition().groups().values().forEach(group -> all.addAll(group.nodes()));
        all.addAll(new TreeSet<>(machines.names()));
        return all;
    }
}
