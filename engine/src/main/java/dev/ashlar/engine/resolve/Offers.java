package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.ComponentSpec.OutputSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Offer;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// What members are to others that they let in or out: as they run, not as the files say by now.
/// Confined to its values' thread.
final class Offers {
    private final Values values;
    private final Past past;
    private final IdentityHashMap<ComponentSpec, List<OutputSpec>> offered =
            new IdentityHashMap<>();

    Offers(Values values, Past past) {
        this.values = values;
        this.past = past;
    }

    /// What a member is to others that it lets in or out, as it is now, as far as that is known and
    /// does not lapse: to be put on record with the step that tells its health.
    SequencedMap<String, Offer> of(Instance.Step instance) {
        SequencedMap<String, Offer> offers = new LinkedHashMap<>();
        UseSpec use = instance.use();
        if (instance.step().health().isPresent() && instance.key().node().isPresent()) {
            for (OutputSpec output : offered(use.component())) {
                Value value = output.value().evaluate(values.scope(use, instance.key().node()));
                if (value.isKnown() && Lapses.in(value.deepLabel()).isEmpty()) {
                    offers.put(output.name(), new Offer(written(output), value));
                }
            }
        }
        return offers;
    }

    private List<OutputSpec> offered(ComponentSpec component) {
        return offered.computeIfAbsent(
                component,
                of ->
                        of.membership()
                                .steps()
                                .flatMap(step -> step.expressions().stream())
                                .flatMap(expression -> expression.reads().stream())
                                .filter(path -> path.size() > 2)
                                .filter(path -> path.getFirst().equals(Values.SPONSOR))
                                .flatMap(path -> Stream.ofNullable(of.outputs().get(path.get(2))))
                                .filter(output -> !Type.hasSecret(output.type()))
                                .distinct()
                                .toList());
    }

    private static String written(OutputSpec output) {
        return output.type() + " " + output.value().source();
    }

    /// An output of a member that lets another in or out: as it runs, whatever the files say by
    /// now, where that is on record.
    Value output(UseSpec use, String node, String name) {
        OutputSpec output = use.component().outputs().get(name);
        if (output == null) {
            throw new IllegalArgumentException(use.name() + " has no output " + name);
        }
        return use.component().steps().reversed().stream()
                .map(step -> InstanceKey.onNode(use.name(), step.name(), node))
                .flatMap(key -> past.success(key).stream())
                .flatMap(success -> offer(success, output).stream())
                .findFirst()
                .orElseGet(() -> values.output(use, node, name));
    }

    private static Optional<Value> offer(Success success, OutputSpec output) {
        Label from = Label.from(new Origin.Produced(success.key(), output.name(), success.run()));
        return Optional.ofNullable(success.offers().get(output.name()))
                .filter(offer -> offer.written().equals(written(output)))
                .map(offer -> offer.value().labelled(from));
    }
}
