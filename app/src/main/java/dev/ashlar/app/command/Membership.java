package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.Underway;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.removal.Removals;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Members that were founded together come and go through the steps that their component has for
/// it. What cannot be done rightly is refused before anything is touched.
final class Membership {
    private static final int MAX_SHOWN = 10;

    private Membership() {}

    /// @param underWay what is in flight there ends before anything of this is begun
    static void refuseChange(Cluster cluster, Optional<Underway> underWay) {
        Past past = cluster.past();
        Removals removals = Removals.of(cluster.graph(), past);
        refuseCutShort(past, removals, underWay.map(Underway::inFlight).orElse(Set.of()));
        refuseHalfLeft(cluster);
        List<String> changes = new ArrayList<>();
        Set<String> together = foundedTogether(past);
        for (UseSpec use : cluster.composition().uses().values()) {
            if (past.isFounded(use.name()) && together.contains(use.name())) {
                changes.addAll(changes(cluster, removals, use));
            }
        }
        boolean wasGoing =
                cluster.isAnythingLeft() && past.runs().getLast().start().purpose() == Purpose.DOWN;
        if (!changes.isEmpty() && wasGoing) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    List.of(
                            "error: a `down` (run "
                                    + past.runs().getLast().start().run()
                                    + ") has taken back a part of this cluster",
                            "  help: finish it with `ashlar down`; then `ashlar up` builds it anew"));
        }
        refuse(
                "members that were founded together cannot come, go or be replaced in this way",
                changes,
                "undo the edit; or finish `ashlar down`, then `ashlar up` builds it anew");
    }

    /// @param what goes against it, a line each; nothing is refused where there is none
    private static void refuse(String error, List<String> what, String help) {
        if (what.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add("error: " + error);
        what.stream().limit(MAX_SHOWN).forEach(line -> lines.add("  " + line));
        lines.add("  help: " + help);
        throw new CommandStop(ExitCode.INVALID, lines);
    }

    /// What an attempt that was cut short has made is known only by doing it again.
    private static void refuseCutShort(Past past, Removals removals, Set<InstanceKey> inFlight) {
        List<String> cut =
                removals.reasons().entrySet().stream()
                        .filter(gone -> !inFlight.contains(gone.getKey()))
                        .filter(gone -> isDoingCutShort(past, gone.getKey()))
                        .filter(gone -> !goesWithMachine(past, removals, gone.getKey()))
                        .map(gone -> gone.getKey() + " was cut short; " + gone.getValue())
                        .toList();
        refuse(
                "what was cut short cannot be taken back before it is known what it has made",
                cut,
                "undo the edit and let `ashlar up` go on with it; then edit again");
    }

    /// Whether the others still count on such a member is known only once it has left.
    private static void refuseHalfLeft(Cluster cluster) {
        List<String> half =
                cluster.composition().uses().values().stream()
                        .flatMap(use ->
                                cluster.graph().members(use.name()).stream()
                                        .map(node -> InstanceKey.leave(use.name(), node)))
                        .filter(cluster.past()::isSick)
                        .map(key -> key + " did not end well")
                        .toList();
        refuse(
                "who was about to leave has to do so before it can come back: whether the others"
                        + " still count on it is not known",
                half,
                "take it out again as in that run, let `ashlar up` finish, then put it back");
    }

    private static boolean isDoingCutShort(Past past, InstanceKey key) {
        return past.interrupted(key).filter(open -> open.effect() == Effect.DO).isPresent();
    }

    private static boolean goesWithMachine(Past past, Removals removals, InstanceKey key) {
        return past.place(key).map(InstanceKey::acquire).filter(removals::contains).isPresent();
    }

    /// As the record says: what comes in their place does not matter.
    private static Set<String> foundedTogether(Past past) {
        return past.standing().values().stream()
                .filter(success -> !success.frozen().isEmpty())
                .map(success -> success.key().use())
                .collect(Collectors.toSet());
    }

    private static List<String> changes(Cluster cluster, Removals removals, UseSpec use) {
        List<String> nodes = cluster.graph().members(use.name());
        List<String> changes = new ArrayList<>();
        String noMembership = " (" + use.component().reference() + " has no membership)";
        boolean isFixed = use.component().membership().join().isEmpty();
        nodes.stream()
                .filter(_ -> isFixed)
                .filter(node -> !cluster.past().isFounded(use.name(), node))
                .forEach(node ->
                        changes.add(use.name() + " would gain member " + node + noMembership));
        List<String> going =
                cluster.past().foundedNodes(use.name()).stream()
                        .filter(node -> !cluster.graph().isMember(use.name(), node))
                        .toList();
        going.stream()
                .filter(_ -> isFixed)
                .forEach(node ->
                        changes.add(use.name() + " would lose member " + node + noMembership));
        nodes.stream()
                .filter(node -> cluster.past().isFounded(use.name(), node))
                .filter(node -> removals.contains(InstanceKey.acquire(node)))
                .forEach(node ->
                        changes.add(use.name() + " would lose the machine of member " + node));
        if (!isFixed && going.size() == cluster.past().foundedNodes(use.name()).size()) {
            changes.add("no member of " + use.name() + " would stay to let others in and out");
        }
        cluster.past().standing().keySet().stream()
                .filter(key -> key.use().equals(use.name()))
                .flatMap(key -> cluster.past().maker(key).stream())
                .filter(maker -> !maker.equals(use.component().reference()))
                .distinct()
                .forEach(maker ->
                        changes.add(
                                use.name()
                                        + " is "
                                        + maker
                                        + " and would become "
                                        + use.component().reference()));
        return changes;
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
                    case CREATE, CHANGE, MAYBE, REPAIR, REPLACE -> true;
                    case REMOVE, UNCHANGED, LEFT_OUT, IMPOSSIBLE -> false;
                };
    }
}
