package dev.ashlar.app.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The instance that is to fail does so in company too, and what begins with it is done as ever.
class FailingTest {
    private final Recorder recorder = new Recorder();

    @Test
    void whoFailsBeforeItsEffectIsNotDoneAndTheOthersAreTogether() {
        assertThat(outcomes(failing("b", false).together(works("a", "b", "c"))))
                .containsExactly("done a", "failed without", "done c");
        assertThat(recorder.companies).containsExactly(List.of("a", "c"));
        assertThat(recorder.alone).isEmpty();
    }

    @Test
    void whoFailsAfterItsEffectIsDoneWithTheOthersAndOwnsWhatItMade() {
        assertThat(outcomes(failing("b", true).together(works("a", "b", "c"))))
                .containsExactly("done a", "failed with b", "done c");
        assertThat(recorder.companies).containsExactly(List.of("a", "b", "c"));
        assertThat(recorder.alone).isEmpty();
    }

    @Test
    void whoIsAloneAndFailsBeforeItsEffectLeavesNobody() {
        assertThat(outcomes(failing("a", false).together(works("a"))))
                .containsExactly("failed without");
        assertThat(recorder.companies).isEmpty();
    }

    @Test
    void aCompanyWithoutItIsDoneAsEver() {
        assertThat(outcomes(failing("other", false).together(works("a", "b"))))
                .containsExactly("done a", "done b");
        assertThat(recorder.companies).containsExactly(List.of("a", "b"));
    }

    @Test
    void whoIsHandedOutByItselfFailsAsWell() {
        assertThat(
                        outcomes(
                                works("a", "b").stream()
                                        .map(work -> failing("b", false).execute(work, false))
                                        .toList()))
                .containsExactly("done a", "failed without");
        assertThat(recorder.alone).containsExactly("a");
    }

    private Executor failing(String step, boolean after) {
        return new Fail.Failing(recorder, key(step), after);
    }

    private static List<Work.Apply> works(String... steps) {
        return Stream.of(steps)
                .map(step ->
                        new Work.Apply(
                                key(step),
                                "intent-" + step,
                                "front-1",
                                List.of(),
                                Duration.ofMinutes(1),
                                StepSpec.OnDisconnect.KILL))
                .toList();
    }

    private static InstanceKey key(String step) {
        return InstanceKey.onNode("web", step, "front-1");
    }

    private static List<String> outcomes(List<Report> reports) {
        return reports.stream()
                .map(report ->
                        switch (report) {
                            case Report.Done done -> "done " + names(done.owned());
                            case Report.NotDone(_, var owned, _) ->
                                    owned.isEmpty()
                                            ? "failed without"
                                            : "failed with " + names(owned);
                            case Report.Stopped _ -> "stopped";
                        })
                .toList();
    }

    private static String names(List<Owned> owned) {
        return String.join(" ", owned.stream().map(Owned::identity).toList());
    }

    /// Notes which steps it was given, and how; each comes to own what is called like its step.
    private static final class Recorder implements Executor {
        private final List<List<String>> companies = new ArrayList<>();
        private final List<String> alone = new ArrayList<>();

        @Override
        public Report execute(Work work, boolean again) {
            alone.add(work.key().step());
            return made(work);
        }

        @Override
        public List<Report> together(List<Work.Apply> works) {
            companies.add(works.stream().map(work -> work.key().step()).toList());
            return works.stream().map(Recorder::made).toList();
        }

        private static Report made(Work work) {
            Owned owned = Owned.of("file", work.key().step(), false, Map.of());
            return new Report.Done(List.of(), new LinkedHashMap<>(), List.of(owned), "");
        }
    }
}
