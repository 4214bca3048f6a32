package dev.ashlar.engine.plan;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Interrupted;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.plan.Plan.Entry;
import dev.ashlar.engine.resolve.Relabelled;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Secrecy;
import dev.ashlar.model.value.Value;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/// What a use of a cluster has for an interface, for whoever reads it from another cluster. It is
/// given out while the use stands as its files say and the value holds there; what is written and
/// not done yet is nobody else's business. Touches nothing.
public final class Lending {
    private static final String BEING_TAKEN_BACK = " is to be taken back there";
    private static final String BEING_CHANGED = " is to be changed there";

    private final Planner planner;
    private final Past past;
    private final UseSpec use;

    private Lending(Planner planner, Past past, UseSpec use) {
        this.planner = planner;
        this.past = past;
        this.use = use;
    }

    /// The values by name. What does not hold is unknown, and awaits that the cluster is brought
    /// up.
    ///
    /// @param name of a use whose component implements the interface
    /// @param seenAs the cluster's folder, as seen by who asks
    /// @param atMs the time, in milliseconds since 1970 UTC
    public static SequencedMap<String, Value> of(
            Graph graph, Past past, String name, String of, String seenAs, long atMs) {
        UseSpec use = Objects.requireNonNull(graph.composition().uses().get(name));
        Lending lending = new Lending(Planner.ofAll(graph, past, atMs), past, use);
        Optional<String> unsettled = lending.unsettled();
        SequencedMap<String, Value> lent = new LinkedHashMap<>();
        use.component()
                .interfaces()
                .implemented(of)
                .forEach((value, expression) -> {
                    Value now = lending.planner.inquiry().implemented(name, of, value);
                    Origin origin =
                            new Origin.Elsewhere(
                                    graph.composition().name(),
                                    name,
                                    lending.run(),
                                    expression.span());
                    lent.put(
                            value,
                            unsettled
                                    .or(() -> lending.missing(now))
                                    .map(reason -> new Await.Elsewhere(seenAs, reason))
                                    .map(await -> Value.unknown(expression.type(), await))
                                    .orElseGet(() -> Relabelled.of(now, _ -> Label.from(origin))));
                });
        return lent;
    }

    /// Where its files and its record differ on the use.
    private Optional<String> unsettled() {
        return past.standing().isEmpty()
                ? Optional.of("nothing is on its record")
                : planner.entries().stream()
                        .filter(entry -> entry.key().use().equals(use.name()))
                        .flatMap(entry -> difference(entry).stream())
                        .findFirst();
    }

    private Optional<String> difference(Entry entry) {
        String what =
                switch (entry.action()) {
                    case UNCHANGED -> "";
                    case REPAIR, CREATE -> ofAttempt(entry.key());
                    case REMOVE -> BEING_TAKEN_BACK;
                    case CHANGE, MAYBE, REPLACE, LEFT_OUT, IMPOSSIBLE -> BEING_CHANGED;
                };
        return what.isEmpty() ? Optional.empty() : Optional.of(entry.key() + what);
    }

    /// What has failed or was cut short does not differ as long as its files say what was begun
    /// then: who is healthy decides there.
    private String ofAttempt(InstanceKey key) {
        Optional<Interrupted> begun = past.begun(key);
        if (begun.isEmpty()) {
            return " has not been done there";
        }
        if (begun.get().effect() == Effect.UNDO) {
            return BEING_TAKEN_BACK;
        }
        return planner.fingerprint(key).equals(begun.map(Interrupted::fingerprint))
                ? ""
                : BEING_CHANGED;
    }

    private Optional<String> missing(Value value) {
        Label label = value.deepLabel();
        if (label.secrecy() == Secrecy.SECRET) {
            return Optional.of("it is a secret, and stays there");
        }
        if (label.origins().stream().anyMatch(Origin.Lapsing.class::isInstance)) {
            return Optional.of("it lapses, and is for readers of that cluster alone");
        }
        return label.awaits().stream()
                .filter(await -> !planner.holds(await))
                .findFirst()
                .map(await -> "it does not hold there before " + await)
                .or(() ->
                        value.isKnown() ? Optional.empty() : Optional.of("it has no value there"));
    }

    /// The last run that brought about a part of the use.
    private long run() {
        return past.standing().values().stream()
                .filter(success -> success.key().use().equals(use.name()))
                .mapToLong(Success::run)
                .max()
                .orElse(0);
    }
}
