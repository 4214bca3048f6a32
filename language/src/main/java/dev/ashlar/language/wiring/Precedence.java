package dev.ashlar.language.wiring;

import dev.ashlar.language.binding.Constants;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.Element;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.StepSpec.Place;
import dev.ashlar.model.composition.StepSpec.Subject;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.value.Data;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Users and folders must be there before they are used. Judged on constant names only.
final class Precedence {
    /// What every Debian system has.
    private static final Set<String> BORN_WITH =
            Set.of(
                    "",
                    "root",
                    "daemon",
                    "bin",
                    "sys",
                    "sync",
                    "games",
                    "man",
                    "lp",
                    "mail",
                    "news",
                    "uucp",
                    "proxy",
                    "www-data",
                    "backup",
                    "list",
                    "irc",
                    "nobody",
                    "nogroup",
                    "adm",
                    "tty",
                    "disk",
                    "staff",
                    "users");

    private static final String ANY = "*";

    private final ComponentSpec component;
    private final WaitGraph graph;
    private final Diagnostics diagnostics;
    private final List<Made> made = new ArrayList<>();

    /// Something that a step brings about.
    ///
    /// @param what `user`, `group` or `path`
    /// @param place of its resource among those of the step
    private record Made(String what, String name, String step, int place) {}

    Precedence(ComponentSpec component, WaitGraph graph, Diagnostics diagnostics) {
        this.component = component;
        this.graph = graph;
        this.diagnostics = diagnostics;
    }

    void check() {
        for (StepSpec step : component.steps()) {
            List<ResourceSpec> resources = step.action().resources();
            for (int i = 0; i < resources.size(); i++) {
                collect(step.name(), i, resources.get(i));
            }
        }
        for (StepSpec step : component.steps()) {
            // What is made where another node is chosen is not known to be made on that node.
            if (step.subject() == Subject.NODE && !(step.place() instanceof Place.OnChosen)) {
                uses(step);
            }
        }
    }

    private void collect(String step, int place, ResourceSpec resource) {
        ResourceKind kind = resource.kind();
        switch (kind) {
            case USER -> {
                add("user", text(resource, "name"), step, place);
                add("group", text(resource, "name"), step, place);
            }
            case GROUP -> add("group", text(resource, "name"), step, place);
            case DIRECTORY, ARCHIVE -> add("path", text(resource, "path"), step, place);
            case PACKAGE -> {
                for (String user : texts(resource, "provides_users")) {
                    made.add(new Made("user", user, step, place));
                    made.add(new Made("group", user, step, place));
                }
                texts(resource, "provides_paths")
                        .forEach(path -> made.add(new Made("path", path, step, place)));
            }
            case FILE, LINK, REPOSITORY, SERVICE, SYSCTL, LINE, BLOCK, REBOOT, COMMAND -> {}
        }
    }

    private void add(String what, Optional<String> name, String step, int place) {
        name.ifPresent(n -> made.add(new Made(what, n, step, place)));
    }

    private void uses(StepSpec step) {
        List<ResourceSpec> resources = step.action().resources();
        for (int i = 0; i < resources.size(); i++) {
            ResourceSpec resource = resources.get(i);
            account("user", resource.parameters(), "owner", step, i);
            account("group", resource.parameters(), "group", step, i);
            path(resource, step, i);
        }
        for (Action.Deed deed : step.action().deeds()) {
            if (deed instanceof Action.Call(_, var arguments)) {
                account("user", arguments, "owner", step, 0);
            }
        }
    }

    /// A user or group must be made before, and made by something.
    private void account(
            String what,
            Map<String, Expression> parameters,
            String parameter,
            StepSpec step,
            int place) {
        Expression value = parameters.get(parameter);
        Optional<String> name = Optional.ofNullable(value).flatMap(Constants::text);
        if (value == null || name.isEmpty() || BORN_WITH.contains(name.get())) {
            return;
        }
        List<Made> makers =
                made.stream()
                        .filter(m -> m.what().equals(what))
                        .filter(m -> m.name().equals(name.get()) || m.name().equals(ANY))
                        .toList();
        if (makers.isEmpty()) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0407,
                                    value.span(),
                                    "no step makes " + what + " \"" + name.get() + "\"")
                            .withHelp(
                                    "add a "
                                            + what
                                            + " resource, or provides_users to the package"
                                            + " that brings it"));
        } else {
            late(makers, what + " \"" + name.get() + "\"", step, place, value.span());
        }
    }

    /// A path below a folder that a step makes: that step comes first.
    private void path(ResourceSpec resource, StepSpec step, int place) {
        Expression value = resource.parameters().get("path");
        Optional<String> path = Optional.ofNullable(value).flatMap(Constants::text);
        if (value == null || path.isEmpty()) {
            return;
        }
        List<Made> makers =
                made.stream()
                        .filter(m -> m.what().equals("path"))
                        .filter(m -> path.get().startsWith(m.name() + "/"))
                        .toList();
        if (!makers.isEmpty()) {
            late(makers, "folder " + makers.getFirst().name(), step, place, value.span());
        }
    }

    /// Reports what is used although none of its makers comes before.
    private void late(List<Made> makers, String what, StepSpec step, int place, Span span) {
        Set<String> before = graph.behind(step.name());
        boolean inTime =
                makers.stream()
                        .anyMatch(m ->
                                before.contains(m.step())
                                        || (m.step().equals(step.name()) && m.place() < place));
        if (inTime) {
            return;
        }
        String maker = makers.getFirst().step();
        boolean same = maker.equals(step.name());
        diagnostics.add(
                Diagnostic.of(
                                Code.ASH0407,
                                span,
                                what
                                        + " is made by step \""
                                        + maker
                                        + "\", which "
                                        + (same
                                                ? "makes it only after this"
                                                : "does not come before \"" + step.name() + "\""))
                        .withHelp(
                                same
                                        ? "put the resource that makes it first"
                                        : "add after: [" + maker + "]"));
    }

    /// Of what is made for elements the names are not known here.
    private static Optional<String> text(ResourceSpec resource, String parameter) {
        return Optional.ofNullable(resource.parameters().get(parameter))
                .flatMap(name ->
                        Constants.text(name)
                                .or(() ->
                                        name.variables().contains(Element.NAME)
                                                ? Optional.of(ANY)
                                                : Optional.empty()));
    }

    private static List<String> texts(ResourceSpec resource, String parameter) {
        List<String> texts = new ArrayList<>();
        Optional.ofNullable(resource.parameters().get(parameter))
                .flatMap(Constants::value)
                .ifPresent(value -> {
                    if (value.data() instanceof Data.Listing(var elements)) {
                        elements.forEach(e -> {
                            if (e.data() instanceof Data.Text(String text)) {
                                texts.add(text);
                            }
                        });
                    }
                });
        return texts;
    }
}
