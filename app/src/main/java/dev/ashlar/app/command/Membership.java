package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Members of a founded group join and leave through steps of their own, which this version does
/// not carry out yet: it refuses, before anything is touched, what it cannot do rightly.
final class Membership {
    private Membership() {}

    static void refuseChange(Cluster cluster) {
        List<String> changes = new ArrayList<>();
        Past past = cluster.past();
        for (UseSpec use : cluster.composition().uses().values()) {
            if (past.isFounded(use.name())) {
                cluster.graph().members(use.name()).stream()
                        .filter(node -> !past.isFounded(use.name(), node))
                        .forEach(node -> changes.add(use.name() + " would gain member " + node));
            }
        }
        for (InstanceKey key : past.standing().keySet()) {
            if (!cluster.graph().instances().containsKey(key)) {
                changes.add(key + " is no longer in the files");
            }
        }
        if (!changes.isEmpty() && past.runs().getLast().start().purpose() == Purpose.DOWN) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    List.of(
                            "error: a `down` (run "
                                    + past.runs().getLast().start().run()
                                    + ") has taken back a part of this cluster",
                            "  help: finish it with `ashlar down`; then `ashlar up` builds it anew"));
        }
        if (!changes.isEmpty()) {
            List<String> lines = new ArrayList<>();
            lines.add(
                    "error[ASH0112]: a cluster that stands cannot gain or lose members, uses or"
                            + " steps in this version");
            changes.stream().limit(MAX_SHOWN).forEach(change -> lines.add("  " + change));
            lines.add(
                    "  help: undo the edit; or finish `ashlar down`, then `ashlar up` builds it anew");
            throw new CommandStop(ExitCode.INVALID, lines);
        }
    }

    /// Founders start together and are healthy together: part of them alone would wait for the rest
    /// in vain. What comes before that may be done anywhere.
    static void refusePartOfFounding(Cluster cluster, Selection selection, Plan plan) {
        Map<InstanceKey, Plan.Action> actions = new HashMap<>();
        plan.entries().forEach(entry -> actions.put(entry.key(), entry.action()));
        for (UseSpec use : cluster.composition().uses().values()) {
            for (StepSpec step : use.component().steps()) {
                boolean asked =
                        step.health().isPresent() && step.subject() == StepSpec.Subject.NODE;
                if (asked && !cluster.past().isFounded(use.name())) {
                    List<InstanceKey> founders =
                            cluster.graph().members(use.name()).stream()
                                    .map(n -> InstanceKey.onNode(use.name(), step.name(), n))
                                    .toList();
                    refusePart(founders, selection, actions);
                }
            }
        }
    }

    private static void refusePart(
            List<InstanceKey> founders,
            Selection selection,
            Map<InstanceKey, Plan.Action> actions) {
        List<String> left =
                founders.stream()
                        .filter(key -> actions.get(key) == Plan.Action.LEFT_OUT)
                        .map(InstanceKey::toString)
                        .toList();
        boolean some = founders.stream().anyMatch(key -> wouldRun(actions.get(key)));
        if (some && !left.isEmpty()) {
            InstanceKey first = founders.getFirst();
            String name = first.use() + "." + first.step();
            throw new CommandStop(
                    ExitCode.INVALID,
                    List.of(
                            "error: "
                                    + first.use()
                                    + " is not founded yet, and its members are founded together: "
                                    + selection.words()
                                    + " leaves out "
                                    + String.join(", ", left),
                            "  help: --skip " + name + " does what comes before it"));
        }
    }

    private static boolean wouldRun(Plan.@Nullable Action action) {
        return action != null
                && switch (action) {
                    case CREATE, CHANGE, MAYBE, REPAIR -> true;
                    case REMOVE, UNCHANGED, LEFT_OUT, IMPOSSIBLE -> false;
                };
    }

    private static final int MAX_SHOWN = 10;
}
