package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.execution.Amender;
import dev.ashlar.app.execution.Asker;
import dev.ashlar.app.execution.RunResult;
import dev.ashlar.app.terminal.ProgressMode;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.engine.removal.DataFate;
import dev.ashlar.engine.run.Totals;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the end of a run that gave way says.
class EndingTest {
    private static final Asker BY = Asker.ofThisProcess();
    private static final Amender HERE = new Amender(7, BY, "");

    private record Told(int code, String err) {}

    private static Told end(Amender by) {
        PrintStream before = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            RunResult result =
                    new RunResult(
                            7,
                            new Totals(1, 1, 0, 0, 0, 0, 2, 0),
                            Optional.of(by),
                            new LinkedHashMap<>(),
                            new LinkedHashMap<>(),
                            new LinkedHashMap<>(),
                            new DataFate(List.of(), List.of()),
                            0);
            int code =
                    Ending.tell(Terminal.ofProcess(true, false, ProgressMode.AUTO), true, result);
            return new Told(code, err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(before);
        }
    }

    @Test
    void namesWhoGoesOnAndWithWhat() {
        Told whole = end(HERE);
        assertThat(whole.err())
                .contains(
                        "Run 7 was amended: "
                                + HERE
                                + " goes on from here with another goal, in run 8");
        assertThat(whole.code()).isEqualTo(7);
        Told part = end(Amender.ofThisProcess(7, "--limit a"));
        assertThat(part.err())
                .contains("goes on from here with --limit a alone, in run 8")
                .contains("what that leaves out is not done");
        assertThat(part.code()).isEqualTo(7);
    }

    @Test
    void ofOneThatIsGoneItSaysThatNobodyGoesOnAndTheSameCommandDoes() {
        Told gone =
                end(new Amender(7, new Asker(BY.pid(), BY.began() + 1, BY.host(), BY.user()), ""));
        assertThat(gone.err())
                .contains("and that is gone: nobody goes on from here")
                .contains("help: the same command goes on from here");
        assertThat(gone.code()).isEqualTo(130);
    }
}
