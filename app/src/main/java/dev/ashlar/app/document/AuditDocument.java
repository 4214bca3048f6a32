package dev.ashlar.app.document;

import dev.ashlar.app.cluster.AuditEntry;
import dev.ashlar.model.node.Claim;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What was done to a cluster, and how far its record is what it was.
public final class AuditDocument {
    private static final JsonMapper JSON = new JsonMapper();

    private AuditDocument() {}

    public static String list(String cluster, List<AuditEntry> entries) {
        ObjectNode json = Documents.document("ashlar.audit/1.0", cluster);
        json.put("verb", "list");
        ArrayNode all = json.putArray("entries");
        for (AuditEntry entry : entries) {
            ObjectNode one = all.addObject();
            one.put("at", Documents.time(entry.atMs()));
            one.put("who", entry.who());
            one.put("act", entry.act());
            one.put("about", entry.about());
            entry.run().ifPresent(run -> one.put("run", run));
            one.put("result", entry.result());
        }
        return Documents.text(json);
    }

    /// @param records how many were held against their checksums
    /// @param agreeing by node, what it says of the record
    /// @param objections what others say against it
    public static String verify(
            String cluster, long records, Map<String, Claim> agreeing, List<String> objections) {
        ObjectNode json = Documents.document("ashlar.audit/1.0", cluster);
        json.put("verb", "verify");
        json.put("records", records);
        ArrayNode witnesses = json.putArray("witnesses");
        agreeing.forEach((node, claim) ->
                witnesses
                        .addObject()
                        .put("node", node)
                        .put("record", claim.number())
                        .put("run", claim.run()));
        Documents.strings(json.putArray("objections"), objections);
        return Documents.text(json);
    }

    /// A record as it was written: a line of an export.
    ///
    /// @param checksum 32 bytes
    public static String exported(long number, String text, byte[] checksum) {
        return Documents.text(
                JSON.createObjectNode()
                        .put("number", number)
                        .put("checksum", HexFormat.of().formatHex(checksum))
                        .put("text", text));
    }

    /// The first line of an export.
    public static String exportHead(String cluster, String lineage, long records) {
        return Documents.text(
                Documents.document("ashlar.export/1.0", cluster)
                        .put("lineage", lineage)
                        .put("records", records));
    }
}
