package dev.ashlar.simulation.composition;

import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.StepSpec.Action.Deed;
import dev.ashlar.model.composition.StepSpec.Health;
import dev.ashlar.model.composition.StepSpec.OnDisconnect;
import dev.ashlar.model.composition.StepSpec.Place;
import dev.ashlar.model.composition.StepSpec.Policy;
import dev.ashlar.model.composition.StepSpec.Script;
import dev.ashlar.model.composition.StepSpec.StepInput;
import dev.ashlar.model.composition.StepSpec.Subject;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.type.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A step, piece by piece. Comes after the step before it unless [#after] says otherwise.
public final class StepBuilder {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final String name;
    private final SequencedMap<String, StepInput> inputs = new LinkedHashMap<>();
    private final SequencedMap<String, Type> outputs = new LinkedHashMap<>();
    private final SequencedMap<String, Duration> validFor = new LinkedHashMap<>();
    private final List<ResourceSpec> resources = new ArrayList<>();
    private final SequencedMap<String, Deed> cases = new LinkedHashMap<>();
    private Optional<Expression> selector = Optional.empty();
    private Optional<Deed> deed = Optional.empty();
    private Optional<List<String>> after = Optional.empty();
    private Optional<Expression> each = Optional.empty();
    private Optional<Expression> when = Optional.empty();
    private Optional<Health> health = Optional.empty();
    private Subject subject = Subject.NODE;
    private Place place = new Place.OnSubject();
    private int retries;
    private Duration backoff = Duration.ofSeconds(1);

    private StepBuilder(String name) {
        this.name = name;
    }

    public static StepBuilder step(String name) {
        return new StepBuilder(name);
    }

    /// Once for each element of a list of texts.
    public StepBuilder each(Expression collection) {
        each = Optional.of(collection);
        return this;
    }

    /// Part of the cluster only while that is true.
    public StepBuilder when(Expression condition) {
        when = Optional.of(condition);
        return this;
    }

    public StepBuilder after(String... steps) {
        after = Optional.of(List.of(steps));
        return this;
    }

    public StepBuilder input(String input, Expression value) {
        inputs.put(input, new StepInput.Bound(value));
        return this;
    }

    public StepBuilder founding(String input, Expression value) {
        inputs.put(input, new StepInput.Founding(value, Optional.empty()));
        return this;
    }

    /// One that founders and later members take from elsewhere.
    public StepBuilder founding(String input, Expression value, Expression joining) {
        inputs.put(input, new StepInput.Founding(value, Optional.of(joining)));
        return this;
    }

    public StepBuilder output(String output) {
        outputs.put(output, Type.Scalar.TEXT);
        return this;
    }

    /// One that lapses.
    public StepBuilder output(String output, Duration lasting) {
        validFor.put(output, lasting);
        return output(output);
    }

    public StepBuilder file(String path, Expression content) {
        return file(Expressions.literal(path), content);
    }

    public StepBuilder file(Expression path, Expression content) {
        SequencedMap<String, Expression> parameters = new LinkedHashMap<>();
        parameters.put("path", path);
        parameters.put("content", content);
        return resource(ResourceKind.FILE, parameters, List.of());
    }

    /// A folder with data.
    public StepBuilder data(String path) {
        SequencedMap<String, Expression> parameters = new LinkedHashMap<>();
        parameters.put("path", Expressions.literal(path));
        parameters.put("data", Expressions.literal(true));
        return resource(ResourceKind.DIRECTORY, parameters, List.of());
    }

    public StepBuilder service(String unit, String... restartOn) {
        SequencedMap<String, Expression> parameters = new LinkedHashMap<>();
        parameters.put("name", Expressions.literal(unit));
        return resource(ResourceKind.SERVICE, parameters, List.of(restartOn));
    }

    public StepBuilder reboot(String... watched) {
        SequencedMap<String, Expression> parameters = new LinkedHashMap<>();
        parameters.put("reason", Expressions.literal("it has to"));
        return resource(ResourceKind.REBOOT, parameters, List.of(watched));
    }

    private StepBuilder resource(
            ResourceKind kind, SequencedMap<String, Expression> parameters, List<String> watched) {
        resources.add(
                new ResourceSpec(
                        kind,
                        parameters,
                        watched,
                        Optional.empty(),
                        Optional.empty(),
                        Span.wholeFile("built.yaml")));
        return this;
    }

    /// Sees the step's inputs and nothing else.
    public StepBuilder script(String text) {
        deed = Optional.of(new Action.Run(shell(text), Optional.empty(), Optional.empty()));
        return this;
    }

    /// A script that another takes back.
    public StepBuilder script(String text, String remove) {
        deed =
                Optional.of(
                        new Action.Run(shell(text), Optional.empty(), Optional.of(shell(remove))));
        return this;
    }

    /// A script that must not run twice.
    public StepBuilder once(String text, String probe) {
        deed =
                Optional.of(
                        new Action.Run(shell(text), Optional.of(shell(probe)), Optional.empty()));
        return this;
    }

    public StepBuilder call(String function, SequencedMap<String, Expression> arguments) {
        deed = Optional.of(new Action.Call(function, arguments));
        return this;
    }

    /// Does one of its cases.
    public StepBuilder by(Expression selector) {
        this.selector = Optional.of(selector);
        return this;
    }

    /// In that case it does what `other` does.
    public StepBuilder inCase(String value, StepBuilder other) {
        cases.put(value, other.deed());
        return this;
    }

    public StepBuilder forCluster() {
        subject = Subject.CLUSTER;
        return onController();
    }

    public StepBuilder onController() {
        place = new Place.OnController();
        return this;
    }

    StepBuilder onSponsor() {
        place = new Place.OnSponsor();
        return this;
    }

    /// Runs on the node whose name `node` gives.
    public StepBuilder on(Expression node) {
        place = new Place.OnChosen(node);
        return this;
    }

    public StepBuilder health(Duration every, Duration within, int consecutive) {
        health = Optional.of(new Health(shell("healthy"), every, within, consecutive));
        return this;
    }

    /// Asked every second, for half a minute.
    public StepBuilder health() {
        return health(Duration.ofSeconds(1), Duration.ofSeconds(30), 1);
    }

    public StepBuilder retries(int count, Duration firstPause) {
        retries = count;
        backoff = firstPause;
        return this;
    }

    StepSpec build(Optional<String> before) {
        return new StepSpec(
                name,
                "",
                each,
                when,
                subject,
                place,
                inputs,
                action(),
                outputs,
                validFor,
                health,
                after.orElseGet(() -> before.map(List::of).orElse(List.of())),
                new Policy(TIMEOUT, retries, backoff, OnDisconnect.KILL),
                Span.wholeFile("built.yaml"));
    }

    private Action action() {
        return selector.<Action>map(by -> new Action.Switch(by, cases)).orElseGet(this::deed);
    }

    private Deed deed() {
        return deed.orElseGet(() -> new Action.Resources(resources));
    }

    private static Script shell(String text) {
        return new Script("built.sh", text);
    }
}
