package dev.ashlar.app.terminal;

import dev.ashlar.engine.picture.Picture;
import dev.ashlar.engine.picture.Picture.Group;
import dev.ashlar.engine.picture.Picture.Link;
import dev.ashlar.engine.picture.Picture.Output;
import dev.ashlar.engine.picture.Picture.Step;
import dev.ashlar.engine.picture.Picture.Use;
import dev.ashlar.engine.picture.Picture.Vertex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A picture in a language that other programs draw. Arrows lead from what is first to what waits
/// for it: plain ones carry values, thin ones only an order, and dotted ones health.
public enum PictureText {
    /// For Markdown, and whatever draws that.
    MERMAID {
        @Override
        List<String> head(Picture picture) {
            return List.of("flowchart LR");
        }

        @Override
        String open(String id, String label) {
            return "subgraph " + id + "[\"" + text(label) + "\"]";
        }

        @Override
        String close() {
            return "end";
        }

        @Override
        String box(String id, List<String> lines, Shape shape) {
            String label =
                    "\"" + String.join("<br/>", lines.stream().map(this::text).toList()) + "\"";
            return id
                    + switch (shape) {
                        case STEP -> "[" + label + "]";
                        case ONCE -> "{{" + label + "}}";
                        case OUTPUT -> "([" + label + "])";
                    };
        }

        @Override
        String arrow(String from, String to, Link link) {
            String values = text(String.join(", ", link.values()));
            return switch (link.reason()) {
                case ORDER -> from + " --> " + to;
                case VALUE -> from + " ==>|" + values + "| " + to;
                case HEALTH -> from + " -.->|healthy| " + to;
            };
        }

        @Override
        List<String> foot() {
            return List.of();
        }

        private String text(String plain) {
            return plain.replace("\"", "#quot;").replace("<", "#lt;").replace("|", "#124;");
        }
    },
    /// For Graphviz.
    DOT {
        @Override
        List<String> head(Picture picture) {
            return List.of(
                    "digraph " + quoted(picture.cluster()) + " {",
                    "  rankdir=LR; node [shape=box];");
        }

        @Override
        String open(String id, String label) {
            return "subgraph cluster_" + id + " { label=" + quoted(label) + ";";
        }

        @Override
        String close() {
            return "}";
        }

        @Override
        String box(String id, List<String> lines, Shape shape) {
            String form =
                    switch (shape) {
                        case STEP -> "box";
                        case ONCE -> "hexagon";
                        case OUTPUT -> "ellipse";
                    };
            return id + " [label=" + quoted(String.join("\n", lines)) + ", shape=" + form + "];";
        }

        @Override
        String arrow(String from, String to, Link link) {
            String style =
                    switch (link.reason()) {
                        case ORDER -> "";
                        case VALUE ->
                                " [penwidth=2, label="
                                        + quoted(String.join(", ", link.values()))
                                        + "]";
                        case HEALTH -> " [style=dotted, label=\"healthy\"]";
                    };
            return from + " -> " + to + style + ";";
        }

        @Override
        List<String> foot() {
            return List.of("}");
        }

        private static String quoted(String plain) {
            return "\""
                    + plain.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
                    + "\"";
        }
    };

    enum Shape {
        STEP,
        /// Done once for all members.
        ONCE,
        OUTPUT
    }

    abstract List<String> head(Picture picture);

    abstract String open(String id, String label);

    abstract String close();

    abstract String box(String id, List<String> lines, Shape shape);

    abstract String arrow(String from, String to, Link link);

    abstract List<String> foot();

    /// The whole text, line by line.
    public List<String> lines(Picture picture) {
        List<String> lines = new ArrayList<>(head(picture));
        for (Group group : picture.groups()) {
            int size = group.nodes().size();
            lines.add(
                    "  "
                            + open(
                                    id(group.name()),
                                    group.name() + ": " + size + (size == 1 ? " node" : " nodes")));
            group.uses().forEach(use -> use(group, use, lines));
            lines.add("  " + close());
        }
        picture.links()
                .forEach(link -> lines.add("  " + arrow(id(link.from()), id(link.to()), link)));
        lines.addAll(foot());
        return lines;
    }

    private void use(Group group, Use use, List<String> lines) {
        lines.add(
                "    "
                        + open(
                                id(group.name()) + "_" + id(use.name()),
                                use.name()
                                        + ": "
                                        + use.component()
                                        + use.version().map(of -> "@" + of).orElse("")));
        for (Step step : use.steps()) {
            Shape shape = step.forCluster() ? Shape.ONCE : Shape.STEP;
            Vertex vertex = new Vertex(use.name(), Vertex.Kind.STEP, step.name());
            lines.add("      " + box(id(vertex), label(step), shape));
        }
        for (Output output : use.outputs()) {
            Vertex vertex = new Vertex(use.name(), output.kind(), output.name());
            lines.add(
                    "      "
                            + box(
                                    id(vertex),
                                    List.of(output.name(), "holds: " + output.holds()),
                                    Shape.OUTPUT));
        }
        lines.add("    " + close());
    }

    private static List<String> label(Step step) {
        List<String> lines = new ArrayList<>(List.of(step.name()));
        Optional.of(step.does())
                .filter(does -> does.contains("/") || does.startsWith("switch "))
                .ifPresent(lines::add);
        step.each().ifPresent(each -> lines.add("for each " + each));
        step.when().ifPresent(when -> lines.add("when " + when));
        if (step.tellsHealth()) {
            lines.add("tells health");
        }
        return lines;
    }

    private static String id(Vertex vertex) {
        String kind =
                switch (vertex.kind()) {
                    case STEP -> "_step_";
                    case OUTPUT -> "_each_";
                    case CLUSTER_OUTPUT -> "_all_";
                };
        return id(vertex.use()) + kind + id(vertex.name());
    }

    private static String id(String name) {
        return name.replace('-', '_');
    }
}
