package dev.ashlar.app.document;

import dev.ashlar.app.cluster.NodeRow;
import dev.ashlar.app.cluster.SecretRow;
import dev.ashlar.model.journal.Invitation;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.work.Failure;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Nodes and how far their machines are trusted.
public final class NodeDocument {
    private NodeDocument() {}

    /// @param secrets those of the cluster
    /// @param shown by a machine that was asked; empty where none was
    public static String of(
            String cluster,
            String verb,
            Collection<NodeRow> nodes,
            Collection<SecretRow> secrets,
            Optional<List<HostKey>> shown,
            List<Failure> failures) {
        ObjectNode json = Documents.document("ashlar.node/1.0", cluster);
        json.put("verb", verb);
        ArrayNode all = json.putArray("nodes");
        for (NodeRow node : nodes) {
            ObjectNode entry = all.addObject();
            entry(entry, node, shown);
            seen(entry.putArray("seen_secrets"), SecretRow.seenBy(node.node(), secrets));
        }
        ArrayNode failed = json.putArray("failures");
        failures.forEach(failure -> Documents.failure(failed.addObject(), failure));
        return Documents.text(json);
    }

    private static void entry(ObjectNode json, NodeRow node, Optional<List<HostKey>> shown) {
        json.put("node", node.node());
        node.access()
                .ifPresent(access -> {
                    json.put("address", access.address());
                    json.put("port", access.port());
                });
        node.trust().ifPresent(t -> json.put("trust", t.name().toLowerCase(Locale.ROOT)));
        json.put("by", node.by());
        node.sinceMs().ifPresent(at -> json.put("since", Documents.time(at)));
        keys(json.putArray("host_keys"), node.access().map(NodeAccess::hostKeys).orElse(List.of()));
        node.invited().ifPresent(one -> token(json.putObject("token"), one));
        shown.ifPresent(keys -> keys(json.putArray("shown"), keys));
    }

    private static void seen(ArrayNode json, List<SecretRow> rows) {
        rows.forEach(row -> json.addObject().put("name", row.name()).put("version", row.version()));
    }

    private static void token(ObjectNode json, Invitation invited) {
        json.put("fingerprint", invited.token().fingerprint());
        json.put("given_by", invited.given().who());
        json.put("given_at", Documents.time(invited.given().atMs()));
        json.put("until", Documents.time(invited.untilMs()));
        invited.ended().ifPresent(word -> json.put("ended_at", Documents.time(word.atMs())));
    }

    private static void keys(ArrayNode json, List<HostKey> keys) {
        for (HostKey key : keys) {
            json.addObject()
                    .put("algorithm", key.algorithm())
                    .put("key", key.base64())
                    .put("fingerprint", key.fingerprint());
        }
    }
}
