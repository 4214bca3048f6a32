package dev.ashlar.engine.plan;

import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.plan.Plan.Action;
import dev.ashlar.engine.plan.Plan.Entry;
import dev.ashlar.engine.removal.Removals;
import dev.ashlar.engine.removal.Surplus;
import dev.ashlar.engine.resolve.Resolution;
import dev.ashlar.engine.resolve.Resolver;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Says what would become of one instance, and why, once what it depends on has been judged.
final class Judge {
    private final Past past;
    private final Set<InstanceKey> forced;
    private final Removals removals;
    private final Resolver resolver;

    /// @param past as it will be when what goes is gone
    Judge(Past past, Set<InstanceKey> forced, Removals removals, Resolver resolver) {
        this.past = past;
        this.forced = forced;
        this.removals = removals;
        this.resolver = resolver;
    }

    Entry of(Instance instance, Resolution resolution) {
        Optional<Success> before = past.success(instance.key());
        return switch (resolution) {
            case Resolution.Impossible(var failure) ->
                    new Entry(
                            instance.key(),
                            Action.IMPOSSIBLE,
                            List.of(failure.message()),
                            Set.of(),
                            false,
                            Optional.of(failure));
            case Resolution.Waiting(Set<Await> awaits) -> waiting(instance, before, awaits);
            case Resolution.Known known -> known(instance, before, known);
        };
    }

    /// Why a step is off.
    private static List<String> condition(Instance instance) {
        return instance instanceof Instance.Step step ? List.of(step.whyOff()) : List.of();
    }

    private Entry waiting(Instance instance, Optional<Success> before, Set<Await> awaits) {
        if (removals.contains(instance.key())) {
            List<String> reasons = List.of(reason(instance.key()));
            return entry(instance, Action.REPLACE, reasons, awaits);
        }
        Optional<Entry> repair =
                repair(instance, before)
                        .map(why -> entry(instance, Action.REPAIR, List.of(why), awaits));
        Optional<Instance.Step> step =
                instance instanceof Instance.Step one ? Optional.of(one) : Optional.empty();
        Optional<String> condition =
                step.flatMap(resolver.decisions()::openCondition).map(when -> "if " + when);
        Action action = before.isPresent() || condition.isPresent() ? Action.MAYBE : Action.CREATE;
        Optional<String> open =
                condition.or(() ->
                        step.flatMap(resolver.decisions()::openSelector)
                                .map(by -> "a case of " + by));
        return repair.orElseGet(() -> entry(instance, action, open.stream().toList(), awaits));
    }

    /// It runs whatever its inputs are: what is there is not known to be what is on record.
    private Optional<String> repair(Instance instance, Optional<Success> before) {
        Optional<String> reason =
                past.interrupted(instance.key()).map(open -> "cut short in run " + open.run());
        if (reason.isEmpty() && before.filter(Success::tainted).isPresent()) {
            boolean stopped =
                    past.failure(instance.key())
                            .map(JournalRecord.Failed::failure)
                            .filter(Failure::isStop)
                            .isPresent();
            String what = stopped ? "stopped" : "failed";
            reason = before.map(s -> what + " after it had succeeded in run " + s.run());
        }
        if (reason.isEmpty() && before.isPresent() && forced.contains(instance.key())) {
            reason = Optional.of("the node differs from it");
        }
        return reason;
    }

    /// What the files change besides of what is not as it was left.
    private static List<String> edited(Optional<Success> before, Resolution.Known known) {
        return before.filter(success -> !success.fingerprint().equals(known.fingerprint()))
                .map(success -> Differences.between(success.inputs(), known))
                .orElse(List.of());
    }

