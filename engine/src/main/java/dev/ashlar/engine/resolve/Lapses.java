package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Element;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.InputSpec;
import dev.ashlar.model.composition.Scope;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.secret.DigestKey;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Values that are good for a time only, as those see them that read them: as they were made last,
/// or by a stand-in that is the same for ever. What is made of stand-ins tells what there is of it
/// besides what lapses: a fingerprint, and whether an input has changed.
final class Lapses {
    private final Past past;
    private final Optional<DigestKey> key;
    private final boolean standIns;

    /// @param standIns whether each is read by its stand-in
    /// @param key of the vault, where that is unlocked
    Lapses(Past past, boolean standIns, Optional<DigestKey> key) {
        this.key = key;
        this.past = past;
        this.standIns = standIns;
    }

    boolean areStandIns() {
        return standIns;
    }

    /// An output as it is read.
    ///
    /// @param made as its step has made it, or unknown
    Value read(InstanceKey key, Optional<Duration> validFor, String name, Value made) {
        return validFor.filter(
                        _ -> made.data() instanceof Data.Text || made.data() instanceof Data.Int)
                .flatMap(time -> past.success(key).map(success -> read(success, name, made, time)))
                .orElse(made);
    }

    private Value read(Success success, String name, Value made, Duration validFor) {
        Label label = made.label().join(Label.from(success.lapsing(validFor)));
        boolean isNumber = made.data() instanceof Data.Int;
        return standIns
                ? standIn(success.key() + "." + name, isNumber, label)
                : made.labelled(label);
    }

    /// In the place of a number stands one, for expressions go on with it.
    private static Value standIn(String of, boolean isNumber, Label label) {
        return isNumber
                ? Value.number(new Digests().text(of).number()).labelled(label)
                : Value.text(of).labelled(label);
    }

    /// What an expression makes of what lapses. Of stand-ins it always makes something: what they
    /// have no value for, such as a part of a token, is told by everything that it is made of.
    Value evaluated(Expression expression, Scope scope) {
        Value value = expression.evaluate(scope);
        return standIns && !value.isKnown() ? standIn(expression, scope, value) : value;
    }

    private Value standIn(Expression expression, Scope scope, Value without) {
        Digests digests = new Digests().text(expression.source());
        List<Label> labels = new ArrayList<>(List.of(without.deepLabel()));
        expression.reads().stream()
                .sorted(Comparator.comparing(Object::toString))
                .flatMap(path -> PathReads.at(path, scope).stream())
                .forEach(read -> {
                    labels.add(read.deepLabel());
                    digests.text(read.isKnown() ? Digests.of(read, key) : "");
                });
        return standIn(digests.hex(), expression.type() == Type.Scalar.INT, Label.joinAll(labels));
    }

    /// True when something in it has been made anew since.
    boolean isStale(Kept kept) {
        for (Origin.Lapsing read : kept.lapsing()) {
            boolean isNewest =
                    past.success(read.by())
                            .filter(success -> success.intent().equals(read.intent()))
                            .isPresent();
            if (!isNewest) {
                return true;
            }
        }
        return false;
    }

    /// What of it is good for a time only.
    static Set<Origin.Lapsing> in(Label label) {
        return in(label.origins());
    }

    static Set<Origin.Lapsing> in(Set<Origin> origins) {
        Set<Origin.Lapsing> lapsing = new LinkedHashSet<>();
        for (Origin origin : origins) {
            if (origin instanceof Origin.Lapsing one) {
                lapsing.add(one);
            }
        }
        return lapsing.isEmpty() ? Set.of() : lapsing;
    }

    /// True of a cluster in which anything lapses.
    static boolean areIn(Composition composition) {
        return composition.uses().values().stream()
                .map(UseSpec::component)
                .anyMatch(component ->
                        component.steps().stream().anyMatch(StepSpec::lapses)
                                || component.inputs().values().stream()
                                        .anyMatch(InputSpec::isVolatile));
    }

    /// What an instance reads that lapses, as far as it can be said while something else of it is
    /// not known.
    static Set<Origin.Lapsing> readBy(Instance.Step instance, Values values) {
        StepSpec step = instance.step();
        Set<Origin.Lapsing> all = new LinkedHashSet<>();
        step.inputs()
                .keySet()
                .forEach(name -> all.addAll(values.keptStepInput(instance, name).lapsing()));
        for (Expression expression :
                values.decisions()
                        .deed(instance)
                        .map(StepSpec.Action::expressions)
                        .orElse(List.of())) {
            for (List<String> path : expression.reads()) {
                // What is gone over is read by a path of its own.
                if (!path.getFirst().equals(Element.NAME)) {
                    all.addAll(values.read(instance, path).lapsing());
                }
            }
        }
        return all;
    }
}
