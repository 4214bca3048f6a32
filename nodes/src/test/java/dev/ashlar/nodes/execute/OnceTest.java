package dev.ashlar.nodes.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.type.Type.Scalar;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

/// A script that must not run twice is asked about first.
@ParameterizedClass
@FieldSource("dev.ashlar.nodes.execute.LocalNodes#SHELLS")
@Timeout(60)
class OnceTest {
    private static final String PROBE =
            """
            grep -q "$TOKEN" "$MARK" 2>/dev/null || exit 1
            echo "made=found $TOKEN" >>"$ASHLAR_OUTPUT"
            """;
    private static final String SCRIPT =
            """
            echo "$TOKEN" >>"$MARK"
            echo "made=new $TOKEN" >>"$ASHLAR_OUTPUT"
            """;

    private final LocalNodes nodes;
    private final Path mark;

    OnceTest(String shell, @TempDir Path folder) {
        nodes = new LocalNodes(shell, folder);
        mark = folder.resolve("a mark");
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void runsWhereTheProbeAnswersNotDoneAndNeverAgain() {
        Report.Done first = done(run(PROBE, LocalNodes.intent()), false);
        assertThat(first.outputs()).isEqualTo(Map.of("made", Value.text("new 7")));
        assertThat(first.changed()).containsExactly("ran once.sh");

        Report.Done second = done(run(PROBE, LocalNodes.intent()), false);
        assertThat(second.outputs()).isEqualTo(Map.of("made", Value.text("found 7")));
        assertThat(second.changed()).isEmpty();
        assertThat(mark).hasContent("7");
    }

    @Test
    void doesNotRunTwiceWhereItsAnswerWasLost() {
        String intent = LocalNodes.intent();
        done(run(PROBE, intent), false);
        done(run(PROBE, intent), true);
        assertThat(mark).hasContent("7");
    }

    @Test
    void whatTheProbeWroteBeforeItSaidNotDoneIsNoOutput() {
        String probe = "echo 'made=too early' >>\"$ASHLAR_OUTPUT\"; exit 1";
        assertThat(done(run(probe, LocalNodes.intent()), false).outputs())
                .isEqualTo(Map.of("made", Value.text("new 7")));
    }

    @Test
    void whatTheProbeCannotTellIsForAPerson() {
        for (String probe : List.of("exit 2", "kill -9 $$", "exit 127", "no-such-command\ntrue")) {
            Report report = nodes.executor.execute(run(probe, LocalNodes.intent()), false);
            assertThat(report)
                    .isInstanceOfSatisfying(
                            Report.NotDone.class,
                            failed -> {
                                assertThat(failed.failure().kind()).isEqualTo("probe-unknown");
                                assertThat(failed.failure().lasting()).isTrue();
                            });
            assertThat(mark).doesNotExist();
        }
    }

    private Report.Done done(Work.Run run, boolean again) {
        Report report = nodes.executor.execute(run, again);
        assertThat(report).isInstanceOf(Report.Done.class);
        return (Report.Done) report;
    }

    private Work.Run run(String probe, String intent) {
        SequencedMap<String, Value> inputs = new LinkedHashMap<>();
        inputs.put("mark", Value.text(mark.toString()));
        inputs.put("token", Value.text("7"));
        SequencedMap<String, Type> outputs = new LinkedHashMap<>();
        outputs.put("made", Scalar.TEXT);
        return new Work.Run(
                LocalNodes.KEY,
                intent,
                "here",
                new StepSpec.Script("once.sh", SCRIPT),
                Optional.of(new StepSpec.Script("probe.sh", probe)),
                inputs,
                outputs,
                Duration.ofSeconds(30),
                StepSpec.OnDisconnect.KILL);
    }
}
