package dev.ashlar.app.trial;

import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// One instance after the other fails twice: before it has done anything, and when it has done
/// everything. Each time what depends on it waits, all else is done, and the next `up` goes on. It
/// is one way from nothing to a whole cluster: who has not come to its turn by then fails as one
/// that is to be done again.
final class Fail {
    private static final String KIND = "on-purpose";

    private final Stand stand;
    private final Set<InstanceKey> tried = new HashSet<>();
    private final SequencedMap<InstanceKey, Set<InstanceKey>> heldUp = new LinkedHashMap<>();
    private final Map<InstanceKey, Set<InstanceKey>> after = new HashMap<>();

    /// When an instance fails.
    private enum When {
        BEFORE("before its effect"),
        AFTER("after its effect");

        private final String words;

        When(String words) {
            this.words = words;
        }
    }

    private Fail(Stand stand) {
        this.stand = stand;
    }

    static List<Stage> stages(Stand stand) {
        Fail suite = new Fail(stand);
        return List.of(
                new Stage("up, where each instance fails in its turn", suite::building),
                new Stage("instances that stand fail in their turn", suite::standing),
                new Stage("only what depends on what failed was held up", suite::heldUpInVain),
                new Stage(Stand.AT_REST, stand::restless));
    }

    private List<Finding> building() throws InterruptedException {
        while (true) {
            Plan plan = stand.plan();
            Optional<InstanceKey> next =
                    plan.changes().stream()
                            .map(Plan.Entry::key)
                            .filter(key -> !tried.contains(key))
                            .findFirst();
            if (next.isEmpty()) {
                return plan.isEmpty() ? List.of() : mended();
            }
            List<Finding> found = fail(next.get(), Set.of());
            if (!found.isEmpty()) {
                return found;
            }
        }
    }

    private List<Finding> standing() throws InterruptedException {
        for (InstanceKey key : stand.past().standing().keySet()) {
            if (!tried.contains(key)) {
                List<Finding> found = new ArrayList<>(fail(key, Set.of(key)));
                if (found.isEmpty()) {
                    found.addAll(mended());
                }
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return List.of();
    }

    private List<Finding> mended() throws InterruptedException {
        List<Finding> found = Finding.unlessDone("up after that", stand.up(Trouble.NONE));
        noteOrder();
        return found;
    }

    private List<Finding> fail(InstanceKey key, Set<InstanceKey> forced)
            throws InterruptedException {
        tried.add(key);
        for (When when : When.values()) {
            stand.say(key + " fails " + when.words);
            Set<String> founded = stand.founded();
            Ran ran =
                    stand.up(
                            Trouble.of(forced, real -> new Failing(real, key, when == When.AFTER)));
            SequencedMap<InstanceKey, Failure> others = new LinkedHashMap<>(ran.failures());
            boolean failed = others.remove(key, onPurpose());
            boolean matesWaited =
                    others.keySet().removeIf(other -> mayWaitFor(key, other, founded));
            if (!others.isEmpty()) {
                return List.of(
                        new Finding(
                                "when %s fails %s, it is not all that fails"
                                        .formatted(key, when.words),
                                others));
            }
            if (!failed) {
                // It was not come to: its condition is false, or nothing of it is wanted.
                return Finding.unlessDone("up", ran);
            }
            noteOrder();
            if (!matesWaited) {
                heldUp.computeIfAbsent(key, _ -> new LinkedHashSet<>()).addAll(ran.blocked());
            }
        }
        return List.of();
    }

    /// Members that are founded together may need each other to be well.
    private static boolean mayWaitFor(InstanceKey failed, InstanceKey other, Set<String> founded) {
        return other.use().equals(failed.use()) && !founded.contains(failed.use());
    }

    /// What everything that stands came after, and all of the uses whose health it asked for. What
    /// is done again with frozen values says less than it did when it was founded.
    private void noteOrder() {
        Map<InstanceKey, Success> standing = stand.past().standing();
        standing.values()
                .forEach(success -> {
                    Set<InstanceKey> first =
                            after.computeIfAbsent(success.key(), _ -> new HashSet<>());
                    first.addAll(success.after());
                    standing.keySet().stream()
                            .filter(other -> success.served().contains(other.use()))
                            .forEach(first::add);
                });
    }

    private List<Finding> heldUpInVain() {
        List<Finding> found = new ArrayList<>();
        heldUp.forEach((failed, blocked) ->
                blocked.stream()
                        .filter(key -> !comesAfter(key, failed))
                        .forEach(key ->
                                found.add(
                                        Finding.of(
                                                "%s was held up by %s, on which it does not depend"
                                                        .formatted(key, failed)))));
        return found;
    }

    private boolean comesAfter(InstanceKey key, InstanceKey first) {
        Set<InstanceKey> seen = new HashSet<>();
        Deque<InstanceKey> open = new ArrayDeque<>(List.of(key));
        while (!open.isEmpty()) {
            InstanceKey next = open.poll();
            if (seen.add(next)) {
                open.addAll(after.getOrDefault(next, Set.of()));
            }
        }
        return seen.contains(first);
    }

    private static Failure onPurpose() {
        return Failure.lasting(
                KIND, Failure.Fault.USER, "failed on purpose, to see what comes of it");
    }

    /// Has one instance fail. What it begins in company with is done with it, as ever: in company.
    ///
    /// @param after whether it does its work first
    record Failing(Executor real, InstanceKey key, boolean after) implements Executor {
        @Override
        public Report execute(Work work, boolean again) {
            if (!isMeant(work)) {
                return real.execute(work, again);
            }
            return after ? failed(real.execute(work, again)) : failed(Report.Done.nothing());
        }

        @Override
        public List<Report> together(List<Work.Apply> works) {
            int meant = works.stream().map(Work::key).toList().indexOf(key);
            if (meant < 0) {
                return real.together(works);
            }
            List<Work.Apply> carriedOut = new ArrayList<>(works);
            if (!after) {
                carriedOut.remove(meant);
            }
            List<Report> reports =
                    new ArrayList<>(carriedOut.isEmpty() ? List.of() : real.together(carriedOut));
            if (after) {
                reports.set(meant, failed(reports.get(meant)));
            } else {
                reports.add(meant, failed(Report.Done.nothing()));
            }
            return reports;
        }

        private boolean isMeant(Work work) {
            return work.key().equals(key)
                    && !(work instanceof Work.Probe)
                    && !(work instanceof Work.Undo);
        }

        private static Report failed(Report report) {
            return switch (report) {
                case Report.Done done -> new Report.NotDone(onPurpose(), done.owned(), done.log());
                case Report.NotDone notDone -> notDone;
                case Report.Stopped stopped -> stopped;
            };
        }
    }
}
