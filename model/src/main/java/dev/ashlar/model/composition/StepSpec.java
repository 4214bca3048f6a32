package dev.ashlar.model.composition;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/// The smallest function of a component.
///
/// @param inputs what the step declares to read beyond the component's inputs; a script sees these
///   and nothing else
/// @param outputs what it produces, by name; validated on return
/// @param validFor of the outputs that lapse, how long each is good for from when it was made; all
///   of a step's outputs do, or none
/// @param after what must be done first: steps of the same component (as written: the step before),
///   and, under the names by which the component requires them, other uses as a whole
/// @param each what it is repeated for, a list of texts or a map, whose keys are known from the
///   files; it has an instance for each element, under its key
/// @param when the condition under which it is part of the cluster, a `bool`; while that is false
///   nothing of it is there, and its outputs are absent
/// @param subject whom an instance is about
/// @param place where it runs
public record StepSpec(
        String name,
        String doc,
        Optional<Expression> each,
        Optional<Expression> when,
        Subject subject,
        Place place,
        SequencedMap<String, StepInput> inputs,
        Action action,
        SequencedMap<String, Type> outputs,
        SequencedMap<String, Duration> validFor,
        Optional<Health> health,
        List<String> after,
        Policy policy,
        Span span) {

    /// Every expression in it.
    public List<Expression> expressions() {
        List<Expression> all = new ArrayList<>(each.stream().toList());
        when.ifPresent(all::add);
        for (StepInput input : inputs.values()) {
            switch (input) {
                case StepInput.Bound(Expression value) -> all.add(value);
                case StepInput.Founding(Expression founding, Optional<Expression> joining) -> {
                    all.add(founding);
                    joining.ifPresent(all::add);
                }
            }
        }
        all.addAll(used());
        return all;
    }

    /// Those that may read the inputs it declares: of its place and of its action.
    public List<Expression> used() {
        List<Expression> used = new ArrayList<>();
        if (place instanceof Place.OnChosen(Expression node)) {
            used.add(node);
        }
        used.addAll(action.expressions());
        return used;
    }

    /// The names of the steps it comes after or reads: of those that its component has.
    public Set<String> predecessors() {
        Set<String> names = new LinkedHashSet<>(after);
        expressions().forEach(e -> e.reads().forEach(path -> names.add(path.getFirst())));
        action.resources().forEach(resource -> names.addAll(resource.restartOn()));
        return names;
    }

    /// True when all it brings about is light, whatever case it comes to: it shares a round trip
    /// with others at its node.
    public boolean isLight() {
        return policy.onDisconnect() == OnDisconnect.KILL
                && action.deeds().stream()
                        .allMatch(deed ->
                                deed instanceof Action.Resources(List<ResourceSpec> resources)
                                        && resources.stream().allMatch(r -> r.kind().isLight()));
    }

    /// True when what it produces is good for a time only.
    public boolean lapses() {
        return !validFor.isEmpty();
    }

    /// How long an output is good for, where it lapses.
    public Optional<Duration> validFor(String output) {
        return Optional.ofNullable(validFor.get(output));
    }

    /// The same after other steps.
    public StepSpec after(List<String> others) {
        return new StepSpec(
                name, doc, each, when, subject, place, inputs, action, outputs, validFor, health,
                others, policy, span);
    }

    /// Whom an instance is about.
    public enum Subject {
        NODE,
        CLUSTER
    }

    /// Where an instance runs.
    public sealed interface Place {
        /// On its subject.
        record OnSubject() implements Place {}

        /// In the process that runs Ashlar.
        record OnController() implements Place {}

        /// On the node whose name the expression gives when the instance is first about to run. The
        /// choice is recorded with its intent and stays as long as that node is part of the
        /// cluster, whatever the expression would give later.
        record OnChosen(Expression node) implements Place {}

        /// On a member of the same use that is ready, and is not the subject.
        record OnSponsor() implements Place {}
    }

    /// An input of a step.
    public sealed interface StepInput {
        Type type();

        /// An ordinary one.
        record Bound(Expression value) implements StepInput {
            @Override
            public Type type() {
                return value.type();
            }
        }

        /// One that is frozen when its step first succeeds on a node: `founding` for members the
        /// group starts with, `joining` for later ones. It stays out of the fingerprint from then
        /// on.
        record Founding(Expression founding, Optional<Expression> joining) implements StepInput {
            @Override
            public Type type() {
                return founding.type();
            }
        }
    }

    /// What the step does.
    public sealed interface Action {

        /// What a step does by itself: all that there is to an action but for the choice.
        sealed interface Deed extends Action {}

        /// Every expression in it. A script has none.
        default List<Expression> expressions() {
            return switch (this) {
                case Resources(List<ResourceSpec> resources) ->
                        resources.stream()
                                .flatMap(resource -> resource.expressions().stream())
                                .toList();
                case Call call -> List.copyOf(call.arguments().values());
                case Run _ -> List.of();
                case Switch(Expression selector, SequencedMap<String, Deed> cases) ->
                        Stream.concat(
                                        Stream.of(selector),
                                        cases.values().stream()
                                                .flatMap(deed -> deed.expressions().stream()))
                                .toList();
            };
        }

        /// All that it may come to: itself, or its cases.
        default List<Deed> deeds() {
            return switch (this) {
                case Deed deed -> List.of(deed);
                case Switch(_, SequencedMap<String, Deed> cases) -> List.copyOf(cases.values());
            };
        }

        /// Every resource that it may bring about.
        default List<ResourceSpec> resources() {
            return deeds().stream()
                    .flatMap(deed ->
                            deed instanceof Resources(List<ResourceSpec> resources)
                                    ? resources.stream()
                                    : Stream.empty())
                    .toList();
        }

        /// Every script that it may run.
        default List<Script> scripts() {
            return deeds().stream()
                    .flatMap(deed ->
                            deed instanceof Run(Script script, var probe, var remove)
                                    ? Stream.of(Optional.of(script), probe, remove)
                                    : Stream.<Optional<Script>>empty())
                    .flatMap(Optional::stream)
                    .toList();
        }

        /// Does one of several things, by a value that is always one of a few.
        ///
        /// @param selector a `bool`, or a text that has a case for each that it may be; see
        ///   [Cases#chosen]
        record Switch(Expression selector, SequencedMap<String, Deed> cases) implements Action {
            public Switch {
                cases = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(cases));
            }
        }

        /// Brings resources about, in order.
        record Resources(List<ResourceSpec> resources) implements Deed {
            public Resources {
                resources = List.copyOf(resources);
            }
        }

        /// Runs a script. With `probe` the step must not run twice: the probe answers by its exit
        /// code done (0), not done (1) or unknown (anything else: a person decides). `remove`
        /// undoes it.
        record Run(Script script, Optional<Script> probe, Optional<Script> remove)
                implements Deed {}

        /// Calls a function of a service, such as `pki/certificate`.
        record Call(String function, SequencedMap<String, Expression> arguments) implements Deed {
            public Call {
                arguments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arguments));
            }
        }
    }

    /// A POSIX `sh` script; never scanned for expressions.
    public record Script(String file, String text) {}

    /// A probe that must pass before the component counts as healthy on a node.
    ///
    /// @param every pause between tries
    /// @param within how long it may take from the moment it is first asked
    /// @param consecutive how many passes in a row are needed
    public record Health(Script script, Duration every, Duration within, int consecutive) {}

    /// How a step behaves when things go wrong.
    ///
    /// @param timeout after which it is stopped and has failed
    /// @param retries how often a transient failure is tried again
    /// @param backoff the pause before the first retry; doubles each time
    /// @param onDisconnect what becomes of it on the node when the line is lost
    public record Policy(
            Duration timeout, int retries, Duration backoff, OnDisconnect onDisconnect) {}

    /// What becomes of a step on a node when the line is lost.
    public enum OnDisconnect {
        /// It ends within seconds.
        KILL,
        /// It goes on to its end or deadline and leaves its outcome on the node for the next
        /// connection.
        FINISH
    }

    public StepSpec {
        inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
        outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
        validFor = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(validFor));
        after = List.copyOf(after);
    }

    /// The environment variable by which a script finds an input: it holds the value, or of a
    /// secret the path of a file with that.
    public static String variable(String input, boolean isSecret) {
        String name = input.toUpperCase(Locale.ROOT);
        return isSecret ? name + "_FILE" : name;
    }
}
