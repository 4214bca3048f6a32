package dev.ashlar.app.document;

import dev.ashlar.engine.removal.DataFate;
import dev.ashlar.engine.removal.DataLeft;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What becomes, or became, of data, as a part of the documents of plans and runs.
final class DataDocument {
    private DataDocument() {}

    static void put(ObjectNode json, DataFate data) {
        ArrayNode all = json.putArray("data");
        put(all, data.destroyed(), "destroyed");
        put(all, data.kept(), "left");
    }

    private static void put(ArrayNode all, List<DataLeft> data, String fate) {
        for (DataLeft one : data) {
            all.addObject()
                    .put("use", one.key().use())
                    .put("node", one.node())
                    .put("resource", one.thing().title())
                    .put("fate", fate);
        }
    }
}
