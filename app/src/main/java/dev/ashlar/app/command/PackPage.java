package dev.ashlar.app.command;

import dev.ashlar.language.binding.Constants;
import dev.ashlar.language.pack.Pack;
import dev.ashlar.language.revision.FlowText;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.ComponentSpec.ClusterOutputSpec;
import dev.ashlar.model.composition.ComponentSpec.OutputSpec;
import dev.ashlar.model.composition.ComponentSpec.Requirement;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.InputSpec;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The page of a pack for those who use it, in Markdown, made of the pack alone: equal packs have
/// equal pages.
final class PackPage {
    private static final Pattern BACKTICKS = Pattern.compile("`+");

    private final List<String> lines = new ArrayList<>();

    private PackPage() {}

    /// How every page begins that was made for a pack of that name.
    static String mark(String pack) {
        return "<!-- Made by `ashlar pack docs " + pack + "` of the files beside it. -->";
    }

    static String of(Pack pack) {
        PackPage page = new PackPage();
        page.paragraph(mark(pack.name()));
        page.paragraph("# Pack " + pack.name());
        page.paragraph(prose(pack.doc()));
        page.paragraph("Version " + prose(pack.version()) + ".");
        pack.interfaces()
                .values()
                .forEach(declared ->
                        page.signature("Interface `" + declared.name() + "`", declared.values()));
        pack.types().forEach((name, type) -> page.signature("Type `" + name + "`", type.fields()));
        pack.components().values().forEach(page::component);
        return String.join("\n", page.lines).stripTrailing() + "\n";
    }

    private void signature(String heading, SequencedMap<String, Type> values) {
        paragraph("## " + heading);
        table(
                List.of("value", "type"),
                values.entrySet().stream()
                        .map(value -> List.of(code(value.getKey()), code(value.getValue())))
                        .toList());
    }

    private void component(Pack.Component component) {
        ComponentSpec spec = component.spec();
        paragraph("## " + spec.reference());
        paragraph(prose(spec.doc()));
        facts(spec).forEach(fact -> lines.add("- " + fact));
        paragraph("");
        paragraph("```yaml\n" + example(component) + "```");
        section(
                "Inputs",
                List.of("input", "type", "default", "allowed", "what it is"),
                inputs(component));
        section(
                "Outputs of each member",
                List.of("output", "type", "holds", "what it is"),
                spec.outputs().values().stream().map(PackPage::output).toList());
        section(
                "Outputs of the cluster",
                List.of("output", "type", "holds", "what it is"),
                spec.clusterOutputs().values().stream().map(PackPage::output).toList());
        section(
                "Steps",
                List.of("step", "is done", "makes", "what for"),
                spec.allSteps().stream().map(PackPage::step).toList());
        section(
                "Types",
                List.of("type", "fields"),
                spec.types().entrySet().stream()
                        .map(type -> List.of(code(type.getKey()), fields(type.getValue())))
                        .toList());
    }

    /// What there is to know before it is used.
    private static List<String> facts(ComponentSpec spec) {
        List<String> facts = new ArrayList<>();
        spec.interfaces().implemented().keySet().forEach(of -> facts.add("Implements " + code(of)));
        for (Requirement requirement : spec.interfaces().required().values()) {
            facts.add("Requires " + code(requirement.of()) + " as " + code(requirement.name()));
        }
        facts.add(members(spec));
        facts.add(
                "A change is made on "
                        + (spec.rollout().maxUnavailable() == 1
                                ? "one member"
                                : spec.rollout().maxUnavailable() + " members")
                        + " at a time");
        List<String> data = resources(spec).filter(PackPage::isData).map(PackPage::title).toList();
        if (!data.isEmpty()) {
            facts.add("Data stays when it is taken back: " + String.join(", ", data));
        }
        return facts;
    }

    private static String members(ComponentSpec spec) {
        if (spec.membership().join().isPresent()) {
            return "Members start together; later ones join"
                    + (spec.membership().leave().isPresent() ? ", and members leave" : "")
                    + ", by steps on another that is ready";
        }
        return spec.isFoundedTogether()
                ? "Members start together, and stay"
                : "Members come and go as the group's count says";
    }

    private static Stream<ResourceSpec> resources(ComponentSpec spec) {
        return spec.allSteps().stream()
                .flatMap(step ->
                        step.action() instanceof Action.Resources(var all)
                                ? all.stream()
                                : Stream.empty());
    }

    private static boolean isData(ResourceSpec resource) {
        return Optional.ofNullable(resource.parameters().get("data"))
                .flatMap(Constants::value)
                .filter(Value.truth(true)::equals)
                .isPresent();
    }

    /// A group that carries it, with all that has to be said.
    private static String example(Pack.Component component) {
        ComponentSpec spec = component.spec();
        List<InputSpec> missing =
                spec.inputs().values().stream()
                        .filter(input -> isRequired(component, input))
                        .toList();
        String use = spec.name();
        StringBuilder text = new StringBuilder("packs: [" + spec.pack() + "]\ngroups:\n  main:\n");
        text.append("    count: 1\n    uses:\n");
        if (missing.isEmpty() && spec.interfaces().required().isEmpty()) {
            return text.append("      %s: %s\n".formatted(use, spec.reference())).toString();
        }
        text.append("      %s:\n        component: %s\n".formatted(use, spec.reference()));
        if (!missing.isEmpty()) {
            text.append("        with:\n");
            missing.forEach(input ->
                    text.append("          %s: …   # %s\n".formatted(input.name(), input.type())));
        }
        if (!spec.interfaces().required().isEmpty()) {
            text.append("        requires:\n");
            spec.interfaces()
                    .required()
                    .values()
                    .forEach(each ->
                            text.append(
                                    "          %s: …   # who stands for %s\n"
                                            .formatted(each.name(), each.of())));
        }
        return text.toString();
    }

