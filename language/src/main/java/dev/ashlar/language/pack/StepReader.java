package dev.ashlar.language.pack;

import dev.ashlar.language.binding.ValueReader;
import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.grammar.StepForms;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.StepSpec.Health;
import dev.ashlar.model.composition.StepSpec.OnDisconnect;
import dev.ashlar.model.composition.StepSpec.Place;
import dev.ashlar.model.composition.StepSpec.Policy;
import dev.ashlar.model.composition.StepSpec.Script;
import dev.ashlar.model.composition.StepSpec.StepInput;
import dev.ashlar.model.composition.StepSpec.Subject;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.type.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/// Reads one step.
final class StepReader {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final Duration TIMEOUT_FINISH = Duration.ofMinutes(15);
    private static final Duration BACKOFF = Duration.ofSeconds(1);
    private static final Duration HEALTH_EVERY = Duration.ofSeconds(1);
    private static final Duration HEALTH_WITHIN = Duration.ofSeconds(60);

    private final Diagnostics diagnostics;
    private final Signature signature;
    private final Scopes scopes;
    private final ValueReader values;
    private final ActionReader actions;
    private final ContentReader contents;
    private final StepInputReader inputs;

    StepReader(
            Diagnostics diagnostics,
            Signature signature,
            Scopes scopes,
            ValueReader values,
            ContentReader contents) {
        this.diagnostics = diagnostics;
        this.signature = signature;
        this.scopes = scopes;
        this.values = values;
        this.contents = contents;
        this.inputs = new StepInputReader(diagnostics, signature, values);
        this.actions = new ActionReader(diagnostics, signature.steps().keySet(), values, contents);
    }

    /// @param before the step written before, the default of `after`
    StepSpec read(YamlNode.Entry entry, Optional<String> before) {
        Span span = entry.key().span();
        YamlNode.Mapping written =
                entry.value() instanceof YamlNode.Mapping mapping
                        ? mapping
                        : new YamlNode.Mapping(List.of(), span);
        Section step = Section.read(StepForms.STEP, written, span, diagnostics);
        Subject subject =
                step.text("for", "node").equals("cluster") ? Subject.CLUSTER : Subject.NODE;
        Optional<Expression> each = each(step, subject);
        if (each.isEmpty() && step.has(StepForms.EACH)) {
            // Reported; what is read of the elements would be reported for nothing.
            return unread(entry.name(), subject, span);
        }
        Environment outside = inside(subject, new LinkedHashMap<>(), each);
        SequencedMap<String, StepInput> taken = inputs.read(step, outside, joining(subject, each));
        SequencedMap<String, Type> own = new LinkedHashMap<>();
        taken.forEach((name, input) -> own.put(name, input.type()));
        Environment environment = inside(subject, own, each);
        Optional<Place> place = place(written, step, environment);
        Action action = actions.read(step, span, outside, environment);
        place.ifPresent(p -> checkPlace(span, subject, p, action));
        if (action.deeds().stream().anyMatch(Action.Run.class::isInstance) || step.has("health")) {
            inputs.refuseShellNames(step);
        }
        SequencedMap<String, Type> outputs =
                signature.steps().getOrDefault(entry.name(), new LinkedHashMap<>());
        Policy policy = policy(step, action);
        if (action.deeds().stream().anyMatch(Action.Run.class::isInstance)) {
            refuseSecretLeft(step, outputs, taken, policy);
            new ScriptOutputs(diagnostics).check(step, outputs, taken, outside);
        }
        return new StepSpec(
                entry.name(),
                step.text("doc", ""),
                each,
                step.value(StepForms.WHEN)
                        .flatMap(when -> values.read(when, outside, Type.Scalar.BOOL)),
                subject,
                place.orElseGet(Place.OnSubject::new),
                taken,
                action,
                outputs,
                new ValidityReader(diagnostics).read(step, outputs),
                health(step),
                after(step, before, subject),
                policy,
                span);
    }

