package dev.ashlar.model.composition;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.type.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/// A component as a pack declares it.
///
/// @param pack the pack's name; `pack/name` is how users speak of it
/// @param version the pack's; one cluster may have uses of several
/// @param outputs per node
/// @param clusterOutputs once per use
/// @param steps in the order written, which is the order on one node unless `after` says otherwise
/// @param interfaces those it stands for, and those it needs somebody for
/// @param membership how members come and go once the first of them have been founded
/// @param notes what a person reads at the end of `up`: how to reach what was made; evaluated in
///   the use's scope
public record ComponentSpec(
        String pack,
        String version,
        String name,
        String doc,
        SequencedMap<String, InputSpec> inputs,
        SequencedMap<String, Type> types,
        SequencedMap<String, OutputSpec> outputs,
        SequencedMap<String, ClusterOutputSpec> clusterOutputs,
        Interfaces interfaces,
        List<StepSpec> steps,
        Membership membership,
        Rollout rollout,
        Optional<Expression> notes,
        Span span) {

    /// A value a component publishes for each node.
    ///
    /// @param early holds as soon as its inputs are known; every other output holds once the
    ///   component is healthy on that node
    public record OutputSpec(
            String name, Type type, boolean early, Expression value, String doc, Span span) {}

    /// A value a use publishes once for all its members.
    ///
    /// @param holds how many members must be healthy before it may be used
    public record ClusterOutputSpec(
            String name,
            Type type,
            dev.ashlar.model.value.Await.Holds holds,
            Expression value,
            String doc,
            Span span) {}

    /// What makes a component exchangeable: it stands for interfaces, and needs somebody for
    /// others.
    ///
    /// @param implemented their values by interface, evaluated for the use as a whole
    /// @param required by the component's own names for them
    public record Interfaces(
            SequencedMap<String, SequencedMap<String, Expression>> implemented,
            SequencedMap<String, Requirement> required) {
        public static final Interfaces NONE =
                new Interfaces(new LinkedHashMap<>(), new LinkedHashMap<>());

        /// The values that it has for an interface; none where it does not stand for that.
        public SequencedMap<String, Expression> implemented(String name) {
            return implemented.getOrDefault(name, new LinkedHashMap<>());
        }

        public Interfaces {
            implemented = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(implemented));
            required = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(required));
        }
    }

    /// Somebody is needed who stands for an interface.
    ///
    /// @param values the interface's, by name with their types
    public record Requirement(
            String name, String of, SequencedMap<String, Type> values, Span span) {
        /// The variable under which expressions read what stands for all of them.
        public static final String VARIABLE = "requires";

        public Requirement {
            values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
        }
    }

    /// How a change passes over the members once the group is founded.
    ///
    /// @param maxUnavailable how many members may be in a turn at once, at least 1
    public record Rollout(int maxUnavailable) {
        public static final Rollout ONE_AT_A_TIME = new Rollout(1);
    }

    /// How members come and go. Both steps are about the member and run on another that is ready,
    /// the *sponsor*.
    ///
    /// @param join announces a member to the others; what it returns is the joiner's view of them
    /// @param leave tells the others that a member goes
    public record Membership(Optional<StepSpec> join, Optional<StepSpec> leave) {
        public static final Membership NONE = new Membership(Optional.empty(), Optional.empty());

        /// Both, as far as it has them.
        public Stream<StepSpec> steps() {
            return Stream.of(join, leave).flatMap(Optional::stream);
        }
    }

    public ComponentSpec {
        inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
        types = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(types));
        outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
        clusterOutputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(clusterOutputs));
        steps = List.copyOf(steps);
    }

    /// `pack/name`.
    public String reference() {
        return pack + "/" + name;
    }

    /// The types of all values that it takes, makes, passes on, or gives to its steps.
    public Stream<Type> valueTypes() {
        return Stream.of(
                        inputs.values().stream().map(InputSpec::type),
                        outputs.values().stream().map(OutputSpec::type),
                        clusterOutputs.values().stream().map(ClusterOutputSpec::type),
                        allSteps().stream().flatMap(step -> step.outputs().values().stream()),
                        allSteps().stream()
                                .flatMap(step -> step.inputs().values().stream())
                                .map(StepSpec.StepInput::type))
                .flatMap(types -> types);
    }

    /// All its steps, also those of its membership.
    public List<StepSpec> allSteps() {
        return Stream.concat(membership.steps(), steps.stream()).toList();
    }

    /// True when some of its steps take founding values: its first members start together.
    public boolean isFoundedTogether() {
        return steps.stream()
                .flatMap(step -> step.inputs().values().stream())
                .anyMatch(StepSpec.StepInput.Founding.class::isInstance);
    }

    /// The steps that a new member comes to only once it has joined: those that read what `join`
    /// returns or come after it, and all that come after them.
    public Set<String> stepsAfterJoin() {
        return stepsAfter(InstanceKey.JOIN, steps);
    }

    /// The steps that read `first` or come after it, and all that come after them.
    public static Set<String> stepsAfter(String first, List<StepSpec> steps) {
        Set<String> later = new LinkedHashSet<>();
        boolean grows = true;
        while (grows) {
            grows = false;
            for (StepSpec step : steps) {
                boolean reads =
                        step.predecessors().stream()
                                .anyMatch(name -> name.equals(first) || later.contains(name));
                grows |= reads && later.add(step.name());
            }
        }
        return later;
    }

    /// What joining comes after where nothing is said: all that a member can do without it, for
    /// from joining on the others count on the new member.
    public static List<String> stepsBeforeJoin(List<StepSpec> steps) {
        Set<String> later = stepsAfter(InstanceKey.JOIN, steps);
        return steps.stream()
                .filter(step -> step.subject() == StepSpec.Subject.NODE)
                .map(StepSpec::name)
                .filter(name -> !later.contains(name))
                .toList();
    }

    public Optional<StepSpec> step(String stepName) {
        return steps.stream().filter(s -> s.name().equals(stepName)).findFirst();
    }
}
