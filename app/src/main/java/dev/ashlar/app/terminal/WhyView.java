package dev.ashlar.app.terminal;

import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.plan.Explanation;
import dev.ashlar.engine.plan.Explanation.Detail;
import dev.ashlar.engine.plan.Explanation.Input;
import dev.ashlar.engine.plan.Occasion;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.resolve.Shown;
import dev.ashlar.model.composition.Binding;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Origin;
import java.util.ArrayList;
import java.util.List;

/// An explanation for people.
public final class WhyView {
    private static final int MAX_WAITS = 12;

    private final Terminal terminal;

    public WhyView(Terminal terminal) {
        this.terminal = terminal;
    }

    /// @param occasion why it was done last, or what took it back
    public List<String> lines(Explanation explanation, Occasion occasion) {
        List<String> lines = new ArrayList<>();
        lines.add(terminal.paint(Paint.STRONG, explanation.key().toString()));
        lines.add("  now: " + now(explanation.planned(), occasion));
        explanation
                .last()
                .ifPresent(last -> {
                    lines.add("  last success: run " + last.run() + ", " + Times.at(last.atMs()));
                    occasion.reasons().forEach(reason -> lines.add("    because " + reason));
                });
        occasion.takenBack()
                .ifPresent(undone ->
                        lines.add(
                                "  taken back: run "
                                        + undone.run()
                                        + ", "
                                        + Times.at(undone.atMs())));
        explanation.failure().ifPresent(failure -> lines.add("  last failure: " + failure.told()));
        explanation.maker().ifPresent(maker -> lines.add("  maker: " + maker));
        Detail detail = explanation.detail();
        if (!detail.does().isEmpty()) {
            lines.add("  does: " + String.join(", ", detail.does()));
        }
        if (!detail.inputs().isEmpty()) {
            lines.add("  inputs:");
            detail.inputs().forEach((name, input) -> lines.addAll(input(name, input)));
        }
        lines.addAll(layers(explanation));
        explanation.last().ifPresent(last -> outputs(explanation, last, lines));
        if (!explanation.after().isEmpty()) {
            lines.add(
                    "  after: "
                            + String.join(
                                    ", ",
                                    explanation.after().stream()
                                            .map(InstanceKey::toString)
                                            .toList()));
        }
        if (!explanation.waits().isEmpty()) {
            lines.add("  waits for:");
            explanation.waits().stream()
                    .limit(MAX_WAITS)
                    .forEach(wait ->
                            lines.add(
                                    "    "
                                            + wait.action().sign()
                                            + " "
                                            + wait.on()
                                            + (wait.reason().isEmpty()
                                                    ? ""
                                                    : "  (" + wait.reason() + ")")));
            if (explanation.waits().size() > MAX_WAITS) {
                lines.add("    and " + (explanation.waits().size() - MAX_WAITS) + " more");
            }
        }
        return lines;
    }

    private static String now(Plan.Entry entry, Occasion occasion) {
        String reasons = String.join("; ", entry.reasons());
        String because = reasons.isEmpty() ? "" : ": " + reasons;
        return switch (entry.action()) {
            case UNCHANGED ->
                    reasons.isEmpty()
                            ? "stands; its inputs are what they were"
                            : "is off" + because;
            case CREATE ->
                    "would run: "
                            + (occasion.takenBack().isPresent()
                                    ? "nothing is there of it any more"
                                    : "never done so far")
                            + because
                            + tail(entry);
            case CHANGE -> "would run again" + because + tail(entry);
            case MAYBE -> "may run" + tail(entry) + because;
            case REPAIR -> "would run again" + because + tail(entry);
            case REPLACE -> "would be taken back, and another done in its place" + because;
            case REMOVE -> "would be taken back" + because;
            case LEFT_OUT -> "is left out" + because;
            case IMPOSSIBLE -> "cannot run" + because;
        };
    }

    private static String tail(Plan.Entry entry) {
        String after = PlanView.knownAfter(entry);
        return after.isEmpty() ? "" : " " + after;
    }

    private List<String> input(String name, Input input) {
        List<String> lines = new ArrayList<>();
        lines.add("    " + line(name, input));
        for (String origin : input.now().origins()) {
            lines.add(terminal.paint(Paint.FAINT, "      from " + origin));
        }
        return lines;
    }

    /// Of one layer alone the origin tells all there is.
    private List<String> layers(Explanation explanation) {
        List<String> lines = new ArrayList<>();
        explanation
                .layers()
                .forEach((name, layers) -> {
                    if (layers.size() > 1) {
                        lines.add("    " + name);
                        layers.forEach(layer ->
                                lines.add("      " + layer(layer, layer.equals(layers.getLast()))));
                    }
                });
        if (!lines.isEmpty()) {
            lines.addFirst("  layers:");
        }
        return lines;
    }

    private String layer(Binding.Layer layer, boolean holds) {
        String said =
                layer.from().word()
                        + ": "
                        + Shown.written(layer.value())
                        + "  ("
                        + layer.value().span().location()
                        + ")";
        return holds ? said + "  holds" : terminal.paint(Paint.FAINT, said);
    }

    /// `inputs.port = 2381 (was 2379)`.
    static String line(String name, Input input) {
        String was = input.was().map(then -> "  (was " + then + ")").orElse("");
        return name + " = " + input.now().shown() + was;
    }

    private static void outputs(Explanation explanation, Success last, List<String> lines) {
        if (!last.outputs().isEmpty()) {
            lines.add("  outputs:");
            last.outputs()
                    .forEach((name, value) -> {
                        Origin.Lapsing lapsing = explanation.lapsing().get(name);
                        String age =
                                lapsing == null
                                        ? ""
                                        : "  (" + lapsing.age(explanation.atMs()) + ")";
                        lines.add("    " + name + " = " + Shown.of(value) + age);
                    });
        }
    }
}
