package dev.ashlar.app.document;

import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What was written for a pack, for machines.
public final class PackDocument {
    private PackDocument() {}

    /// @param verb by which
    /// @param files as they were written, in order
    public static String of(String verb, String pack, List<Path> files) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", "ashlar.pack/1.0");
        json.put("verb", verb);
        json.put("pack", pack);
        Documents.strings(json.putArray("files"), files.stream().map(Path::toString).toList());
        return Documents.text(json);
    }
}
