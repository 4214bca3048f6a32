package dev.ashlar.app.document;

import dev.ashlar.engine.picture.Picture;
import dev.ashlar.engine.picture.Picture.Bound;
import dev.ashlar.engine.picture.Picture.Link;
import dev.ashlar.engine.picture.Picture.Output;
import dev.ashlar.engine.picture.Picture.Step;
import dev.ashlar.engine.picture.Picture.Use;
import dev.ashlar.engine.picture.Picture.Vertex;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A picture for machines.
public final class GraphDocument {
    private GraphDocument() {}

    public static String of(Picture picture) {
        ObjectNode json = Documents.document("ashlar.graph/1.0", picture.cluster());
        ArrayNode groups = json.putArray("groups");
        for (Picture.Group group : picture.groups()) {
            ObjectNode one = groups.addObject();
            one.put("name", group.name());
            Documents.strings(one.putArray("nodes"), group.nodes());
            ArrayNode uses = one.putArray("uses");
            group.uses().forEach(use -> use(uses.addObject(), use));
        }
        ArrayNode links = json.putArray("links");
        picture.links().forEach(link -> link(links.addObject(), link));
        return Documents.text(json);
    }

    private static void use(ObjectNode json, Use use) {
        json.put("name", use.name());
        json.put("component", use.component());
        use.version().ifPresent(version -> json.put("version", version));
        ArrayNode required = json.putArray("requires");
        for (Bound bound : use.bound()) {
            ObjectNode one = required.addObject();
            one.put("name", bound.name());
            one.put("interface", bound.of());
            one.put("to", bound.to());
            one.put("external", bound.external());
        }
        ArrayNode steps = json.putArray("steps");
        use.steps().forEach(step -> step(steps.addObject(), step));
        ArrayNode outputs = json.putArray("outputs");
        for (Output output : use.outputs()) {
            ObjectNode one = outputs.addObject();
            one.put("name", output.name());
            one.put("of", output.kind() == Vertex.Kind.OUTPUT ? "each" : "all");
            one.put("type", output.type());
            one.put("holds", output.holds());
        }
    }

    private static void step(ObjectNode json, Step step) {
        json.put("name", step.name());
        json.put("does", step.does());
        json.put("for", step.forCluster() ? "cluster" : "node");
        step.each().ifPresent(each -> json.put("each", each));
        step.when().ifPresent(when -> json.put("when", when));
        json.put("tells_health", step.tellsHealth());
        Documents.strings(json.putArray("inputs"), step.width().inputs());
        Documents.strings(json.putArray("outputs"), step.width().outputs());
        Documents.strings(json.putArray("outputs_read"), step.width().read());
    }

    private static void link(ObjectNode json, Link link) {
        json.put("from", name(link.from()));
        json.put("to", name(link.to()));
        json.put("reason", link.reason().name().toLowerCase(Locale.ROOT));
        Documents.strings(json.putArray("values"), link.values());
    }

    private static String name(Vertex vertex) {
        return vertex.use()
                + switch (vertex.kind()) {
                    case STEP -> ".";
                    case OUTPUT -> ".outputs.";
                    case CLUSTER_OUTPUT -> ".cluster_outputs.";
                }
                + vertex.name();
    }
}
