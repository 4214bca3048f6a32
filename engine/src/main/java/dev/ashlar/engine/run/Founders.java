package dev.ashlar.engine.run;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import java.util.List;
import java.util.Optional;

/// Puts on record when a use's members have passed their health together for the first time: from
/// then on changes to them obey the rollout. Members that came later are added as soon as they,
/// too, have passed.
final class Founders {
    private final Graph graph;
    private final Past past;

    Founders(Graph graph, Past past) {
        this.graph = graph;
        this.past = past;
    }

    /// A member of a use is healthy that others were before it.
    Optional<JournalRecord> joined(long run, String use, String node, long atMs) {
        return past.isFounded(use, node) || !serves(use, node)
                ? Optional.empty()
                : Optional.of(new JournalRecord.Founded(run, use, List.of(node), atMs));
    }

    /// False of a member whose step that would tell its health is off: it is none yet.
    private boolean serves(String use, String node) {
        return graph.off().isEmpty()
                || tells(use).stream()
                        .map(step -> InstanceKey.onNode(use, step, node))
                        .noneMatch(graph.off()::containsKey);
    }

    private List<String> tells(String use) {
        UseSpec spec = graph.composition().uses().get(use);
        return spec == null
                ? List.of()
                : spec.component().steps().stream()
                        .filter(step -> step.health().isPresent())
                        .map(StepSpec::name)
                        .toList();
    }

    /// All members of a use are healthy.
    Optional<JournalRecord> passed(long run, String use, long atMs) {
        List<String> fresh =
                graph.members(use).stream()
                        .filter(node -> !past.isFounded(use, node))
                        .filter(node -> serves(use, node))
                        .toList();
        return fresh.isEmpty()
                ? Optional.empty()
                : Optional.of(new JournalRecord.Founded(run, use, fresh, atMs));
    }
}
