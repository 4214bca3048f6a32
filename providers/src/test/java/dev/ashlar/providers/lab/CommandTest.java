package dev.ashlar.providers.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ashlar.model.work.Failure;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandTest {

    @Test
    void passesArgumentsAsTheyAre() throws Exception {
        assertThat(Command.of("printf", "%s", "$(id) 'a' \"b\" *").run())
                .isEqualTo("$(id) 'a' \"b\" *");
    }

    @Test
    void failureCarriesCommandCodeAndLastLines() {
        LabFault fault =
                catchThrowableOfType(
                        LabFault.class,
                        () -> Command.of("sh", "-c", "seq 20; echo broken >&2; exit 3").run());

        Failure failure = fault.failure();
        assertThat(failure.message()).isEqualTo("sh exited with 3: broken");
        assertThat(failure.exitCode()).contains(3);
        assertThat(failure.lastOutput()).hasSize(10).endsWith("20", "broken");
        assertThat(failure.command()).hasValueSatisfying(c -> assertThat(c).startsWith("sh -c"));
    }

    @Test
    void endsWhatTakesTooLong() {
        long start = System.nanoTime();

        LabFault fault =
                catchThrowableOfType(
                        LabFault.class,
                        () ->
                                Command.of("sh", "-c", "sleep 60 & sleep 60")
                                        .within(Duration.ofMillis(200))
                                        .run());

        assertThat(fault.failure().kind()).isEqualTo("timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void missingProgramIsAFailure() {
        LabFault fault =
                catchThrowableOfType(
                        LabFault.class, () -> Command.of("no-such-program-here").run());

        assertThat(fault.failure().message()).contains("cannot run no-such-program-here");
    }

    @Test
    void readsNoStandardInputAndSeesGivenEnvironment() throws Exception {
        assertThat(Command.of("sh", "-c", "cat; echo $GIVEN").with(Map.of("GIVEN", "x")).run())
                .isEqualTo("x\n");
    }

    @Test
    void lastLinesAreFreeOfControlCharacters() {
        assertThat(Command.lastLines("one\n\n\u001b[31mtwo\u0007\u009b\u202e\r\n"))
                .containsExactly("one", "two");
    }
}
