package dev.ashlar.engine.resolve;

import dev.ashlar.model.composition.Collected;
import dev.ashlar.model.composition.ComponentSpec.ClusterOutputSpec;
import dev.ashlar.model.composition.ComponentSpec.OutputSpec;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Fields;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// What is published in a cluster, by the names of types: of each a list of all values that outputs
/// hold of it. A list is made anew whenever it is read, for some of it may hold by then; what is in
/// it is kept. Confined to one thread.
final class Collection implements Fields {
    private final Values values;
    private final Map<String, List<UseSpec>> publishers = new LinkedHashMap<>();

    Collection(Values values) {
        this.values = values;
    }

    /// Nobody reads all of them together.
    @Override
    public Set<String> names() {
        return Set.of();
    }

    @Override
    public Value get(String type) {
        Composition composition = values.graph().composition();
        Gathering all = new Gathering();
        for (UseSpec use :
                publishers.computeIfAbsent(type, t -> Collected.publishers(composition, t))) {
            for (OutputSpec output : Collected.outputs(use.component(), type)) {
                for (String node : values.graph().members(use.name())) {
                    add(
                            all,
                            use,
                            Optional.of(node),
                            output.type(),
                            () -> values.output(use, node, output.name()));
                }
            }
            for (ClusterOutputSpec output : Collected.clusterOutputs(use.component(), type)) {
                add(
                        all,
                        use,
                        Optional.empty(),
                        output.type(),
                        () -> values.clusterOutput(use, output.name()));
            }
        }
        return all.value();
    }

    /// What is off publishes nothing; while that is not known neither is how many there are.
    private void add(
            Gathering all, UseSpec use, Optional<String> node, Type type, Supplier<Value> value) {
        List<Value> conditions = conditions(use, node);
        Optional<Value> met = conditions.stream().filter(Conditions::isTrue).findFirst();
        if (conditions.isEmpty() || met.isPresent()) {
            met.ifPresent(condition -> all.decided(condition.label()));
            all.add(value.get(), type);
            return;
        }
        for (Value condition : conditions) {
            if (Conditions.isFalse(condition)) {
                all.decided(condition.label());
            } else {
                all.open(condition, type.innermost());
            }
        }
    }

    private List<Value> conditions(UseSpec use, Optional<String> node) {
        List<Value> all = new ArrayList<>();
        for (StepSpec step : Collected.conditional(use.component(), node.isPresent())) {
            for (Optional<String> subject : subjects(use, step, node)) {
                all.add(values.condition(use, subject, step, step.when().orElseThrow()));
            }
        }
        return all;
    }

    private List<Optional<String>> subjects(UseSpec use, StepSpec step, Optional<String> node) {
        return node.isPresent() ? List.of(node) : values.graph().subjects(use, step);
    }

    /// A list in the making.
    private static final class Gathering {
        private final List<Value> elements = new ArrayList<>();
        private final List<Label> labels = new ArrayList<>();
        private Optional<Data> instead = Optional.empty();

        /// Takes in all that a value of such a type holds.
        void add(Value value, Type type) {
            switch (type) {
                case Type.Struct _ -> elements.add(value);
                case Type.ListOf(Type inner) -> several(value, inner);
                case Type.MapOf(Type inner) -> several(value, inner);
                case Type.OptionalOf(Type inner) -> several(value, inner);
                case Type.Secret(Type inner) -> add(value, inner);
                case Type.Scalar _ -> throw new IllegalArgumentException(type + " is collected");
            }
        }

        private void several(Value value, Type inner) {
            switch (value.data()) {
                case Data.Listing(List<Value> all) -> {
                    decided(value.label());
                    all.forEach(one -> add(one, inner));
                }
                case Data.Mapping(var all) -> {
                    decided(value.label());
                    all.values().forEach(one -> add(one, inner));
                }
                case Data.Nothing _ -> decided(value.label());
                case Data.Unknown _, Data.Invalid _ -> open(value, inner.innermost());
                // One that might have been absent.
                default -> add(value, inner);
            }
        }

        /// Takes in what told how many there are.
        void decided(Label label) {
            labels.add(label);
        }

        /// Takes in what has to be known before it can be told what there is.
        void open(Value value, Type element) {
            decided(value.label());
            if (value.data() instanceof Data.Invalid || instead.isEmpty()) {
                instead =
                        Optional.of(
                                value.data() instanceof Data.Invalid why
                                        ? why
                                        : new Data.Unknown(Type.listOf(element)));
            }
        }

        Value value() {
            Label label = Label.joinAll(labels);
            return new Value(instead.orElseGet(() -> new Data.Listing(elements)), label);
        }
    }
}
