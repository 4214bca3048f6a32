package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.StepSpec.Place;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Checkpoint.Chosen;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// Where an instance's work is done, as far as that is known.
sealed interface Placement {

    /// It is known.
    ///
    /// @param node empty for the controller
    /// @param choice the node's name with where it came from, where the step chose it
    record Settled(Optional<String> node, Optional<Value> choice) implements Placement {

        /// What must happen before work can be done there, whether it has or not.
        Set<Await> awaits() {
            Set<Await> awaits = new LinkedHashSet<>();
            choice.ifPresent(value -> awaits.addAll(value.label().awaits()));
            if (choice.isPresent()) {
                node.map(InstanceKey::acquire).map(Await.Success::new).ifPresent(awaits::add);
            }
            return awaits;
        }
    }

    /// Which node is not known before this has happened.
    record Open(Set<Await> awaits) implements Placement {}

    /// There is no such place.
    record Nowhere(Data.Invalid why) implements Placement {}

    /// No member is ready to do it.
    record Unsponsored() implements Placement {}

    static Placement of(Instance.Step instance, StepScope scope, Graph graph, Past past) {
        return switch (instance.step().place()) {
            case Place.OnSubject _ -> new Settled(instance.key().node(), Optional.empty());
            case Place.OnController _ -> new Settled(Optional.empty(), Optional.empty());
            case Place.OnSponsor _ -> sponsored(instance, scope);
            case Place.OnChosen(Expression node) ->
                    past.choice(instance.key())
                            .filter(choice -> graph.hasNode(choice.node()))
                            .map(choice -> recorded(instance.key(), choice))
                            .orElseGet(() -> chosen(node, scope.evaluate(node), graph));
        };
    }

    private static Placement sponsored(Instance.Step instance, StepScope scope) {
        return switch (scope.sponsor()) {
            case Sponsor.Found(String node) ->
                    settled(
                            node,
                            Value.text(node).labelled(Label.from(new Origin.Fact(node, "name"))));
            case Sponsor.Unasked _ -> new Open(Set.of(new Await.Sponsor(instance.key())));
            case Sponsor.Nobody _ -> new Unsponsored();
        };
    }

    private static Placement recorded(InstanceKey key, Chosen choice) {
        Label label = Label.from(new Origin.Frozen(key, "on", choice.run()));
        return settled(choice.node(), Value.text(choice.node()).labelled(label));
    }

    private static Placement settled(String node, Value choice) {
        return new Settled(Optional.of(node), Optional.of(choice));
    }

    private static Placement chosen(Expression on, Value value, Graph graph) {
        return switch (value.data()) {
            case Data.Text(String node) when graph.hasNode(node) -> settled(node, value);
            case Data.Text(String other) ->
                    new Nowhere(
                            new Data.Invalid("on: no node is called \"" + other + "\"", on.span()));
            case Data.Invalid(String message, Span at) ->
                    new Nowhere(new Data.Invalid("on: " + message, at));
            case Data _ -> new Open(value.deepLabel().awaits());
        };
    }
}
