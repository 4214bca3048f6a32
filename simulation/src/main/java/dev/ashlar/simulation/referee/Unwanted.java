package dev.ashlar.simulation.referee;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Work;

/// Steps whose condition a run has found false. No condition is evaluated here: that one is false
/// is told by where a run ends that nothing disturbs.
final class Unwanted {
    private final Graph graph;
    private final Books books;

    Unwanted(Graph graph, Books books) {
        this.graph = graph;
        this.books = books;
    }

    /// True of a step with a condition of which nothing is on record.
    boolean isNothing(InstanceKey key) {
        return isConditional(key) && !books.everything().contains(key) && !books.isSick(key);
    }

    /// True of work that brings nothing about.
    boolean isTakenBackBy(Work work) {
        return work instanceof Work.Apply apply
                && apply.resources().isEmpty()
                && isConditional(work.key());
    }

    private boolean isConditional(InstanceKey key) {
        return graph.instances().get(key) instanceof Instance.Step step
                && step.step().when().isPresent();
    }
}
