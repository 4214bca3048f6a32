package dev.ashlar.engine.plan;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.plan.Lent.Withheld;
import dev.ashlar.engine.plan.Plan.Entry;
import dev.ashlar.engine.resolve.Relabelled;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Interrupted;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Await.Remedy;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Secrecy;
import dev.ashlar.model.value.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// What the uses of a cluster have for interfaces, for whoever reads it from another cluster. It is
/// given out while the use stands as its files say and the value holds there; what is written and
/// not done yet is nobody else's business. Touches nothing.
public final class Lending {
    private static final String BEING_TAKEN_BACK = " is to be taken back there";
    private static final String BEING_CHANGED = " is to be changed there";

    private final Graph graph;
    private final Past past;
    private final Planner planner;

    /// @param atMs the time, in milliseconds since 1970 UTC
    public Lending(Graph graph, Past past, long atMs) {
        this.graph = graph;
        this.past = past;
        this.planner = Planner.ofAll(graph, past, atMs);
    }

    /// One of the values.
    ///
    /// @param name of a use whose component implements the interface
    public Lent of(String name, String of, String value) {
        UseSpec use = Objects.requireNonNull(graph.composition().uses().get(name));
        Expression expression =
                Objects.requireNonNull(use.component().interfaces().implemented(of).get(value));
        Value now = planner.inquiry().implemented(name, of, value);
        return kept(now)
                .or(() -> unsettled(name))
                .or(() -> missing(now))
                .<Lent>map(withheld -> withheld)
                .orElseGet(() -> {
                    Origin origin =
                            new Origin.Elsewhere(
                                    graph.composition().name(), name, run(name), expression.span());
                    return new Lent.Given(Relabelled.of(now, _ -> Label.from(origin)));
                });
    }

    /// What never leaves its cluster.
    private static Optional<Withheld> kept(Value value) {
        Label label = value.deepLabel();
        if (label.secrecy() == Secrecy.SECRET) {
            return Optional.of(Withheld.by(Remedy.NONE, "it is a secret, and stays there"));
        }
        return label.origins().stream().anyMatch(Origin.Lapsing.class::isInstance)
                ? Optional.of(
                        Withheld.by(
                                Remedy.NONE, "it lapses, and is for readers of that cluster alone"))
                : Optional.empty();
    }

    /// Where its files and its record differ on the use.
    private Optional<Withheld> unsettled(String use) {
        List<Entry> differing =
                planner.entries().stream()
                        .filter(entry -> entry.key().use().equals(use))
                        .filter(entry -> !difference(entry).isEmpty())
                        .toList();
        if (differing.isEmpty()) {
            return Optional.empty();
        }
        Set<Await> awaits = new LinkedHashSet<>();
        differing.forEach(entry -> awaits.addAll(entry.awaits()));
        Entry first = differing.getFirst();
        return Optional.of(
                new Withheld(
                        past.standing().isEmpty()
                                ? "nothing is on its record"
                                : first.key() + difference(first),
                        Remedy.UP,
                        planner.elsewhere(awaits)));
    }

    private String difference(Entry entry) {
        return switch (entry.action()) {
            case UNCHANGED -> "";
            case REPAIR, CREATE -> ofAttempt(entry.key());
            case REMOVE -> BEING_TAKEN_BACK;
            case CHANGE, MAYBE, REPLACE, LEFT_OUT, IMPOSSIBLE -> BEING_CHANGED;
        };
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

    private Optional<Withheld> missing(Value value) {
        Set<Await> open = new LinkedHashSet<>(value.deepLabel().awaits());
        open.removeIf(planner::holds);
        if (!open.isEmpty()) {
            return Optional.of(
                    new Withheld(
                            "it does not hold there before " + open.iterator().next(),
                            Remedy.UP,
                            planner.elsewhere(open)));
        }
        return value.isKnown()
                ? Optional.empty()
                : Optional.of(Withheld.by(Remedy.UP, "it has no value there"));
    }

    /// The last run that brought about a part of the use.
    private long run(String use) {
        return past.standing().values().stream()
                .filter(success -> success.key().use().equals(use))
                .mapToLong(Success::run)
                .max()
                .orElse(0);
    }
}
