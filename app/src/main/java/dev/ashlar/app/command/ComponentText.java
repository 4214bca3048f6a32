package dev.ashlar.app.command;

import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.ComponentSpec.ClusterOutputSpec;
import dev.ashlar.model.composition.ComponentSpec.OutputSpec;
import dev.ashlar.model.composition.InputSpec;
import dev.ashlar.model.composition.StepSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a component takes, gives and does, for people.
final class ComponentText {
    private ComponentText() {}

    static String of(ComponentSpec component) {
        List<String> lines = new ArrayList<>();
        lines.add(component.reference() + ": " + component.doc().strip());
        lines.add("inputs:");
        for (InputSpec input : component.inputs().values()) {
            lines.add(row(input.name(), input.type().toString(), input.doc()));
        }
        lines.add("outputs of each member:");
        for (OutputSpec output : component.outputs().values()) {
            String holds = output.early() ? "holds early" : "holds once healthy";
            lines.add(row(output.name(), output.type().toString(), joined(holds, output.doc())));
        }
        lines.add("outputs of the cluster:");
        for (ClusterOutputSpec output : component.clusterOutputs().values()) {
            String holds = "holds for " + output.holds().name().toLowerCase(Locale.ROOT);
            lines.add(row(output.name(), output.type().toString(), joined(holds, output.doc())));
        }
        lines.add("steps:");
        for (StepSpec step : component.steps()) {
            String about =
                    step.subject() == StepSpec.Subject.CLUSTER ? "for the cluster" : "on each node";
            String after =
                    step.after().isEmpty() ? "at once" : "after " + String.join(", ", step.after());
            lines.add(row(step.name(), about, after + place(step)));
        }
        return String.join("\n", lines);
    }

    private static String place(StepSpec step) {
        return switch (step.place()) {
            case StepSpec.Place.OnSubject _ -> "";
            case StepSpec.Place.OnController _ -> ", on the controller";
            case StepSpec.Place.OnChosen(var node) -> ", on " + node.source();
        };
    }

    private static String joined(String holds, String doc) {
        return doc.isBlank() ? holds : holds + "; " + doc;
    }

    private static String row(String name, String type, String text) {
        return String.format(Locale.ROOT, "  %-16s %-16s %s", name, type, text.strip())
                .stripTrailing();
    }
}
