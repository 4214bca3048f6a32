package dev.ashlar.engine.run;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Resolution;
import dev.ashlar.engine.resolve.Resolver;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Await;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What join and leave steps need that others do not: a ready member, as it is when they are about
/// to run.
final class Sponsorship {
    private final Resolver resolver;
    private final Selection selection;
    private final Turns turns;
    private final Outcomes outcomes;
    private final Entrances entrances;

    Sponsorship(
            Graph graph,
            Past past,
            Resolver resolver,
            Selection selection,
            Turns turns,
            Outcomes outcomes) {
        this.resolver = resolver;
        this.selection = selection;
        this.turns = turns;
        this.outcomes = outcomes;
        this.entrances = new Entrances(graph, past, resolver, outcomes);
    }

    /// Where an instance is, as far as that selects it: who comes or goes is selected by itself,
    /// not by who lets it in or out.
    static Optional<String> about(Cell cell, Resolution.Known known) {
        return cell.key.isMembership() ? cell.key.node() : known.place();
    }

    /// `cell` goes on once all of these hold. Who waits for a ready member lets the members be
    /// asked.
    void await(Cell cell, Set<Await> awaits) {
        boolean isMembership = cell.key.isMembership();
        if (isMembership && selection.leavesOut(cell.key, cell.key.node())) {
            outcomes.leftOut(cell);
            return;
        }
        outcomes.await(cell, awaits);
        if (isMembership && cell.phase == Phase.PENDING) {
            turns.ask(cell);
        }
    }

    /// True when it lets a member in and waits for the sake of what follows.
    boolean keepsOutside(Cell cell) {
        return entrances.keeps(cell);
    }

    /// Nothing runs anywhere: the first that is kept outside is let in, or hears that it cannot be.
    ///
    /// @return true when anybody is
    boolean opens() {
        return entrances.open();
    }

    /// It is about to run: its sponsor may have changed while its turn was waited for.
    void renew(Cell cell) {
        if (!cell.key.isMembership()) {
            return;
        }
        switch (cell.task) {
            case Cell.Task.Bring(Instance join) -> renew(cell, join);
            case Cell.Task.Leave(Instance.Step leave, _) -> renew(cell, leave);
            case Cell.Task.TakeBack _, Cell.Task.Gate _, Cell.Task.Look _ -> {}
        }
    }

    private void renew(Cell cell, Instance instance) {
        if (resolver.resolve(instance) instanceof Resolution.Known known
                && known.awaits().isEmpty()) {
            cell.known = Optional.of(known);
        }
    }

    /// Nothing runs anywhere: who still waits for a ready member hears that there is none.
    ///
    /// @return true when anybody does
    boolean nobodyIsReady() {
        Set<InstanceKey> steps = turns.unanswered();
        steps.forEach(step -> outcomes.ready(step, List.of()));
        return !steps.isEmpty();
    }
}
