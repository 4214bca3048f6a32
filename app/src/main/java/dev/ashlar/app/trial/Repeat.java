package dev.ashlar.app.trial;

import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.resolve.Shown;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A step that was cut short is done again, so each must bear that: it ends as it did, puts out
/// what it did, but for what lapses, and finds nothing to change where it is asked for the same.
/// One that must not run twice is not run; its probe has to say that it is done.
final class Repeat {
    private final Stand stand;
    private final HandedOut first = new HandedOut();

    private Repeat(Stand stand) {
        this.stand = stand;
    }

    static List<Stage> stages(Stand stand) {
        Repeat suite = new Repeat(stand);
        return List.of(
                new Stage("up", suite::once),
                new Stage("each step once more", suite::again),
                new Stage(Stand.AT_REST, stand::restless));
    }

    private List<Finding> once() throws InterruptedException {
        return Finding.unlessDone("up", stand.up(Trouble.of(Set.of(), first::before)));
    }

    private List<Finding> again() throws InterruptedException {
        Past before = stand.past();
        Map<InstanceKey, Instance> instances = stand.graph().instances();
        HandedOut second = new HandedOut();
        Ran ran =
                stand.up(Trouble.of(instances.keySet(), real -> second.before(new OnceMore(real))));
        List<Finding> found = new ArrayList<>(Finding.unlessDone("each step once more", ran));
        for (Success now : stand.past().standing().values()) {
            boolean lapses =
                    switch (instances.get(now.key())) {
                        case Instance.Step step -> step.step().lapses();
                        case Instance.Gather gather -> gather.lapses();
                        case Instance.Acquire _ -> false;
                        case null -> false;
                    };
            before.success(now.key())
                    .ifPresent(then -> found.addAll(differences(then, now, lapses)));
            List<String> changed = lapses ? List.of() : second.changedSince(first, now.key());
            if (!changed.isEmpty()) {
                found.add(
                        Finding.of(
                                "the second time %s still changed %s"
                                        .formatted(now.key(), String.join(", ", changed))));
            }
        }
        return found;
    }

    /// @param lapses whether its outputs are good for a time, so that each time has its own
    private static List<Finding> differences(Success then, Success now, boolean lapses) {
        List<Finding> found = new ArrayList<>();
        now.outputs()
                .forEach((name, value) -> {
                    Optional<Value> was = Optional.ofNullable(then.outputs().get(name));
                    boolean same = lapses ? was.isPresent() : was.equals(Optional.of(value));
                    if (!same) {
                        found.add(
                                Finding.of(
                                        "output %s of %s was %s and is %s the second time"
                                                .formatted(
                                                        name,
                                                        now.key(),
                                                        was.map(Shown::of).orElse("absent"),
                                                        Shown.of(value))));
                    }
                });
        return found;
    }

    /// Lets no script run that has a probe.
    record OnceMore(Executor real) implements Executor {
        private static final int NOT_DONE = 77;

        @Override
        public Report execute(Work work, boolean again) {
            return work instanceof Work.Run run && run.probe().isPresent()
                    ? asked(real.execute(guarded(run), again))
                    : real.execute(work, again);
        }

        @Override
        public List<Report> together(List<Work.Apply> works) {
            return real.together(works);
        }

        private static Work.Run guarded(Work.Run run) {
            return new Work.Run(
                    run.key(),
                    run.intent(),
                    run.node(),
                    new StepSpec.Script(run.script().file(), "exit " + NOT_DONE),
                    run.probe(),
                    run.remove(),
                    run.inputs(),
                    run.outputs(),
                    run.timeout(),
                    run.onDisconnect());
        }

        private static Report asked(Report report) {
            boolean isNotDone =
                    report instanceof Report.NotDone(Failure failure, _, _)
                            && failure.exitCode().equals(Optional.of(NOT_DONE))
                            && failure.kind().equals("exit-code");
            return isNotDone
                    ? new Report.NotDone(
                            Failure.lasting(
                                            "probe-not-done",
                                            Failure.Fault.USER,
                                            "its probe answers \"not done\" after it has succeeded")
                                    .withHint(
                                            "a probe ends with exit code 0 once its step is done"),
                            List.of(),
                            report.log())
                    : report;
        }
    }
}
