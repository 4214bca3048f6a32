package dev.ashlar.engine.plan;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Achieved;
import dev.ashlar.engine.resolve.Inquiry;
import dev.ashlar.engine.resolve.Repetitions;
import dev.ashlar.engine.resolve.Resolver;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.value.Data;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Evaluates a cluster as its first run would, and finds what has no value whatever a machine
/// answers: what a plan from nothing could not carry out is wrong in the files. Touches nothing.
public final class Rehearsal {
    private final Map<Span, Diagnostic> found = new LinkedHashMap<>();

    private final boolean inFull;

    private Rehearsal(boolean inFull) {
        this.inFull = inFull;
    }

    /// One problem for each place in the files that has no value for at least one step or node.
    public static List<Diagnostic> problems(Graph graph) {
        return problems(graph, true);
    }

    /// The same as far as the first instance of each step and the first node of each use shows it.
    /// A plan of the same goal finds those of the others that keep it from being carried out.
    public static List<Diagnostic> sample(Graph graph) {
        return problems(graph, false);
    }

    private static List<Diagnostic> problems(Graph graph, boolean inFull) {
        Rehearsal rehearsal = new Rehearsal(inFull);
        Repetitions.problems(graph.composition()).forEach(rehearsal::add);
        Inquiry inquiry = new Resolver(graph, new Past(), new Achieved(graph)).inquiry();
        rehearsal.steps(graph, inquiry);
        for (UseSpec use : graph.composition().uses().values()) {
            graph.members(use.name()).stream()
                    .limit(inFull ? Long.MAX_VALUE : 1)
                    .forEach(node ->
                            inquiry.withoutValue(use, node)
                                    .forEach(invalid ->
                                            rehearsal.add(invalid, use.name() + "@" + node)));
            inquiry.withoutValue(use)
                    .ifPresent(invalid -> rehearsal.add(invalid, "notes of " + use.name()));
        }
        return List.copyOf(rehearsal.found.values());
    }

    /// Of every instance what a plan looks at. Of the first of each step also what would wait for
    /// the rest: doing so for all would look on each node at each other.
    private void steps(Graph graph, Inquiry inquiry) {
        Set<String> seen = new LinkedHashSet<>();
        for (Instance instance : graph.instances().values()) {
            if (instance instanceof Instance.Step step) {
                boolean first = seen.add(step.use().name() + "." + step.step().name());
                List<Data.Invalid> invalid =
                        first || (inFull && inquiry.isImpossible(step))
                                ? inquiry.withoutValue(step)
                                : List.of();
                invalid.forEach(one -> add(one, step.key().toString()));
            }
        }
    }

    private void add(Repetitions.Problem problem) {
        Span span = problem.each().span();
        Diagnostic diagnostic =
                Diagnostic.of(Code.ASH0410, span, problem.message())
                        .withLabel("for " + problem.subject());
        found.put(
                span, problem.help().isEmpty() ? diagnostic : diagnostic.withHelp(problem.help()));
    }

    private void add(Data.Invalid invalid, String whose) {
        found.computeIfAbsent(
                invalid.span(),
                span ->
                        Diagnostic.of(Code.ASH0209, span, invalid.message())
                                .withLabel("for " + whose));
    }
}
