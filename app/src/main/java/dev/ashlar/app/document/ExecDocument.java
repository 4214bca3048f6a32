package dev.ashlar.app.document;

import dev.ashlar.nodes.execute.CommandResult;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a command came to on each node, for machines.
public final class ExecDocument {
    private ExecDocument() {}

    /// @param command its words
    public static String of(
            String cluster, List<String> command, SequencedMap<String, CommandResult> results) {
        ObjectNode json = Documents.document("ashlar.exec/1.0", cluster);
        Documents.strings(json.putArray("command"), command);
        ArrayNode nodes = json.putArray("nodes");
        results.forEach((node, result) -> {
            ObjectNode one = nodes.addObject();
            one.put("node", node);
            result(one, result);
        });
        return Documents.text(json);
    }

    private static void result(ObjectNode json, CommandResult result) {
        result.exitCode().ifPresent(code -> json.put("exit_code", code));
        json.put("stdout", result.out().text());
        json.put("stderr", result.err().text());
        ArrayNode cut = json.putArray("cut");
        if (result.out().cut()) {
            cut.add("stdout");
        }
        if (result.err().cut()) {
            cut.add("stderr");
        }
        result.failure()
                .ifPresent(failure -> Documents.failure(json.putObject("failure"), failure));
    }
}