    private static boolean isRequired(Pack.Component component, InputSpec input) {
        return !component.defaults().containsKey(input.name())
                && !(input.type() instanceof Type.OptionalOf);
    }

    private static List<List<String>> inputs(Pack.Component component) {
        List<List<String>> rows = new ArrayList<>();
        for (InputSpec input : component.spec().inputs().values()) {
            String fallback =
                    Optional.ofNullable(component.defaults().get(input.name()))
                            .map(value -> code(written(value)))
                            .orElse(isRequired(component, input) ? "required" : "absent");
            rows.add(
                    List.of(
                            code(input.name()),
                            code(input.type()),
                            fallback,
                            Allowed.of(input, PackPage::code),
                            prose(input.doc())));
        }
        return rows;
    }

    private static List<String> output(OutputSpec output) {
        return List.of(
                code(output.name()),
                code(output.type()),
                TopicText.when(output),
                prose(output.doc()));
    }

    private static List<String> output(ClusterOutputSpec output) {
        return List.of(
                code(output.name()),
                code(output.type()),
                TopicText.when(output),
                prose(output.doc()));
    }

    private static List<String> step(StepSpec step) {
        return List.of(
                code(step.name()),
                prose(
                        TopicText.about(step)
                                + ", "
                                + TopicText.order(step)
                                + step.when().map(when -> ", when " + when.source()).orElse("")
                                + step.each().map(each -> ", for each " + each.source()).orElse("")
                                + (step.health().isPresent() ? "; tells health" : "")),
                made(step.action()),
                prose(step.doc()));
    }

    private static String made(Action action) {
        return switch (action) {
            case Action.Resources(var all) ->
                    all.stream().map(PackPage::title).distinct().collect(Collectors.joining(", "));
            case Action.Run(StepSpec.Script script, _, _) -> script(script.file());
            case Action.Call(String function, _) -> "calls " + code(function);
            case Action.Switch(Expression selector, var cases) ->
                    "by "
                            + code(selector.source())
                            + cases.entrySet().stream()
                                    .map(one -> code(one.getKey()) + ": " + made(one.getValue()))
                                    .collect(Collectors.joining("; ", ": ", ""));
        };
    }

    /// Where a script is written into the component, its file is a line of that.
    private static String script(String file) {
        return file.contains(".yaml:")
                ? "a script of its own"
                : "script " + code(file.replaceFirst("^packs/[^/]+/", ""));
    }

    private static String title(ResourceSpec resource) {
        String name =
                text(resource, resource.kind().identity().name())
                        .map(text -> " " + code(text))
                        .orElse("");
        String state =
                text(resource, "state")
                        .filter(text -> resource.kind() == ResourceKind.SERVICE)
                        .filter(text -> !text.equals("running"))
                        .map(text -> " (" + text + ")")
                        .orElse("");
        return resource.kind().word() + name + state;
    }

    private static Optional<String> text(ResourceSpec resource, String parameter) {
        return Optional.ofNullable(resource.parameters().get(parameter))
                .map(value -> Constants.text(value).orElseGet(value::source));
    }

    private static String fields(Type type) {
        return type instanceof Type.Struct(_, Map<String, Type> fields)
                ? fields.entrySet().stream()
                        .map(field -> code(field.getKey() + ": " + field.getValue()))
                        .collect(Collectors.joining(", "))
                : code(type);
    }

    /// A value as it may be written into a file, or the expression that it comes from.
    static String written(Expression value) {
        return Constants.value(value).map(FlowText::of).orElseGet(value::source);
    }

    // ---- Markdown

    private void section(String heading, List<String> head, List<List<String>> rows) {
        if (!rows.isEmpty()) {
            paragraph("### " + heading);
            table(head, rows);
        }
    }

    private void table(List<String> head, List<List<String>> rows) {
        lines.add(row(head));
        lines.add(row(head.stream().map(_ -> "---").toList()));
        rows.forEach(cells -> lines.add(row(cells)));
        lines.add("");
    }

    /// What is in a cell has no line break, and a bar only behind a backslash.
    private static String row(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private void paragraph(String text) {
        if (!text.isEmpty()) {
            lines.add(text);
        }
        if (!lines.isEmpty() && !lines.getLast().isEmpty()) {
            lines.add("");
        }
    }

    /// On one line, and none of it a tag.
    private static String prose(String text) {
        return text.strip().replaceAll("\\s+", " ").replace("<", "&lt;");
    }

    /// As it is: between more backticks than it has in a row.
    private static String code(Object shown) {
        String text = shown.toString().strip().replaceAll("\\s+", " ");
        int longest =
                BACKTICKS
                        .matcher(text)
                        .results()
                        .mapToInt(run -> run.group().length())
                        .max()
                        .orElse(0);
        String fence = "`".repeat(longest + 1);
        return longest > 0 ? fence + " " + text + " " + fence : fence + text + fence;
    }
}
