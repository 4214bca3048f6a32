package dev.ashlar.app.document;

import dev.ashlar.app.cluster.SecretRow;
import dev.ashlar.model.journal.Receipt;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Secrets for machines: all about them but what they are.
public final class SecretDocument {
    private SecretDocument() {}

    /// @param verb that was carried out
    public static String of(String cluster, String verb, List<SecretRow> rows) {
        ObjectNode json = Documents.document("ashlar.secrets/1.0", cluster);
        json.put("verb", verb);
        ArrayNode all = json.putArray("secrets");
        rows.forEach(row -> row(all.addObject(), row));
        return Documents.text(json);
    }

    private static void row(ObjectNode json, SecretRow row) {
        json.put("name", row.name());
        json.put("declared", row.spec().isPresent());
        row.spec().ifPresent(spec -> json.put("doc", spec.doc()));
        row.spec().ifPresent(spec -> json.put("generated", spec.recipe().isPresent()));
        json.put("version", row.version());
        row.last()
                .ifPresent(
                        last -> json.put("who", last.who()).put("at", Documents.time(last.atMs())));
        ArrayNode receipts = json.putArray("receipts");
        for (Receipt receipt : row.receipts()) {
            ObjectNode one = receipts.addObject();
            receipt.node().ifPresent(node -> one.put("node", node));
            one.put("step", receipt.step().toString())
                    .put("version", receipt.version())
                    .put("run", receipt.run())
                    .put("at", Documents.time(receipt.atMs()));
        }
    }
}
