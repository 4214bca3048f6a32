package dev.ashlar.engine.removal;

import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Resolution;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Work;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What an instance has brought about, as the record says, and its work would not bring about any
/// more. A script takes the place of the one before it and a service sees to what it has made, as
/// long as both are of one case of their step, or two cases come to the same. What was done before
/// a step had cases counts as done under the one that is chosen.
public final class Surplus {
    private static final Action NOTHING = new Action.Resources(List.of());

    private final List<Owned> owned;
    private final Map<String, Action.Deed> cases;
    private final String chosen;

    private Surplus(List<Owned> owned, Map<String, Action.Deed> cases, String chosen) {
        this.owned = owned;
        this.cases = cases;
        this.chosen = chosen;
    }

    /// Each as it is to be taken back: what a script of a case did by the `remove` that the case
    /// has now, where the step still has that.
    ///
    /// @param step what the instance is one of, where it is of a step
    public static List<Owned> of(
            Past past, InstanceKey key, Optional<StepSpec> step, Resolution.Known known) {
        List<Owned> owned = past.owned(key);
        if (owned.isEmpty()) {
            return owned;
        }
        Map<String, Action.Deed> cases =
                step.map(StepSpec::action).orElse(NOTHING) instanceof Action.Switch choice
                        ? choice.cases()
                        : Map.of();
        Surplus surplus = new Surplus(owned, cases, known.inCase().orElse(""));
        return surplus.owned.stream()
                .filter(surplus.stays(known.work().apply("")).negate())
                .map(surplus::asWritten)
                .toList();
    }

    private Predicate<Owned> stays(Work work) {
        return switch (work) {
            case Work.Apply apply -> {
                Set<String> wanted =
                        apply.resources().stream()
                                .map(Resource::key)
                                .collect(Collectors.toCollection(LinkedHashSet::new));
                yield one -> wanted.contains(one.key());
            }
            case Work.Run run -> one -> one.isByScript() && (isOfNow(one) || isDoneBy(run, one));
            case Work.Call call -> {
                boolean served = owned.stream().anyMatch(Surplus::isOfService);
                yield one ->
                        one.isBy(call) || one.inCase().equals(chosen) || (served && isOfNow(one));
            }
            case Work.Acquire _, Work.Gather _, Work.Probe _, Work.Undo _ -> _ -> true;
        };
    }

    private boolean isOfNow(Owned one) {
        return one.inCase().isEmpty() || one.inCase().equals(chosen);
    }

    /// True where two cases come to the same script. Of a case that the step has no more the record
    /// has the script's name, and what takes it back.
    private boolean isDoneBy(Work.Run run, Owned one) {
        return cases.get(one.inCase()) instanceof Action.Run before
                ? before.script().text().equals(run.script().text())
                : one.identity().equals(run.script().file())
                        && one.remove()
                                .map(StepSpec.Script::text)
                                .equals(run.remove().map(StepSpec.Script::text));
    }

    private static boolean isOfService(Owned one) {
        return !one.isByScript() && ResourceKind.of(one.kind()).isEmpty();
    }

    private Owned asWritten(Owned one) {
        return one.isByScript() && cases.get(one.inCase()) instanceof Action.Run now
                ? now.remove().map(one::removedBy).orElse(one)
                : one;
    }
}
