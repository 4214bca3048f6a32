package dev.ashlar.engine.run;

import dev.ashlar.model.composition.StepSpec.Health;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Failures the core itself finds.
final class Mishap {
    private Mishap() {}

    static Failure unhealthy(Health health, Failure last) {
        return unhealthy("not healthy within ", health, last);
    }

    /// It is done, and when all was done at its node, `whose` was not healthy.
    static Failure unhealthyAfter(InstanceKey whose, Health health, Failure last) {
        return unhealthy("after it " + whose + " is not healthy within ", health, last);
    }

    /// What a step no longer brings about could not be taken back before its work.
    static Failure notTakenBack(List<Owned> dropping, Failure why) {
        String cases =
                dropping.stream()
                        .map(Owned::inCase)
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .collect(Collectors.joining(" and "));
        String what = cases.isEmpty() ? "it does not make any more" : "case " + cases + " has made";
        boolean isByCase = !cases.isEmpty() && dropping.stream().anyMatch(Owned::isByScript);
        Failure failure =
                why.withMessage("could not take back what " + what + ": " + why.message());
        return why.hint().isPresent() || !isByCase
                ? failure
                : failure.withHint(
                        "Mend the `remove:` of case "
                                + cases
                                + " in the pack, and let the same `ashlar up` go on; where the case"
                                + " has gone from there, put it back for that");
    }

    private static Failure unhealthy(String words, Health health, Failure last) {
        return new Failure(
                "unhealthy",
                Failure.Fault.NODE,
                false,
                words + health.within().toSeconds() + " s: " + last.message(),
                last.command(),
                last.exitCode(),
                last.lastOutput(),
                last.hint());
    }

    /// Another member of a group may not be touched, for `patient` is out.
    ///
    /// @param hasTurn whether it is out because it is half changed
    static Failure keptOut(String group, Seat patient, boolean hasTurn, int budget) {
        return patient.complaints.values().stream()
                .findFirst()
                .map(last -> sickMember(group, patient.node, budget, last))
                .orElseGet(() ->
                        hasTurn
                                ? midway(group, patient, budget)
                                : sickAndLeftOut(group, patient.node, budget));
    }

    /// This run does not mend it.
    private static Failure sickMember(String group, String node, int budget, Failure last) {
        return new Failure(
                "sick-member",
                Failure.Fault.NODE,
                false,
                "%s is not healthy and nothing in this run mends it; touching another of %s would leave more than %d out. Its probe: %s"
                        .formatted(node, group, budget, last.message()),
                last.command(),
                last.exitCode(),
                last.lastOutput(),
                Optional.of(
                        "Mend "
                                + node
                                + ", or let `ashlar up --verify` find what differs there and do it"
                                + " again first"));
    }

    /// The same, where the member is on record as sick and is not for this run to mend.
    private static Failure sickAndLeftOut(String group, String node, int budget) {
        return new Failure(
                "sick-member",
                Failure.Fault.USER,
                false,
                "%s is not well on record and this run leaves it out; touching another of %s could leave more than %d out"
                        .formatted(node, group, budget),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of("Let a run mend " + node + " first"));
    }

    /// What a step produces is good for no longer than it takes to make.
    static Failure lapsedAtOnce(InstanceKey by) {
        return Failure.lasting(
                        "lapsed",
                        Failure.Fault.USER,
                        "what " + by + " has made had lapsed before it could be used")
                .withHint(
                        "Let valid_for be longer than making it takes, if it is, or make it"
                                + " faster");
    }

    /// It cannot be tried again: what it reads has lapsed, and is not for this run to make anew.
    ///
    /// @param last why it is to be tried again, where it was
    static Failure lapsedMeanwhile(InstanceKey by, Optional<Failure> last) {
        String why = "what " + by + " has made has lapsed, and this run leaves that out";
        return new Failure(
                "lapsed",
                last.map(Failure::fault).orElse(Failure.Fault.USER),
                true,
                last.map(failure -> "cannot be tried again, as " + why + ": " + failure.message())
                        .orElse("cannot be made anew: " + why),
                last.flatMap(Failure::command),
                last.flatMap(Failure::exitCode),
                last.map(Failure::lastOutput).orElse(List.of()),
                Optional.of("Let a run do " + by + " as well"));
    }

    /// What was there has been taken back, and what comes in its place is not there yet.
    static Failure missing(InstanceKey key) {
        return Failure.lasting(
                "missing", Failure.Fault.NODE, "in the place of something else: " + key);
    }

    /// The others count on it already, and it has not been healthy yet.
    static Failure announced(InstanceKey key) {
        return Failure.lasting(
                "announced",
                Failure.Fault.NODE,
                "the others know it as a member, and it was never healthy: " + key);
    }

    /// A member has lost something and waits, for what comes in its place, for another of its
    /// group.
    private static Failure midway(String group, Seat patient, int budget) {
        return Failure.lasting(
                        "midway",
                        Failure.Fault.USER,
                        "%s is half changed and waits for another of %s; touching that would leave more than %d out"
                                .formatted(patient.node, group, budget))
                .withHint("`ashlar down`, then `ashlar up`, builds it anew");
    }

    /// Two members are new at once, and each is not whole before the other is let in.
    static Failure needEachOther(InstanceKey join, InstanceKey other) {
        String node = join.node().orElseThrow();
        String otherNode = other.node().orElseThrow();
        return Failure.lasting(
                        "need-each-other",
                        Failure.Fault.USER,
                        "what comes after %s waits for what comes after %s, and that for this; only one of them can be on its way in at a time"
                                .formatted(join, other))
                .withHint(
                        "Let them come one by one: take %s out of the files, or %s, `ashlar up`, and put it back"
                                .formatted(otherNode, node));
    }

    static Failure stuck(InstanceKey key) {
        return Failure.lasting(
                "stuck",
                Failure.Fault.BUG,
                "nothing runs and " + key + " still waits; this should be impossible");
    }
}