    private Entry known(Instance instance, Optional<Success> before, Resolution.Known known) {
        if (known.off()) {
            return off(instance, before, known);
        }
        Optional<String> repair = repair(instance, before);
        if (repair.isPresent()) {
            List<String> reasons = new ArrayList<>(chosen(instance, known));
            reasons.addFirst(repair.get());
            if (forced.contains(instance.key())) {
                reasons.addAll(edited(before, known));
            }
            return again(instance, Action.REPAIR, reasons, known);
        }
        if (removals.contains(instance.key())) {
            List<String> reasons = List.of(reason(instance.key()));
            return entry(instance, Action.REPLACE, reasons, known.awaits());
        }
        if (before.isEmpty()) {
            List<String> reasons = new ArrayList<>(chosen(instance, known));
            past.failure(instance.key())
                    .ifPresent(failed -> reasons.add("failed in run " + failed.run()));
            return again(instance, Action.CREATE, reasons, known);
        }
        Success success = before.get();
        if (success.fingerprint().equals(known.fingerprint())) {
            return entry(instance, Action.UNCHANGED, List.of(), Set.of());
        }
        List<String> reasons = new ArrayList<>(chosen(instance, known));
        reasons.addAll(Differences.between(success.inputs(), known));
        return again(instance, Action.CHANGE, reasons, known);
    }

    /// Which of its cases a step does.
    private static List<String> chosen(Instance instance, Resolution.Known known) {
        return instance instanceof Instance.Step step
                ? known.inCase().map(step::whyCase).stream().toList()
                : List.of();
    }

    /// What is there of a step whose condition is false is taken back by the step.
    private Entry off(Instance instance, Optional<Success> before, Resolution.Known known) {
        boolean stands =
                !past.isSick(instance.key())
                        && before.filter(s -> !s.fingerprint().equals(known.fingerprint()))
                                .isEmpty();
        if (stands) {
            return entry(instance, Action.UNCHANGED, condition(instance), Set.of());
        }
        return again(instance, Action.CHANGE, condition(instance), known);
    }

    /// @param why it runs, or runs again; what becomes of what it does not make any more is added
    private Entry again(
            Instance instance, Action action, List<String> why, Resolution.Known known) {
        List<String> reasons = new ArrayList<>(why);
        Optional<StepSpec> step =
                instance instanceof Instance.Step one ? Optional.of(one.step()) : Optional.empty();
        Set<String> takesBack = new LinkedHashSet<>();
        for (Owned one : Surplus.of(past, instance.key(), step, known)) {
            reasons.add((one.staysInPlace() ? "leaves " : "takes back ") + one.title());
            if (!one.staysInPlace()) {
                takesBack.add(one.title());
            }
        }
        return entry(instance, action, reasons, known.awaits()).takingBack(takesBack);
    }

    private Entry entry(Instance instance, Action action, List<String> reasons, Set<Await> awaits) {
        boolean disruptive =
                switch (action) {
                    case CHANGE, MAYBE, REPAIR, REPLACE -> restarts(instance);
                    case CREATE -> reboots(instance);
                    case REMOVE, UNCHANGED, LEFT_OUT, IMPOSSIBLE -> false;
                };
        List<String> all = new ArrayList<>(reasons);
        awaits.forEach(await -> elsewhere(await).ifPresent(all::add));
        return new Entry(instance.key(), action, all, awaits, disruptive, Optional.empty());
    }

    /// What no run here decides is told with the reason.
    private static Optional<String> elsewhere(Await await) {
        return await instanceof Await.Elsewhere(_, String reason, _)
                ? Optional.of("known after " + await + ": " + reason)
                : Optional.empty();
    }

    private String reason(InstanceKey key) {
        return removals.reasons().getOrDefault(key, "");
    }

    private static boolean restarts(Instance instance) {
        return has(instance, ResourceKind.SERVICE) || reboots(instance);
    }

    private static boolean reboots(Instance instance) {
        return has(instance, ResourceKind.REBOOT);
    }

    private static boolean has(Instance instance, ResourceKind kind) {
        return instance instanceof Instance.Step step
                && step.step().action().resources().stream()
                        .anyMatch(resource -> resource.kind() == kind);
    }
}
