package dev.ashlar.app.terminal;

import dev.ashlar.app.cluster.NodeRow;
import dev.ashlar.model.journal.Invitation;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How far nodes are trusted, for people.
public final class NodeView {
    private static final List<String> HEADINGS = List.of("NODE", "ADDRESS", "TRUST", "BY", "KEY");

    private NodeView() {}

    /// One line each, below a line of headings.
    public static List<String> table(Collection<NodeRow> nodes) {
        List<List<String>> rows = new ArrayList<>(List.of(HEADINGS));
        nodes.forEach(node -> rows.add(row(node)));
        return Table.aligned(rows);
    }

    private static List<String> row(NodeRow node) {
        return List.of(
                node.node(),
                node.access().map(NodeAccess::address).orElse("-"),
                trust(node),
                by(node),
                known(node).stream().findFirst().map(HostKey::fingerprint).orElse("-"));
    }

    private static String by(NodeRow node) {
        return node.by().isEmpty()
                ? node.invited()
                        .filter(Invitation::isPending)
                        .map(one -> "its token, until " + Times.at(one.untilMs()))
                        .orElse("-")
                : node.by();
    }

    private static String token(Invitation invited) {
        String given =
                "given by %s, %s"
                        .formatted(invited.given().who(), Times.at(invited.given().atMs()));
        return given
                + invited.ended()
                        .map(word ->
                                ", ended %s: %s".formatted(Times.at(word.atMs()), word.title()))
                        .orElse(", until " + Times.at(invited.untilMs()));
    }

    private static String trust(NodeRow node) {
        return node.trust()
                .map(trust -> trust.name().toLowerCase(Locale.ROOT))
                .orElse("not there yet");
    }

    /// Everything about one.
    ///
    /// @param shown the keys that it shows now; empty where it could not be asked
    public static List<String> lines(NodeRow node, Optional<List<HostKey>> shown) {
        List<String> lines = new ArrayList<>();
        lines.add(
                node.node()
                        + node.access()
                                .map(way -> " at " + way.address() + ":" + way.port())
                                .orElse(""));
        lines.add(
                "  trust     "
                        + trust(node)
                        + node.sinceMs().map(at -> " since " + Times.at(at)).orElse(""));
        lines.add("  by        " + (node.by().isEmpty() ? "nobody" : node.by()));
        node.invited().ifPresent(one -> lines.add("  token     " + token(one)));
        keys(lines, "  host key  ", known(node).stream().map(HostKey::listed).toList());
        shown.ifPresent(keys ->
                keys(lines, "  it shows  ", keys.stream().map(key -> told(key, node)).toList()));
        return lines;
    }

    private static String told(HostKey key, NodeRow node) {
        if (known(node).isEmpty()) {
            return key.listed();
        }
        String own = node.isRevoked() ? "  revoked" : "  its own";
        return key.listed() + (known(node).contains(key) ? own : "  not vouched for");
    }

    /// The keys by which its machine is told, or was until it was revoked.
    private static List<HostKey> known(NodeRow node) {
        return node.isRevoked() ? node.keys() : node.hostKeys();
    }

    private static void keys(List<String> lines, String first, List<String> keys) {
        if (keys.isEmpty()) {
            lines.add(first + "none");
        }
        for (int at = 0; at < keys.size(); at++) {
            lines.add((at == 0 ? first : " ".repeat(first.length())) + keys.get(at));
        }
    }
}