    /// What goes on after a lost line leaves its answer on the node's disk, with what the script
    /// printed.
    private void refuseSecretLeft(
            Section step,
            SequencedMap<String, Type> outputs,
            SequencedMap<String, StepInput> taken,
            Policy policy) {
        boolean hasSecret =
                Stream.concat(
                                outputs.values().stream(),
                                taken.values().stream().map(StepInput::type))
                        .anyMatch(Type::hasSecret);
        if (policy.onDisconnect() == OnDisconnect.FINISH && hasSecret) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0208,
                                    step.at("on_disconnect"),
                                    "what the script makes or prints of a secret would lie on the"
                                            + " node's disk until it is collected")
                            .withHelp(
                                    "have it in a step of its own, without on_disconnect: finish"));
        }
    }

    /// What may be read in the step.
    private Environment inside(
            Subject subject, SequencedMap<String, Type> own, Optional<Expression> each) {
        Environment plain = subject == Subject.CLUSTER ? scopes.cluster(own) : scopes.node(own);
        return each.map(collection -> EachReader.inside(plain, collection)).orElse(plain);
    }

    /// What is read for those that come later, where members may.
    private Optional<Environment> joining(Subject subject, Optional<Expression> each) {
        return subject == Subject.NODE && signature.join().isPresent()
                ? Optional.of(
                        each.map(e -> EachReader.inside(scopes.joining(), e))
                                .orElseGet(scopes::joining))
                : Optional.empty();
    }

    private Optional<Expression> each(Section step, Subject subject) {
        if (step.has(StepForms.EACH) && step.has("health")) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0112,
                                    step.at("health"),
                                    "a step that is repeated cannot tell health")
                            .withHelp("put the health into a step that comes after it"));
        }
        return step.value(StepForms.EACH)
                .flatMap(each ->
                        new EachReader(diagnostics, values)
                                .keyed(each, scopes.repetition(subject == Subject.NODE)));
    }

    /// In the place of a step that could not be read.
    private StepSpec unread(String name, Subject subject, Span span) {
        return new StepSpec(
                name,
                "",
                Optional.empty(),
                Optional.empty(),
                subject,
                new Place.OnSubject(),
                new LinkedHashMap<>(),
                new Action.Resources(List.of()),
                signature.steps().getOrDefault(name, new LinkedHashMap<>()),
                new LinkedHashMap<>(),
                Optional.empty(),
                List.of(),
                new Policy(TIMEOUT, 0, BACKOFF, OnDisconnect.KILL),
                span);
    }

    /// Empty where there is an error, which is reported.
    private Optional<Place> place(YamlNode.Mapping written, Section step, Environment environment) {
        Optional<YamlNode.Scalar> on = step.scalar("on");
        if (on.isEmpty()) {
            return written.get("on").isPresent()
                    ? Optional.empty()
                    : Optional.of(new Place.OnSubject());
        }
        return switch (on.get().text()) {
            case "subject" -> Optional.of(new Place.OnSubject());
            case "controller" -> Optional.of(new Place.OnController());
            default ->
                    values.read(on.get(), environment, Type.Scalar.TEXT).map(Place.OnChosen::new);
        };
    }

    private void checkPlace(Span span, Subject subject, Place place, Action action) {
        if (subject == Subject.CLUSTER && place instanceof Place.OnSubject) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0102,
                                    span,
                                    "a step for the cluster does not say where it runs")
                            .withHelp(
                                    "add on: controller, or on: with the name of a node, such as"
                                            + " \"${members[0].name}\""));
        }
        if (place instanceof Place.OnController
                && !action.deeds().stream().allMatch(Action.Call.class::isInstance)) {
            diagnostics.add(
                    Diagnostic.of(
                            Code.ASH0112,
                            span,
                            "resources and scripts on the controller are not available yet"));
        }
    }

    /// A step may come after joining, on those that join, and after what the component requires.
    private List<String> after(Section step, Optional<String> before, Subject subject) {
        if (!step.has("after")) {
            return before.map(List::of).orElse(List.of());
        }
        List<String> all = new ArrayList<>();
        List<YamlNode> others = new ArrayList<>();
        for (YamlNode element : step.elements("after")) {
            boolean isJoin =
                    subject == Subject.NODE
                            && signature.join().isPresent()
                            && element instanceof YamlNode.Scalar scalar
                            && scalar.text().equals(InstanceKey.JOIN);
            if (isJoin) {
                all.add(InstanceKey.JOIN);
            } else {
                others.add(element);
            }
        }
        all.addAll(actions.stepNames("after", others, signature.required().keySet()));
        return all;
    }

    /// One of a component's membership.
    ///
    /// @param name `join` or `leave`
    /// @param outputs what it returns
    /// @param after what it comes after where it does not say
    StepSpec readMembership(
            String name,
            Section step,
            Span span,
            Environment environment,
            SequencedMap<String, Type> outputs,
            List<String> after) {
        for (YamlNode.Entry entry : step.names("inputs")) {
            if (entry.value() instanceof YamlNode.Mapping mapping
                    && mapping.get("founding").isPresent()) {
                diagnostics.add(
                        Diagnostic.of(
                                Code.ASH0101,
                                entry.key().span(),
                                "\"founding\" means nothing in a step of membership"));
            }
        }
        inputs.refuseShellNames(step);
        Action action = actions.read(step, span, environment, environment);
        return new StepSpec(
                name,
                step.text("doc", ""),
                Optional.empty(),
                Optional.empty(),
                Subject.NODE,
                new Place.OnSponsor(),
                inputs.read(step, environment, Optional.empty()),
                action,
                outputs,
                new LinkedHashMap<>(),
                Optional.empty(),
                step.has("after")
                        ? actions.stepNames("after", step.elements("after"), Set.of())
                        : after,
                policy(step, action),
                span);
    }

    private Optional<Health> health(Section step) {
        if (!(step.value("health").orElse(null) instanceof YamlNode.Mapping mapping)) {
            return Optional.empty();
        }
        Section health = Section.read(StepForms.HEALTH, mapping, step.at("health"), diagnostics);
        Optional<Script> script = health.scalar("script").flatMap(contents::script);
        return script.map(s ->
                new Health(
                        s,
                        health.duration("every").orElse(HEALTH_EVERY),
                        health.duration("within").orElse(HEALTH_WITHIN),
                        Math.toIntExact(health.whole("consecutive").orElse(1L))));
    }

    private static Policy policy(Section step, Action action) {
        boolean finishes =
                action.resources().stream()
                        .anyMatch(r ->
                                r.kind() == ResourceKind.PACKAGE
                                        || r.kind() == ResourceKind.ARCHIVE);
        OnDisconnect disconnect =
                step.text("on_disconnect")
                        .map(w -> w.equals("finish") ? OnDisconnect.FINISH : OnDisconnect.KILL)
                        .orElse(finishes ? OnDisconnect.FINISH : OnDisconnect.KILL);
        Duration timeout = disconnect == OnDisconnect.FINISH ? TIMEOUT_FINISH : TIMEOUT;
        return new Policy(
                step.duration("timeout").orElse(timeout),
                Math.toIntExact(step.whole("retries").orElse(0L)),
                step.duration("backoff").orElse(BACKOFF),
                disconnect);
    }
}
